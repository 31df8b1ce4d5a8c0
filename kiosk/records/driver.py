"""What every way of asking a source gives back. A driver never raises and never logs a value."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from kiosk.flow.records import RecordKey
from kiosk.records.definition import RecordSource
from kiosk.records.values import read_value

Row = Mapping[str, str]
"""One row in canonical form, by field name; empty fields are left out."""


class Why(StrEnum):
    """Why a source could not be asked, for the log and for staff."""

    UNREACHED = "unreached"
    """No connection: network, name, certificate, or nobody listens."""
    SLOW = "slow"
    """It took longer than anybody should wait."""
    REFUSED = "refused"
    """It answered that it will not or cannot."""
    UNEXPECTED = "unexpected"
    """Its answer is not what the definition says."""
    NO_TABLE = "no-table"
    """Nothing has been imported."""
    OLD_TABLE = "old-table"
    """What was imported is too old to be shown."""
    STORE = "store"
    """The store of this box has trouble."""
    SETTINGS = "settings"
    """A certificate or key is missing or cannot be used."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows under this key; at least one."""

    rows: tuple[Row, ...] = field(repr=False)
    as_of: datetime.date | None = None
    """The day the rows are of; None where the office was asked just now."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The office was asked, and has nothing under this key."""


@dataclass(frozen=True, slots=True)
class Away:
    """The office could not be asked."""

    why: Why


@dataclass(frozen=True, slots=True)
class ByStaff:
    """Staff look it up."""


Outcome = Found | Nothing | Away | ByStaff


class Driver(Protocol):
    """One source, as it is asked here."""

    def look_up(self, key: RecordKey) -> Outcome:
        """What it holds under this key, which is of the source's own kind and in canonical form."""
        ...


class StaffDriver:
    """No machine is asked."""

    def look_up(self, key: RecordKey) -> Outcome:
        """Always by staff."""
        return ByStaff()


def read_row(given: Mapping[str, object], source: RecordSource) -> Row | None:
    """The fields of the definition in canonical form, and nothing else; None where one is not as it says."""
    row: dict[str, str] = {}
    for one in source.field:
        value = read_value(given.get(one.name), one)
        if value is None:
            return None
        if value:
            row[one.name] = value
    return row
