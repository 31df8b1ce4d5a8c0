"""A record question: what a source holds is looked up, shown, and called right or wrong.

Of the person whose card was read; or, where the question says so, under a code that was typed before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.flow.holders import is_document
from kiosk.flow.moves import Choose, Move
from kiosk.flow.path import Path, StepKind
from kiosk.flow.records import KeyKind, RecordKey, RecordNews, RecordState
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.walking import answered, forgotten, onto_path, page_of_path
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind, Question

ANSWERS: Mapping[RecordState | None, tuple[str, ...]] = {
    RecordState.FOUND: ("right", "wrong"),
    RecordState.NOTHING: ("missing",),
    RecordState.AWAY: ("staff",),
    RecordState.STAFF: ("staff",),
    None: ("staff",),
}
"""What can be said of a look-up, by how it came out. None: it is under way, or there was none."""


def key_of(question: Question, path: Path) -> RecordKey | None:
    """What the record is looked up by; None where there is nothing to look it up by.

    A person's record is shown to the one whose identity card was read, and to nobody for a number they typed
    or that stands on a chip that can be copied. What
    was typed is a code, whatever it looks like: only sources that are kept by code are asked with it.
    """
    if question.look_up is None:
        card = path.cards.get(CardRole.SUBJECT)
        number = card.get("id_number") if card and is_document(card) else None
        return RecordKey(KeyKind.ID_NUMBER, number) if number else None
    typed = path.answers.get(question.look_up)
    return RecordKey(KeyKind.CODE, typed.value) if typed and typed.value else None


def record(sitting: Sitting, question: Question, move: Move, world: World) -> Turn:
    """What the person says of their record."""
    news = news_of(sitting, question, sitting.path(world))
    match move:
        case Choose(id=said) if said in ANSWERS[news.state if news else None]:
            return answered(sitting, question.id, said, world)
    return Turn(sitting)


def told(sitting: Sitting, news: RecordNews, world: World) -> Turn:
    """The source has answered; the answer is kept with the application it was asked for.

    Who did not wait for it and has gone on is not called back: what they say of it stays said.
    """
    service = world.services.get(sitting.service)
    question = service.questions.get(news.question) if service else None
    if question is None or question.type is not FieldKind.RECORD:
        return Turn(sitting)
    here = page_of_path(sitting.place) == f"{StepKind.QUESTION}:{question.id}"
    if not here and question.id in sitting.path(world).answers:
        return Turn(sitting)
    records = {**sitting.given.records, news.question: news}
    return Turn(replace(sitting, given=replace(sitting.given, records=records)), (Errand.SAVE_DRAFT,))


def looking_up(before: Sitting, made: Turn, world: World) -> Turn:
    """The turn, with the errand to look a record up where the person has just come to its question."""
    after = _of_one_key(before, made.sitting, world)
    made = replace(made, sitting=after)
    arrived = _at(after) != _at(before)
    if not arrived or not _waits(after, world):
        return made
    return replace(made, errands=(*made.errands, Errand.LOOK_UP_RECORD))


def _at(sitting: Sitting) -> tuple[object, ...]:
    return sitting.place, sitting.service, sitting.given, sitting.guarded


def withheld(sitting: Sitting, question: Question, path: Path) -> bool:
    """Is it the first person's, after somebody else's card was laid? Their own card shows it again."""
    card = path.cards.get(CardRole.SUBJECT)
    return sitting.guarded and question.look_up is None and card is not None and card == sitting.card


def news_of(sitting: Sitting, question: Question, path: Path) -> RecordNews | None:
    """What the look-up brought, where it may be shown."""
    return None if withheld(sitting, question, path) else sitting.given.records.get(question.id)


def _of_one_key(before: Sitting, after: Sitting, world: World) -> Sitting:
    """Without what was looked up, and said of it, for whom the application was before it became another's,
    or under a code before it was another one.
    """
    if not after.given.records or after.service != before.service or after.service not in world.services:
        return after
    service, was, now = world.services[after.service], before.path(world), after.path(world)
    asked = {name: service.find_question(name) for name in after.given.records}
    stale = [name for name, one in asked.items() if key_of(one, was) != key_of(one, now)]
    if not stale:
        return after
    left = forgotten(after, *stale)
    records = {name: news for name, news in left.given.records.items() if name not in stale}
    return onto_path(replace(left, given=replace(left.given, records=records)), world)


def _waits(sitting: Sitting, world: World) -> bool:
    kind, _, subject = page_of_path(sitting.place).partition(":")
    if kind != StepKind.QUESTION or sitting.service not in world.services:
        return False
    question = world.services[sitting.service].questions.get(subject)
    if question is None or question.type is not FieldKind.RECORD or subject in sitting.given.records:
        return False
    path = sitting.path(world)
    return key_of(question, path) is not None and not withheld(sitting, question, path)
