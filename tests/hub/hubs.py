"""A hub of its own for a test: a fresh database with the schema, and the centres and kiosks let in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from kiosk.hub.members import Kind, add, add_centre, password_line, role_of
from tests.hub.cluster import Cluster
from tests.hub.rows import EDITIONS, of_centres


@dataclass
class Hub:
    """`files`: where password files of this hub's members lie."""

    cluster: Cluster
    database: str
    files: Path
    passwords: dict[str, str] = field(default_factory=dict)

    def owner(self) -> psycopg.Connection[Any]:
        """As whoever looks after the database: sees everything, row-level security or not."""
        return self.cluster.as_owner(self.database)

    def owner_address(self) -> str:
        return self.cluster.owner_address(self.database)

    def centre(self, name: str) -> str:
        """A new centre and the role of its desks; the address that its desks are set to."""
        with self.owner() as owner:
            add_centre(owner, name)
            return self._kept(Kind.DESK, name, add(owner, Kind.DESK, name))

    def kiosk(self, name: str, centre: str) -> str:
        """A new kiosk of a centre; the address that it is set to."""
        return self.member(Kind.KIOSK, name, centre)

    def member(self, kind: Kind, name: str, centre: str | None = None) -> str:
        with self.owner() as owner:
            return self._kept(kind, name, add(owner, kind, name, centre))

    def passfile(self, kind: Kind, name: str) -> Path:
        return self.files / f"{role_of(kind, name)}.pass"

    def address(self, kind: Kind, name: str) -> str:
        """Complete: over TLS, and where its password is."""
        plain = self.cluster.address(self.database, role_of(kind, name))
        return f"{plain}&passfile={self.passfile(kind, name)}"

    def connect(self, kind: Kind, name: str) -> psycopg.Connection[Any]:
        """As this member, in autocommit."""
        return psycopg.connect(self.address(kind, name), autocommit=True)

    def desk(self, centre: str) -> psycopg.Connection[Any]:
        return self.connect(Kind.DESK, centre)

    def at_kiosk(self, kiosk: str) -> psycopg.Connection[Any]:
        return self.connect(Kind.KIOSK, kiosk)

    def _kept(self, kind: Kind, name: str, password: str) -> str:
        file = self.passfile(kind, name)
        file.touch(0o600)
        file.write_text(password_line(role_of(kind, name), password))
        self.passwords[role_of(kind, name)] = password
        return self.address(kind, name)


def emptied(owner: psycopg.Connection[Any], staying: Sequence[str] = ()) -> None:
    """As it was made: nobody is connected, no row in any table, numbers begin anew; only these members stay.

    Roles belong to the cluster, not to the database: they go, too.
    """
    owner.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        for table in (*of_centres(owner), EDITIONS):
            owner.execute(f"DELETE FROM {table}")
        owner.execute(
            "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relname !~ '^migration'"
        )
        gone = owner.execute("DELETE FROM hub.member WHERE role <> ALL (%s) RETURNING role", (list(staying),))
        for (role,) in gone.fetchall():
            owner.execute(f"DROP ROLE {role}")
        owner.execute("UPDATE hub.member SET revoked_at = NULL")
        owner.execute("DELETE FROM hub.centre WHERE centre NOT IN (SELECT centre FROM hub.member)")
