"""Tickets that can be said aloud, numbers nobody can guess, ids that sort by time."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.numbers import case_number, ticket, uuid7

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sequence", "said"),
    [(1, "A001"), (17, "A017"), (999, "A999"), (1000, "B001"), (8 * 999 + 1, "J001"), (24 * 999 + 1, "A001")],
)
def test_tickets_run_from_a001(sequence: int, said: str) -> None:
    assert ticket(sequence) == said


@given(st.integers(1, 24 * 999))
def test_no_ticket_has_a_letter_that_reads_as_a_digit(sequence: int) -> None:
    assert len(ticket(sequence)) == 4
    assert ticket(sequence)[0] not in "IO"


def test_a_case_number_reads_in_groups() -> None:
    drawn = iter([b"\xff\xff\xff\xff", (48203915).to_bytes(4, "big")])
    assert case_number(date(2026, 11, 22), lambda _: next(drawn)) == "2026-1122-48203915"


def test_a_thousand_numbers_of_one_day_are_spread_evenly() -> None:
    digits = "".join(case_number(date(2026, 11, 22), os.urandom)[-8:] for _ in range(1000))
    assert all(600 < digits.count(str(n)) < 1000 for n in range(10))


def test_an_id_is_a_uuid_of_version_7_and_sorts_by_time() -> None:
    ids = [uuid7(NOW + timedelta(milliseconds=n), os.urandom) for n in range(50)]
    assert all(UUID(one).version == 7 and UUID(one).variant == "specified in RFC 4122" for one in ids)
    assert ids == sorted(ids)
    assert UUID(ids[0]).int >> 80 == int(NOW.timestamp() * 1000)
