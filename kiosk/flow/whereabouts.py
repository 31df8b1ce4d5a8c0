"""An address: region by region from the table, then the rest in the person's words.

Pages inside the question: its own is the first list of regions, `/2` the third, `/rest` where house and room
are typed, `/whole` where all of it is typed, because it is not on the lists. A level with one region only is
not asked. The region chosen so far is kept under the name of the question's page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from kiosk.flow import answering
from kiosk.flow.answering import Asking
from kiosk.flow.moves import Back, Choose, Enter, Move
from kiosk.flow.path import SKIPPED
from kiosk.flow.regions import Regions
from kiosk.flow.sitting import Sitting, Turn, World
from kiosk.flow.walking import REST, WHOLE, answered, back, enter, forgotten, inside, noted
from kiosk.services.question import Question
from kiosk.text import FALLBACK

ELSEWHERE = "elsewhere"
"""The choice for who does not find it on the list."""


@dataclass(frozen=True, slots=True)
class Descent:
    """How far down the regions somebody has come."""

    lists: tuple[str, ...]
    """The regions whose parts are chosen from, in order; the last one may still be open."""
    code: str
    """The region chosen so far."""
    ended: bool
    """There is nothing smaller to choose."""


def descent(regions: Regions, start: str, code: str) -> Descent:
    """From where the question begins down to that region; skips a level that has one region only."""
    at = _through(regions, start)
    lists: list[str] = []
    chosen = [region.code for region in regions.path(code)]
    while regions.children(at):
        lists.append(at)
        below = next((region.code for region in regions.children(at) if region.code in chosen), None)
        if below is None:
            return Descent(tuple(lists), code, ended=False)
        at = _through(regions, below)
    return Descent(tuple(lists), at, ended=True)


def _through(regions: Regions, code: str) -> str:
    while len(inner := regions.children(code)) == 1:
        code = inner[0].code
    return code


def start_of(question: Question, regions: Regions) -> str:
    """Where the choosing begins: the region the question lies within, if the table knows it."""
    within = question.within or ""
    return within if within in regions.names else ""


def kept_parts(asked: Asking) -> tuple[str, str, str]:
    """Code, names and rest of the answer given before."""
    if asked.before is None or asked.before.value == SKIPPED:
        return "", "", ""
    code, names, rest = json.loads(asked.before.value)
    return code, names, rest


def chosen_so_far(sitting: Sitting, question: Question, asked: Asking, world: World) -> Descent:
    """The regions chosen on the pages of this question, else those of the answer given before."""
    working = sitting.given.answers.get(asked.working)
    code = working.value if working else kept_parts(asked)[0]
    return descent(world.regions, start_of(question, world.regions), code)


def list_open(sitting: Sitting, chosen: Descent) -> int | None:
    """Which list of regions the person is on; None where something is typed."""
    match inside(sitting):
        case ():
            return 0 if chosen.lists else None
        case (number,) if number.isdecimal() and int(number) < len(chosen.lists):
            return int(number)
    return None


def types_all(sitting: Sitting, chosen: Descent) -> bool:
    """All of the address is typed, not only what comes after the regions."""
    return inside(sitting) != (REST,) or not chosen.ended or not chosen.lists


def names_of(regions: Regions, code: str) -> str:
    """The regions down to that one, as they are written."""
    return " ".join(region.name.show(FALLBACK) for region in regions.path(code))


def finding(sitting: Sitting, question: Question, move: Move, world: World) -> Turn:
    """A move on any page of an address."""
    asked = answering.asking(sitting, question, world)
    chosen = chosen_so_far(sitting, question, asked, world)
    number = list_open(sitting, chosen)
    if isinstance(move, Back):
        return _back_inside(sitting, chosen, number, world)
    if move == Choose("skip") and question.optional:
        return answered(forgotten(sitting, asked.working), question.id, SKIPPED, world)
    if number is not None:
        return _choose(sitting, question, chosen.lists[number], move, world, asked)
    return _type(sitting, question, chosen, move, world, asked)


def _back_inside(sitting: Sitting, chosen: Descent, number: int | None, world: World) -> Turn:
    """To the list before; from the first one to the page before the question."""
    if number is None:
        number = len(chosen.lists)
    if number == 0:
        return back(sitting, world)
    return Turn(enter(sitting) if number == 1 else enter(sitting, number - 1))


def _choose(
    sitting: Sitting, question: Question, listed: str, move: Move, world: World, asked: Asking
) -> Turn:
    match move:
        case Choose(id=code) if code == ELSEWHERE:
            return Turn(enter(sitting, WHOLE))
        case Choose(id=code) if any(region.code == code for region in world.regions.children(listed)):
            return _into(sitting, question, listed, code, world, asked)
    return Turn(sitting)


def _into(sitting: Sitting, question: Question, listed: str, code: str, world: World, asked: Asking) -> Turn:
    """Into that region; what was chosen inside it before stays chosen."""
    before = chosen_so_far(sitting, question, asked, world)
    start = start_of(question, world.regions)
    at = before.lists.index(listed)
    same = code in [region.code for region in world.regions.path(before.code)]
    now = before if same else descent(world.regions, start, code)
    kept = sitting if same else noted(sitting, asked.working, code)
    further = now.lists[at + 1 :]
    return Turn(enter(kept, at + 1) if further else enter(kept, REST))


def _type(
    sitting: Sitting, question: Question, chosen: Descent, move: Move, world: World, asked: Asking
) -> Turn:
    """The rest of the address, or all of it; an empty field keeps what was there."""
    whole = types_all(sitting, chosen)
    code, _, rest = kept_parts(asked)
    match move:
        case Enter(typed=typed):
            words = typed.strip() or (rest if whole == (not code) else "")
        case _:
            return Turn(sitting)
    if not words and question.optional:
        return answered(forgotten(sitting, asked.working), question.id, SKIPPED, world)
    parts = ["", "", words] if whole else [chosen.code, names_of(world.regions, chosen.code), words]

    def done(made: Sitting, value: str) -> Turn:
        return answered(forgotten(made, asked.working), question.id, value, world)

    written = Enter(json.dumps(parts, ensure_ascii=False))
    # The empty field was looked after above: what is written here is never empty.
    turn = answering.answer(sitting, replace(asked, before=None), written, world, done)
    refused = turn.sitting.refused is not None and turn.sitting.misses > sitting.misses
    return replace(turn, sitting=replace(turn.sitting, typed=typed)) if refused else turn
