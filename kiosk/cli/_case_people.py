"""Who the people of a case are, as `kiosk case` prints it."""

from __future__ import annotations

from typing import Any


def person_line(person: dict[str, Any], needed: str) -> str:
    """One line; `needed` is the level that the service asks for."""
    parts = [f"{person['role']:12} {person['level']} by {person['by']}"]
    if person["member_card"]:
        parts.append(f"card ...{person['member_card']}, earlier cases: {len(person['earlier_cases'])}")
    parts += ["card has run out"] if person["expired"] else []
    parts += [f"seen by {one['by']} {one['at']} ({one['shown']})" for one in person["seen"]]
    parts += [] if person["reached"] else [f"needed: {needed}"]
    return ", ".join(parts)
