"""Submitting: once, whole, with a receipt a person can use."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from kiosk.store import Store
from tests.store.people import MONDAY, WANG, HandClock, application, draft

ON_BOTH_ENGINES = True
OF_THE_FILE = {"test_a_number_that_is_taken_is_drawn_again", "test_every_act_waits_in_the_outbox"}


def test_the_receipt_has_a_ticket_a_number_and_a_date(store: Store) -> None:
    """K36: number, and by when."""
    receipt = store.submit(application())
    assert receipt.ticket == "A001"
    assert re.fullmatch(r"2026-1102-\d{8}", receipt.number)
    assert receipt.due == date(2026, 11, 16)
    assert receipt.received_at == MONDAY


def test_tickets_count_through_the_day_and_begin_again_tomorrow(store: Store, clock: HandClock) -> None:
    assert [store.submit(application()).ticket for _ in range(3)] == ["A001", "A002", "A003"]
    clock.forward(days=1)
    assert store.submit(application()).ticket == "A001"


def test_the_day_is_the_sites_day_and_not_greenwichs(store: Store, clock: HandClock) -> None:
    clock.at = MONDAY.replace(hour=23)
    assert "2026-1103-" in store.submit(application()).number


def test_sending_the_same_application_twice_gives_the_same_receipt_and_one_case(
    store: Store, clock: HandClock
) -> None:
    """K44: no duplicate."""
    sent = application()
    first = store.submit(sent)
    clock.forward(minutes=5)
    assert store.submit(sent) == first
    assert len(store.open_cases(clock.now())) == 1


def test_what_was_submitted_is_read_back_exactly(store: Store, reopen: Callable[[], Store]) -> None:
    """K40: with the source of every field."""
    sent = application()
    store.submit(sent)
    assert reopen().case(sent.id).submission == sent


def test_submitting_takes_the_draft_away_for_good(store: Store, clock: HandClock) -> None:
    sent = application()
    store.save_draft(draft(sent.id))
    store.submit(sent)
    store.save_draft(draft(sent.id, at=MONDAY + timedelta(seconds=1)))
    assert store.find_draft(draft("x").person_key or "", clock.now()) is None


def test_a_number_that_is_taken_is_drawn_again(store: Store) -> None:
    drawn = iter([b"\0\0\0\1", b"\0\0\0\1", b"\0\0\0\2"])
    store._entropy = lambda _: next(drawn)
    assert store.submit(application()).number.endswith("00000001")
    assert store.submit(application()).number.endswith("00000002")


def test_every_act_waits_in_the_outbox(store: Store) -> None:
    sent = application()
    store.submit(sent)
    store.claim(sent.id, WANG)
    rows = store._db.execute("SELECT case_id, seq FROM outbox ORDER BY n").fetchall()
    assert [tuple(row) for row in rows] == [(sent.id, 1), (sent.id, 2)]
