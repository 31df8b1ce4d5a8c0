"""Looks for an earlier case of the person whom an application is for; tells staff why it comes again."""

from __future__ import annotations

from datetime import tzinfo

from kiosk.cases.submission import Words
from kiosk.flow.path import Path
from kiosk.flow.same_case import reason_of
from kiosk.flow.same_values import SameCase
from kiosk.flow.sitting import Sitting, World
from kiosk.security.keys import person_key
from kiosk.store import Store
from kiosk.text import same


def same_case(sitting: Sitting, world: World, store: Store, site_key: bytes, zone: tzinfo) -> SameCase | None:
    """The newest one; by the keyed name of the number that the visit asks for."""
    if not sitting.same.asked_for:
        return None
    service = world.services[sitting.service]
    person = person_key(sitting.same.asked_for, site_key)
    found = store.same_cases(person, service.id, service.handling.same_case_days)
    if not found:
        return None
    newest = found[0]
    return SameCase(newest.number, newest.received_at.astimezone(zone).date(), newest.open)


def note_of(sitting: Sitting, path: Path, world: World) -> tuple[Words, ...]:
    """What staff read of it; nothing where the case must not lead to the person."""
    said = reason_of(sitting.given.answers)
    if said is None or path.unnamed:
        return ()
    reason, number = said
    return (dict(world.texts.text(f"same_case.note_{reason}", number=same(number)).shown),)
