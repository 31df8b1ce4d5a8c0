"""Who the people of a case are, and how sure that is, as staff read it."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.cases.identity import SEEN, Sighting, level_now
from kiosk.cases.submission import IdentityRecord
from kiosk.cases.views import CaseView, Event
from kiosk.flow.proof import Basis
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line

_LEAD = "  "


def people(counter: Counter, view: CaseView) -> list[Line]:
    """A line a person, with what it rests on below; where more is needed, what to do."""
    lines = [line for person in view.submission.identity for line in _person(counter, view, person)]
    if view.unproven:
        lines.append(Line(counter.words(f"proof.needed_{view.submission.proof_needed}"), Kind.ALERT, "! "))
    return lines


def _person(counter: Counter, view: CaseView, person: IdentityRecord) -> Iterator[Line]:
    words, level = counter.words, level_now(person, view.sightings)
    role, told = words(f"proof.{person.role}"), words(f"proof.{level}")
    short = Kind.ALERT if person.role in view.unproven else Kind.TEXT
    yield Line(words("proof.line", who=role, level=told), short, _LEAD)
    yield Line(_basis(counter, person), Kind.QUIET, _LEAD * 2)
    if person.expired:
        yield Line(words("proof.expired"), Kind.ALERT, "  ! ")
    if person.member_key:
        yield from _earlier_uses(counter, view)
    for sighting in view.sightings:
        if sighting.role is person.role:
            yield Line(_sighting(counter, sighting), lead=_LEAD * 2)


def _basis(counter: Counter, person: IdentityRecord) -> str:
    """What it rested on when the case was handed in."""
    at = counter.time(person.at)
    return counter.words(f"proof.by_{person.by}", at=at, tail=person.member_tail or "")


def _earlier_uses(counter: Counter, view: CaseView) -> Iterator[Line]:
    """The cases that the same member card was laid for: they may belong together, and need not."""
    if not view.earlier_uses:
        yield Line(counter.words("proof.first_use"), lead=_LEAD * 2)
        return
    yield Line(counter.words("proof.earlier", n=len(view.earlier_uses)), lead=_LEAD * 2)
    for use in view.earlier_uses:
        yield Line(f"{use.number}  {counter.time(use.received_at)}", Kind.QUIET, _LEAD * 3)


def _sighting(counter: Counter, sighting: Sighting) -> str:
    values = {"who": sighting.by, "at": counter.time(sighting.at), "note": sighting.note}
    return counter.words(f"proof.shown_{sighting.shown}", **values)


def can_be_seen(view: CaseView) -> bool:
    """Is there anybody whom staff could see? Who stays unnamed is not asked who they are."""
    return any(person.by is not Basis.UNNAMED for person in view.submission.identity)


def seen_whom(counter: Counter, event: Event) -> str | None:
    """The person an event of the history is about; None where it is about something else."""
    return counter.words(f"proof.{event.note}") if event.kind == SEEN else None
