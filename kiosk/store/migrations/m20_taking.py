"""How often news was taken from the hub: by that it knows a kiosk that was put back to an old disk."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def taking(db: Database) -> None:
    """How often news was taken from the hub."""
    db.execute("ALTER TABLE hub_reached ADD COLUMN news_taken INTEGER NOT NULL DEFAULT 0")
