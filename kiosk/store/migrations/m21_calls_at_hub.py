"""A call for a person goes to the desks of a hub: which kiosk it comes from, and who went there."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def calls_at_hub(db: Database) -> None:
    """At a kiosk the first two stay empty; the role is kept, as whoever went has no account there."""
    for column in ("kiosk", "kiosk_call", "answered_role"):
        db.execute(f"ALTER TABLE call ADD COLUMN {column} TEXT")
