"""A row in every table of the hub, without knowing what it means: walls must stand around all of them."""

from __future__ import annotations

from typing import Any

import psycopg

TABLES = """
SELECT n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND n.nspname NOT LIKE 'pg_toast%' ORDER BY 1, 2
"""

EDITIONS = "hub.edition"
"""Of no centre: for all."""

_COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
 WHERE table_schema = %s AND table_name = %s AND is_nullable = 'NO'
   AND (is_identity = 'NO' OR identity_generation = 'BY DEFAULT')
"""

_OF_A_KIND: dict[str, Any] = {
    "text": "word",
    "bigint": 1,
    "bytea": b"bytes",
    "timestamp with time zone": "2026-03-10T01:30:00Z",
}


def tables(db: psycopg.Connection[Any]) -> list[str]:
    """Every table and view of this database, with its schema."""
    return [f"{row[0]}.{row[1]}" for row in db.execute(TABLES)]


def of_centres(db: psycopg.Connection[Any]) -> list[str]:
    """Those whose rows belong to a centre, but for the two that say who is who."""
    return [one for one in tables(db) if one not in {"hub.migration", "hub.centre", "hub.member", EDITIONS}]


def fill(db: psycopg.Connection[Any], table: str, centre: str) -> None:
    """One row of this centre. `db`: the superuser's."""
    schema, _, name = table.partition(".")
    columns = {str(name): _OF_A_KIND[kind] for name, kind in db.execute(_COLUMNS, (schema, name))}
    columns["centre"] = centre
    marks = ", ".join(["%s"] * len(columns))
    with db.transaction():
        # what a row of another table would have to be there for is not what these tests are about
        db.execute("SET LOCAL session_replication_role = replica")
        db.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
            list(columns.values()),
        )
