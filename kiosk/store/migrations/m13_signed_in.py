"""When each account last signed in, and cases by whoever worked the kiosk for the person."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def signed_in(db: Database) -> None:
    """When each account last signed in, and cases by whoever worked the kiosk for the person."""
    db.execute("ALTER TABLE account ADD COLUMN signed_in_at TEXT")
    db.execute("CREATE INDEX case_operator ON cases (operator, received_at) WHERE operator IS NOT NULL")
