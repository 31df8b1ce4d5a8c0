"""Why somebody came, what they would answer, and by which words they know the question."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kiosk.catalogue import load_catalogue
from kiosk.flow.fields import SKIPPED, field_type
from kiosk.hanzi.readings import syllables
from kiosk.paths import data_file
from kiosk.services.groups import load_groups
from kiosk.services.model import Service
from kiosk.services.paths import Walkthrough
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Item, Question
from kiosk.text import Text
from tests.robots.habit import Habit, Press, Purpose, Wording, lasting

_UNTYPED = {FieldKind.MANY, FieldKind.REPEAT, FieldKind.RECORD, FieldKind.SIGNATURE}
_HOUSE = {
    "welcome.heading": "welcome.go",
    "card.heading": "card.without",
    "keep.heading": "keep.yes",
    "earlier.heading": "earlier.no",
    "whose.heading": "whose.actor",
    "whose.unnamed": "whose.actor",
    "check.heading": "check.go",
    "sign.heading": "sign.key",
    "sign.unnamed": "sign.key",
    "submit.heading": "submit.submit",
    "precheck.heading": "common.ok",
    "receipt.heading": "common.leave",
    "goodbye.heading": "goodbye.done",
    "goodbye.take_it": "goodbye.done",
    "leave.heading": "leave.leave",
    "proof.known": "proof.later",
    "proof.presented": "proof.later",
    "proof.seen": "proof.later",
    "other.subject": "other.without",
    "other.actor": "other.without",
    "stop.heading": "stop.leave",
    "stop.good_heading": "stop.good_leave",
    "consent.heading": "consent.yes",
    "idle.heading": "idle.stay",
    "help.heading": "help.back",
    "called.heading": "help.back",
    "trouble.heading": "trouble.retry",
    "pause.heading": "pause.stay",
    "draft.body": "draft.discard",
    "second_card.heading": "second_card.mistake",
    "second_card.unnamed": "second_card.mistake",
    "same_case.heading": "same_case.again",
    "same_case.heading_maybe": "same_case.again",
    "same_case_why.heading": "same_case.changed",
    "papers.heading": "papers.no",
}
"""By the heading of a page of the house: what is chosen there."""
_BEFORE = ("home.heading", "welcome.heading", "card.heading")
"""Pages that come before any service."""
KNOWN_CODE = "990120260417"
"""Of a shop's licence that the demo's office knows."""
IN_THE_RECORDS = ("right", "wrong")
"""What is said of a record that was found."""


def purpose(
    service: Service,
    walk: Walkthrough,
    language: str,
    wording: Wording,
    *,
    doors: tuple[str, ...] = ("home.do",),
    hesitant: Container[str] = (),
    card: bool = False,
    by_keys: bool = False,
) -> Purpose:
    """To apply at `service` with the answers of `walk`, saying no to some consents before saying yes."""
    own = application(service, walk, wording, hesitant)
    if by_keys:
        own = [*own, *_names(service, walk, language, wording)]
    return purpose_with(own, language, wording, doors=doors, card=card)


def application(
    service: Service, walk: Walkthrough, wording: Wording, hesitant: Container[str] = ()
) -> list[tuple[str, Habit]]:
    """By which words they know what is asked, and what they would answer."""
    texts = load_catalogue("resident")
    again = wording(texts[f"refused.{'leave' if walk.refused else 'again'}"])
    return [
        (wording(texts["refused.heading"]), Habit((again,))),
        *way_to(service, wording),
        *_consents(service, walk, wording, hesitant),
        *_questions(service, walk, wording),
        *_records(service, walk, wording),
    ]


def purpose_with(
    own: Sequence[tuple[str, Habit]],
    language: str,
    wording: Wording,
    *,
    doors: tuple[str | Press, ...],
    card: bool = False,
) -> Purpose:
    """What everybody knows of the house, and by which words they know what they came for."""
    texts = load_catalogue("resident")

    def words(key: str) -> str:
        return wording(lasting(texts[key]))

    known = _Known()
    for page, choice in _HOUSE.items():
        known.add(words(page), Habit((words(choice),)))
    greetings = _in_every_language(texts["language.heading"], wording)
    for greeting in greetings:
        known.add(greeting, Habit(tuple(_in_every_language(texts[f"language.{language}"], wording))))
    known.add(words("home.heading"), Habit(home=True))
    known.add(words("card_left.heading"), Habit(waits=True))
    if card:
        known.add(words("card.heading"), Habit(lays=True))
        known.add(words("goodbye.take_it"), Habit(lifts=True))
    for phrase, habit in own:
        known.add(phrase, habit)
    return Purpose(
        known.habits,
        tuple(words(door) if isinstance(door, str) else door for door in doors),
        words("common.more"),
        words("common.skip"),
        words("common.go"),
        words("pause.leave"),
        frozenset(
            (
                *greetings,
                *(words(page) for page in _BEFORE),
                *(phrase for phrase, habit in own if habit.lists),
            )
        ),
        words("many.done"),
        (words("list.add"), words("list.more")),
        (words("list.done"), words("list.none")),
    )


def _in_every_language(text: Text, wording: Wording) -> list[str]:
    """The first page is in Chinese, whatever one speaks."""
    return [
        wording(Text(dict.fromkeys(text.shown, text.show(code)), dict.fromkeys(text.shown, text.say(code))))
        for code in text.shown
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """Habits by the words of a page. Two pages may ask in the same words: their choices tell them apart."""

    habits: dict[str, Habit] = field(default_factory=dict)

    def add(self, words: str, habit: Habit) -> None:
        before = self.habits.get(words)
        if before is not None:
            either = tuple(dict.fromkeys((*habit.choices, *before.choices)))
            writes = habit.writes or before.writes
            habit = replace(habit, choices=either, home=habit.home or before.home, writes=writes)
        if words:
            self.habits[words] = habit


@cache
def _groups() -> dict[str, Text]:
    return dict(load_groups(data_file("services")))


def way_to(
    service: Service, wording: Wording, doors: tuple[str, ...] = ("do", "look", "ask")
) -> Iterator[tuple[str, Habit]]:
    """Through the groups to the service."""
    texts = load_catalogue("resident")
    name, title = _groups().get(service.group) or texts["doors.other_group"], service.title.text()
    choose, open_group = (wording(title),), (wording(title), wording(name))
    for door in doors:
        inside = texts.text(f"doors.{door}_in", group=name.as_written())
        yield wording(texts[f"doors.{door}_groups"]), Habit(open_group, lists=True)
        yield wording(texts[f"doors.{door}_heading"]), Habit(choose, lists=True)
        yield wording(inside), Habit(choose, lists=True)


def _consents(
    service: Service, walk: Walkthrough, wording: Wording, hesitant: Container[str]
) -> Iterator[tuple[str, Habit]]:
    texts = load_catalogue("resident")
    no, yes = wording(texts["consent.no"]), wording(texts["consent.yes"])
    for one in service.consent:
        said = no if one.id == walk.refused else yes
        habit = Habit((said,), no_first=no if one.id in hesitant else "")
        yield wording(one.text()), habit
        if one.other is not None:
            yield wording(one.other.text()), habit


def _questions(service: Service, walk: Walkthrough, wording: Wording) -> Iterator[tuple[str, Habit]]:
    for question in service.question:
        value = walk.answers.get(question.id)
        habit = _answer(question, value, wording)
        for text in _asked(question):
            yield wording(text), habit
        if question.type is FieldKind.REPEAT and value not in (None, SKIPPED):
            things: list[dict[str, str]] = json.loads(value or "[]")
            for item in question.item:
                yield wording(item.text()), _item(item, question.id, things, wording)
        if question.type is FieldKind.ADDRESS and value not in (None, SKIPPED):
            texts = load_catalogue("resident")
            yield wording(texts["address.rest"]), habit


def _names(
    service: Service, walk: Walkthrough, language: str, wording: Wording
) -> Iterator[tuple[str, Habit]]:
    """Names, written key by key: in English as they sound, without a Chinese keyboard."""
    for question in service.question:
        if question.type is FieldKind.NAME:
            name = walk.answers.get(question.id) or field_type(question).sample(question)
            if language != "zh":
                name = syllables(name)[0].rstrip("12345").capitalize()
            for text in _asked(question):
                yield wording(text), Habit(typed=name, by_keys=True)


def _asked(question: Question) -> Iterator[Text]:
    yield question.text(for_self=True)
    yield question.text(for_self=False)


def _answer(question: Question, value: str | None, wording: Wording) -> Habit:
    """Who skips a question finds the words for that; who was not asked before takes what comes first."""
    if value is None:
        value = "" if question.type in CHOSEN_KINDS | _UNTYPED else field_type(question).sample(question)
        if question.type is FieldKind.MANY:
            return Habit((wording(question.options[0].text()),), ticks=True)
        return Habit(typed=value if question.type is FieldKind.ADDRESS else _by_hand(question.type, value))
    if value == SKIPPED:
        return Habit((wording(load_catalogue("resident")["common.skip"]),))
    if question.type is FieldKind.MANY:
        codes = value.split(",")
        return Habit(tuple(wording(one.text()) for one in question.options if one.value in codes), ticks=True)
    if question.type in CHOSEN_KINDS:
        return Habit(tuple(wording(one.text()) for one in question.options if one.value == value))
    if question.type is FieldKind.REPEAT:
        return Habit(things=len(json.loads(value)), of_list=question.id)
    return Habit(typed=_by_hand(question.type, value))


def _item(item: Item, of_list: str, things: list[dict[str, str]], wording: Wording) -> Habit:
    if item.type in CHOSEN_KINDS:
        wanted = {thing.get(item.id) for thing in things}
        return Habit(
            tuple(wording(one.text()) for one in item.options if one.value in wanted), of_list=of_list
        )
    each = tuple(_by_hand(item.type, thing.get(item.id, "")) for thing in things)
    return Habit(each=each, of_list=of_list)


def _records(service: Service, walk: Walkthrough, wording: Wording) -> Iterator[tuple[str, Habit]]:
    """What is said of a record where it is found; where not, what is offered instead."""
    texts = load_catalogue("resident")
    asked = [one for one in service.question if one.type is FieldKind.RECORD]
    wanted = tuple(
        wording(option.text())
        for question in asked
        for option in question.options
        if option.value == walk.answers.get(question.id)
    )
    for question in asked:
        for text in _asked(question):
            yield wording(text), Habit(wanted)
        if question.look_up and walk.answers.get(question.id) in IN_THE_RECORDS:
            yield wording(service.find_question(question.look_up).text()), Habit(typed=KNOWN_CODE)
    by_staff = "staff" in (walk.answers.get(question.id) for question in asked)
    yield wording(texts["record.looking"]), Habit(wanted) if by_staff else Habit(waits=True)
    for page in ("no_card", "no_code", "nothing", "nothing_code", "away", "by_staff"):
        yield wording(texts[f"record.{page}"]), Habit(wanted)


def _by_hand(kind: FieldKind, value: str) -> str:
    """As it is typed: a date with all its figures, so that box follows box; of an address the end."""
    if kind is FieldKind.DATE:
        return value.replace("-", "")
    if kind is FieldKind.ADDRESS:
        return str(json.loads(value)[2])
    return value
