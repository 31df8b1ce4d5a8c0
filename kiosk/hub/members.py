"""Who comes into the hub: each kiosk, each centre's desk, each server and district under a role of its own.

A role that signs in is a row of hub.member and belongs to one group, which says what it may do. To revoke is
to end the row, the login and the connections, in this order: whatever of it fails, nothing more is let in.

Each function takes a connection of whoever looks after the database, in autocommit.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]

_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,31}")
_LONGEST_GOODBYE_MS = 10_000


class Kind(StrEnum):
    """What a role is for."""

    KIOSK = "kiosk"
    """One box: hands in, and hears of its own cases."""
    DESK = "desk"
    """The desks of one centre: its cases, and no others."""
    SERVER = "server"
    """Answers kiosks over HTTPS, in the name of each."""
    DISTRICT = "district"
    """Counts only."""


@dataclass(frozen=True, slots=True)
class _May:
    group: str
    connections: int
    """At a time; -1: as many as the server has."""
    statement: str
    idle: str
    """In an open transaction: what is forgotten there keeps the server from cleaning up."""


_MAY = {
    Kind.KIOSK: _May("bb_kiosks", 4, "30s", "15s"),
    Kind.DESK: _May("bb_desks", -1, "60s", "30s"),
    Kind.SERVER: _May("bb_kiosks", -1, "30s", "15s"),
    Kind.DISTRICT: _May("bb_districts", 4, "60s", "15s"),
}


class MemberFault(Exception):
    """It cannot be let in or sent away; the message says why, in words for whoever installs."""


def role_of(kind: Kind, name: str) -> str:
    """What it signs in as. Raises MemberFault where the name will not do."""
    if not _NAME.fullmatch(name):
        raise MemberFault(f"{name!r}: small letters, digits and _ only, at most 32.")
    return f"bb_{kind}_{name}"


def add_centre(db: Connection, centre: str, name: str = "") -> None:
    """An office of its own; its desks are let in as Kind.DESK under the same name. Raises MemberFault."""
    role_of(Kind.DESK, centre)
    made = db.execute(
        "INSERT INTO hub.centre (centre, name) VALUES (%s, %s) ON CONFLICT DO NOTHING", (centre, name)
    )
    if not made.rowcount:
        raise MemberFault(f"There is a centre {centre} already.")


def add(db: Connection, kind: Kind, name: str, centre: str | None = None, *, login: bool = True) -> str:
    """Let it in; the password it signs in with, which is nowhere else. Raises MemberFault.

    Without `login` it never comes to the database itself, only over HTTPS; then the password is empty.
    """
    role = role_of(kind, name)
    centre = name if kind is Kind.DESK else centre
    with db.transaction():
        if centre is not None and not _there(db, "SELECT 1 FROM hub.centre WHERE centre = %s", centre):
            raise MemberFault(f"There is no centre {centre}.")
        if _there(db, "SELECT 1 FROM hub.member WHERE role = %s", role):
            raise MemberFault(f"{name} was let in before. A new password: --again.")
        kiosk = name if kind is Kind.KIOSK else None
        db.execute(
            "INSERT INTO hub.member (role, kind, centre, kiosk) VALUES (%s, %s, %s, %s)",
            (role, kind, centre, kiosk),
        )
        return _open_door(db, role, _MAY[kind], login=login)


def add_again(db: Connection, kind: Kind, name: str, *, login: bool = True) -> str:
    """Another password for one that was let in before, also where it was revoked. Raises MemberFault."""
    role = role_of(kind, name)
    with db.transaction():
        known = db.execute("UPDATE hub.member SET revoked_at = NULL WHERE role = %s", (role,))
        if not known.rowcount:
            raise MemberFault(f"{name} was never let in.")
        return _open_door(db, role, _MAY[kind], login=login)


def revoke(db: Connection, kind: Kind, name: str) -> int:
    """It never comes in again; how many of its connections were ended. Raises MemberFault."""
    role = role_of(kind, name)
    with db.transaction():
        known = db.execute(
            "UPDATE hub.member SET revoked_at = coalesce(revoked_at, now()) WHERE role = %s", (role,)
        )
        if not known.rowcount:
            raise MemberFault(f"{name} was never let in.")
        db.execute(f"ALTER ROLE {role} NOLOGIN PASSWORD NULL")
    return _send_away(db, role)


def _send_away(db: Connection, role: str) -> int:
    from psycopg.errors import InsufficientPrivilege

    try:
        ended = db.execute(
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, %s)) FROM pg_stat_activity"
            " WHERE usename = %s",
            (_LONGEST_GOODBYE_MS, role),
        ).fetchone()
    except InsufficientPrivilege:
        raise MemberFault(
            "Revoked: the hub answers it no more. Its open connections stay until whoever runs PostgreSQL"
            " grants you pg_signal_backend and you revoke it once more."
        ) from None
    return int(ended[0]) if ended else 0


def _open_door(db: Connection, role: str, may: _May, *, login: bool) -> str:
    """The role's name was checked. PostgreSQL's log never sees the password, only what is made of it."""
    if not _there(db, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        db.execute(f"CREATE ROLE {role} NOLOGIN")
    if not login:
        db.execute(f"ALTER ROLE {role} NOLOGIN PASSWORD NULL")
        return ""
    password = secrets.token_urlsafe(32)
    kept = db.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    db.execute(f"ALTER ROLE {role} LOGIN INHERIT CONNECTION LIMIT {may.connections} PASSWORD '{kept}'")
    db.execute(f"GRANT {may.group} TO {role}")
    for setting, value in (
        ("statement_timeout", may.statement),
        ("idle_in_transaction_session_timeout", may.idle),
    ):
        db.execute(f"ALTER ROLE {role} SET {setting} = '{value}'")
    return password


def _there(db: Connection, question: str, asked: str) -> bool:
    return db.execute(question, (asked,)).fetchone() is not None


def password_line(role: str, password: str) -> str:
    """A line of a password file, as PostgreSQL's own library reads it (`passfile`), for whatever server."""
    return f"*:*:*:{role}:{password}\n"
