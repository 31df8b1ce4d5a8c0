"""Whom staff have seen with a document, and where a member card was laid before. Inside a transaction."""

from __future__ import annotations

from kiosk.cases.identity import EarlierUse, Shown, Sighting, level_reached
from kiosk.cases.submission import Submission
from kiosk.services.proof import CardRole, Proof
from kiosk.store.instant import read, written
from kiosk.store.sqlite import Connection
from kiosk.store.statements import ADD_SIGHTING, EARLIER_USES, LEVELS_OF_CASE, SIGHTINGS_OF_CASE


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
    seen = {sighting.role for sighting in sightings_of(db, case_id)}
    rows = db.execute(LEVELS_OF_CASE, (case_id,)).fetchall()
    return all(
        level_reached(Proof(row["level"]), CardRole(row["role"]) in seen, Proof(row["proof_needed"]))
        for row in rows
    )


def people_of(db: Connection, case_id: str) -> frozenset[CardRole]:
    """The people of whom a level was kept: the subject, and whoever acts for them."""
    return frozenset(CardRole(row["role"]) for row in db.execute(LEVELS_OF_CASE, (case_id,)).fetchall())


def earlier_uses(
    db: Connection, case_id: str, submission: Submission, received_at: str
) -> tuple[EarlierUse, ...]:
    """The cases before this one in which its member card was laid."""
    keys = {one.member_key for one in submission.identity if one.member_key}
    rows = [row for key in keys for row in db.execute(EARLIER_USES, (key, case_id, received_at)).fetchall()]
    return tuple(EarlierUse(row["number"], read(row["received_at"])) for row in rows)
