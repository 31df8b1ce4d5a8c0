"""The hub's schema, step by step: numbered files, each applied once, in order, all of them or none.

A `pre` step leaves programs of the version before running; before a `post` step all must have been updated.
So an update goes: pre steps, then kiosks and desks one after another, then post steps.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]

SHIPPED = Path(__file__).parent / "schema"
_NAME = re.compile(r"(?P<number>\d\d)_[a-z_]+\.(?P<part>pre|post)\.sql")
_LOCK = 4_770_825
"""Of the advisory lock under which one program at a time changes the schema. Any number; it must stay."""

GROUPS = ("bb_owner", "bb_admin", "bb_kiosks", "bb_desks", "bb_districts")
"""Roles that nobody signs in as: whose the tables are, and what each kind of member may do."""


class Part(StrEnum):
    """Who may still be running beside it."""

    PRE = "pre"
    POST = "post"


class SchemaFault(Exception):
    """The schema cannot be used or changed as it is; the message says to the installer what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file."""

    name: str
    """Of the file: it says number, matter and part."""
    part: Part
    sql: str = field(repr=False)

    @property
    def digest(self) -> bytes:
        """What is kept of it: an applied step that was edited since is told."""
        return hashlib.sha256(self.sql.encode()).digest()


@dataclass(frozen=True, slots=True)
class Standing:
    """What this program knows, held against what was applied."""

    pending: tuple[Step, ...]
    """In order; not applied yet."""
    newer: tuple[str, ...]
    """Applied by a newer program; this one does not know them."""
    fresh: bool
    """Nothing was applied yet."""

    @property
    def too_old(self) -> bool:
        """The hub has moved on so far that this program must not use it."""
        return any(name.endswith(".post.sql") for name in self.newer)

    @property
    def fits(self) -> bool:
        """This program may use the hub."""
        return not self.too_old and not any(step.part is Part.PRE for step in self.pending)


def steps_in(folder: Path = SHIPPED) -> tuple[Step, ...]:
    """In the order in which they are applied: by number, the pre of one before its post."""
    found = sorted(
        (int(match["number"]), match["part"] == Part.POST, path)
        for path in folder.glob("*.sql")
        if (match := _NAME.fullmatch(path.name))
    )
    return tuple(
        Step(path.name, Part.POST if post else Part.PRE, path.read_text(encoding="utf-8"))
        for _number, post, path in found
    )


def standing(db: Connection, steps: Sequence[Step]) -> Standing:
    """Raises SchemaFault where an applied step was edited since."""
    there = db.execute("SELECT to_regclass('hub.migration') IS NOT NULL").fetchone()
    if there is None or not there[0]:
        return Standing(tuple(steps), (), fresh=True)
    rows = db.execute("SELECT step, digest FROM hub.migration ORDER BY n")
    applied = {str(step): bytes(digest) for step, digest in rows}
    known = {step.name: step for step in steps}
    for name in applied.keys() & known.keys():
        if applied[name] != known[name].digest:
            raise SchemaFault(
                f"{name} is not what was applied to this database. Use the program it came with."
            )
    return Standing(
        tuple(step for step in steps if step.name not in applied),
        tuple(name for name in applied if name not in known),
        fresh=not applied,
    )


def apply(db: Connection, steps: Sequence[Step], *, all_updated: bool = False) -> tuple[str, ...]:
    """Bring the schema up to date; which steps were applied. `db`: in autocommit, of an administrator.

    Post steps only where `all_updated`, or where the database is new. Raises SchemaFault.
    """
    with db.transaction():
        db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        _make_room(db)
        before = standing(db, steps)
        if before.too_old:
            raise SchemaFault("The hub is newer than this program. Update the program first.")
        todo = _todo(before, all_updated=all_updated)
        db.execute("SET LOCAL ROLE bb_owner")
        for step in todo:
            db.execute(step.sql)
            db.execute("INSERT INTO hub.migration (step, digest) VALUES (%s, %s)", (step.name, step.digest))
        db.execute("RESET ROLE")
    return tuple(step.name for step in todo)


def _todo(before: Standing, *, all_updated: bool) -> tuple[Step, ...]:
    if before.fresh or all_updated:
        return before.pending
    post = next((n for n, step in enumerate(before.pending) if step.part is Part.POST), len(before.pending))
    if any(step.part is Part.PRE for step in before.pending[post:]):
        raise SchemaFault(
            f"{before.pending[post].name} was never applied. When every kiosk and desk runs the program of"
            " that time or a newer one, say so with --all-updated."
        )
    return before.pending[:post]


def _make_room(db: Connection) -> None:
    """The groups, who may come into this database, and where the steps are written down. Safe to repeat."""
    if db.execute("SHOW server_encoding").fetchone() != ("UTF8",):
        raise SchemaFault("The database must be made with --encoding=UTF8.")
    for group in GROUPS:
        if db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (group,)).fetchone() is None:
            db.execute(f"CREATE ROLE {group} NOLOGIN")
    db.execute(_ROOM)


_ROOM = r"""
DO $$
BEGIN
    EXECUTE format('GRANT bb_owner, bb_admin TO %I', current_user);
    BEGIN
        -- for ending the connections of who is revoked
        EXECUTE format('GRANT pg_signal_backend TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN
        NULL;
    END;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO bb_owner', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO bb_kiosks, bb_desks, bb_districts, bb_admin', current_database());
END $$;
DO $$
DECLARE
    one regprocedure;
BEGIN
    -- Anybody who is let in could otherwise hold the lock under which a centre writes, or fill the disk with
    -- large objects. Only the master of the server can take that from everybody.
    FOR one IN SELECT oid FROM pg_proc
                WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(pg_(try_)?advisory|lo_)'
                  AND has_function_privilege('public', oid, 'EXECUTE') LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one);
        IF one::text LIKE 'pg\_%' THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO bb_desks, bb_admin', one);
        END IF;
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END $$;
SET LOCAL ROLE bb_owner;
CREATE SCHEMA IF NOT EXISTS hub;
CREATE TABLE IF NOT EXISTS hub.migration (
    step text COLLATE "C" PRIMARY KEY, digest bytea NOT NULL, n bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now()
);
RESET ROLE;
"""
