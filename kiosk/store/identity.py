"""Whom staff have seen with a document, and where a member card was laid before. Inside a transaction."""

from __future__ import annotations

from kiosk.cases.identity import EarlierUse, Shown, Sighting, unproven
from kiosk.cases.submission import Submission
from kiosk.services.proof import CardRole
from kiosk.store.body import from_json
from kiosk.store.instant import read, written
from kiosk.store.sqlite import Connection
from kiosk.store.statements import ADD_SIGHTING, CASE_BODY, EARLIER_USES, SIGHTINGS_OF_CASE


def add_sighting(db: Connection, case_id: str, sighting: Sighting) -> None:
    """Keep it; a second one of the same person stands beside the first."""
    row = (sighting.role, written(sighting.at), sighting.by, sighting.shown, sighting.note)
    db.execute(ADD_SIGHTING, (case_id, *row))


def sightings_of(db: Connection, case_id: str) -> tuple[Sighting, ...]:
    """In the order they were made."""
    return tuple(
        Sighting(CardRole(row["role"]), read(row["at"]), row["actor"], Shown(row["shown"]), row["note"])
        for row in db.execute(SIGHTINGS_OF_CASE, (case_id,)).fetchall()
    )


def is_proven(db: Connection, case_id: str) -> bool:
    """Is it as sure who everybody of the case is as its service asks?"""
    return not unproven(submission_of(db, case_id), sightings_of(db, case_id))


def submission_of(db: Connection, case_id: str) -> Submission:
    """What was handed in."""
    return from_json(db.execute(CASE_BODY, (case_id,)).fetchone()["body"])


def earlier_uses(
    db: Connection, case_id: str, submission: Submission, received_at: str
) -> tuple[EarlierUse, ...]:
    """The cases before this one in which its member card was laid."""
    keys = {one.member_key for one in submission.identity if one.member_key}
    rows = [row for key in keys for row in db.execute(EARLIER_USES, (key, case_id, received_at)).fetchall()]
    return tuple(EarlierUse(row["number"], read(row["received_at"])) for row in rows)
