"""How long somebody has a case in hand: half an hour, whatever a clock said meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.cases.lease import LEASE, is_running

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ends_in", "running"),
    [
        (timedelta(0), False),
        (timedelta(seconds=1), True),
        (LEASE, True),
        (LEASE + timedelta(minutes=10), True),
        (timedelta(days=40), False),
    ],
    ids=["over", "nearly over", "just given", "clock put right by minutes", "clock had run ahead by days"],
)
def test_a_lease_runs_while_it_can_have_been_given(ends_in: timedelta, running: bool) -> None:
    assert is_running(NOW + ends_in, NOW) is running


def test_nobody_has_what_nobody_took() -> None:
    assert not is_running(None, NOW)
