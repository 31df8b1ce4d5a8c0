"""Who the people of a case are, as `kiosk case` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.cases.submission import IdentityRecord
    from kiosk.cases.views import CaseView


def person_of(case: CaseView, person: IdentityRecord, full: bool) -> dict[str, Any]:
    """How sure it is who this is, and what that rests on. What staff wrote of a paper may name the person."""
    from kiosk.cases.identity import level_now

    seen = [
        {"by": one.by, "at": one.at.isoformat(), "shown": one.shown, "note": one.note if full else ""}
        for one in case.sightings
        if one.role is person.role
    ]
    earlier = [use.number for use in case.earlier_uses] if person.member_key else []
    return {
        "role": person.role,
        "level": level_now(person, case.sightings),
        "reached": person.role not in case.unproven,
        "by": person.by,
        "at": person.at.isoformat(),
        "expired": person.expired,
        "member_card": person.member_tail,
        "earlier_cases": earlier,
        "seen": seen,
    }


def person_line(person: dict[str, Any], needed: str) -> str:
    """One line; `needed` is the level that the service asks for."""
    parts = [f"{person['role']:12} {person['level']} by {person['by']}"]
    if person["member_card"]:
        parts.append(f"card ...{person['member_card']}, earlier cases: {len(person['earlier_cases'])}")
    parts += ["card has run out"] if person["expired"] else []
    parts += [f"seen by {one['by']} {one['at']} ({one['shown']})" for one in person["seen"]]
    parts += [] if person["reached"] else [f"needed: {needed}"]
    return ", ".join(parts)
