"""Why a rating is bad, as one of a few codes, beside the task it opened."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def why_bad(db: Database) -> None:
    """Why a rating is bad, as one of a few codes, beside the task it opened."""
    db.execute("ALTER TABLE rating_task ADD COLUMN reason TEXT")
