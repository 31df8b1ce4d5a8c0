"""Where the corrections of a case stand. Inside a transaction; opens nothing."""

from __future__ import annotations

import json

from kiosk.cases.corrections import STEPS, Change, all_heard, changes
from kiosk.store.authority_statements import STEPS_OF_CORRECTIONS
from kiosk.store.sqlite import Connection

_STEPS = json.dumps(STEPS)


def is_heard(db: Connection, case_id: str) -> bool:
    """Does the person know of every change, and call it right?"""
    return all_heard(_steps(db, case_id))


def changes_of(db: Connection, case_id: str) -> tuple[Change, ...]:
    """The newest change of each field, with what the person said to it."""
    return changes(_steps(db, case_id))


def _steps(db: Connection, case_id: str) -> list[tuple[str, str, str]]:
    rows = db.execute(STEPS_OF_CORRECTIONS, (case_id, _STEPS)).fetchall()
    return [(row["kind"], row["note"], row["words"] or "") for row in rows]
