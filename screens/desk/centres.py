"""What other centres of the hub have to do with a case, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.cases.centres import CAME_BACK, LINES
from kiosk.cases.moves import MOVES, Act
from kiosk.cases.states import OPEN
from kiosk.cases.submission import Words
from kiosk.cases.views import CaseView, Event
from screens.desk.counter import Counter

SUBMITTED = MOVES[Act.SUBMIT].event


def naming_centres(counter: Counter, view: CaseView, names: Mapping[str, Words]) -> CaseView:
    """The same case, whose history calls other centres as people do and not by their names in the hub."""

    def called(name: str) -> str:
        return counter.read(names[name]) if name in names else name

    def told(event: Event) -> Event:
        if event.kind == SUBMITTED:
            place, gap, n = event.note.partition(" ")
            return replace(event, note=called(place) + gap + n)
        who = called(event.actor) if _is_of_centre(event) else event.actor
        return replace(event, actor=who, note=called(event.note))

    lines = {*LINES, SUBMITTED}
    return replace(view, events=tuple(told(one) if one.kind in lines else one for one in view.events))


def handed_in_at(counter: Counter, event: Event) -> str:
    """At which kiosk, or which other centre; the number of its signature is for `kiosk verify`."""
    place, _, n = event.note.partition(" ")
    return counter.words("case.at_kiosk", kiosk=place) if n.isdigit() else place


def between_centres(counter: Counter, event: Event, words: str) -> str:
    """Which other centre, and why; what came back by itself says so in words of ours."""
    by_itself = f"came_back.{words}"
    why = counter.words(by_itself) if by_itself in counter.texts else words
    return why if _is_of_centre(event) else f"{event.note}  {why}".rstrip()


def came_from(counter: Counter, whence: Words) -> str:
    """That another centre has handed it over."""
    return counter.words("case.came_from", centre=counter.read(whence))


def gave_back(counter: Counter, view: CaseView) -> str | None:
    """That another centre did not keep it, and why, while that is the last word between the two."""
    last = next((one for one in reversed(view.events) if one.kind in LINES), None)
    if last is None or last.kind != CAME_BACK or not _is_of_centre(last) or view.summary.state not in OPEN:
        return None
    why = between_centres(counter, last, last.words)
    return counter.words("case.gave_back", centre=last.actor, why=why)


def _is_of_centre(event: Event) -> bool:
    """Whether the centre it is about did it."""
    return event.note == event.actor
