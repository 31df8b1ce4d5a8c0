"""Messages: each piece of news once, also over a kill and two desks; the number stands nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kiosk.cases.messages import FRESH, MOST_TRIES, SETTLED
from kiosk.cases.telling import Came
from kiosk.store import Store
from kiosk.store.outbox import TAKEN_FOR, Outgoing
from tests.store.people import CHEN, GUIFANG, WANG, HandClock, application

ON_BOTH_ENGINES = True
OF_THE_FILE = {"test_the_outbox_holds_no_number_and_no_words"}

CASE = "case-1"


@pytest.fixture
def news(store: Store, clock: HandClock) -> Store:
    """Decided an hour ago, at half past nine."""
    store.submit(application(CASE))
    store.complete(CASE, WANG, store.claim(CASE, WANG).epoch, "好了")
    clock.at += SETTLED
    return store


def taken(store: Store) -> Outgoing:
    message = store.take_message()
    assert message is not None
    return message


def kinds(store: Store) -> list[str]:
    return [event.kind for event in store.case(CASE).events]


def test_news_goes_out_once(news: Store) -> None:
    message = taken(news)
    news.message_sent(message)
    assert news.take_message() is None
    assert kinds(news)[-1] == Came.MESSAGE
    (one,) = news.to_tell()
    assert one.message is not None and one.message.actor == "kiosk"


def test_who_was_told_within_the_hour_gets_no_message(store: Store, clock: HandClock) -> None:
    store.submit(application(CASE))
    store.complete(CASE, WANG, store.claim(CASE, WANG).epoch, "好了")
    assert store.take_message() is None
    store.hear(CASE, GUIFANG)
    clock.at += SETTLED
    assert store.take_message() is None


def test_who_was_told_after_it_was_queued_gets_none(news: Store, clock: HandClock) -> None:
    news.message_later(taken(news))
    news.note_telling(CASE, CHEN, Came.TOLD, "电话")
    clock.forward(hours=1)
    assert news.take_message() is None


def test_where_somebody_else_answered_the_telephone_it_gets_no_message(news: Store, clock: HandClock) -> None:
    news.message_later(taken(news))
    news.note_telling(CASE, CHEN, Came.WRONG_NUMBER)
    clock.forward(hours=1)
    assert news.take_message() is None


def test_nor_with_the_next_news(store: Store, clock: HandClock) -> None:
    store.submit(application(CASE))
    store.ask_info(CASE, WANG, store.claim(CASE, WANG).epoch, "户口簿", date(2026, 11, 9))
    store.note_telling(CASE, CHEN, Came.WRONG_NUMBER)
    store.complete(CASE, WANG, store.receive_info(CASE, WANG, "都带来了").epoch, "好了")
    assert store.take_message() is None
    clock.at += SETTLED
    assert store.take_message() is None


def test_two_desks_never_have_the_same_message_at_once(news: Store, reopen: Callable[[], Store]) -> None:
    other = reopen()
    taken(news)
    assert other.take_message() is None


def test_a_desk_that_fell_leaves_its_message_to_the_next_under_the_same_key(
    news: Store, reopen: Callable[[], Store], clock: HandClock
) -> None:
    """The gateway sends nothing twice under one key."""
    first = taken(news)
    clock.at += TAKEN_FOR
    second = taken(reopen())
    assert second.key == first.key
    news.message_sent(second)
    news.message_sent(first)
    assert kinds(news).count(Came.MESSAGE) == 1


def test_what_did_not_come_through_is_tried_again_and_in_the_end_stands_in_the_call_list(
    news: Store, clock: HandClock
) -> None:
    keys = set()
    for _ in range(MOST_TRIES):
        message = taken(news)
        keys.add(message.key)
        news.message_later(message)
        assert news.take_message() is None, "not at once"
        clock.forward(days=1)
    assert len(keys) == 1
    assert kinds(news)[-1] == Came.NO_MESSAGE
    assert news.take_message() is None


def test_what_the_gateway_never_takes_is_not_tried_again(news: Store, clock: HandClock) -> None:
    news.message_refused(taken(news))
    clock.forward(hours=3)
    assert news.take_message() is None
    assert kinds(news)[-1] == Came.NO_MESSAGE


def test_without_a_mobile_number_nothing_is_noted(news: Store, clock: HandClock) -> None:
    news.message_without_mobile(taken(news))
    clock.forward(hours=3)
    assert news.take_message() is None
    assert kinds(news)[-1] == "completed"


def test_an_answer_that_comes_after_the_end_changes_nothing(news: Store) -> None:
    message = taken(news)
    news.message_sent(message)
    news.message_later(message)
    news.message_refused(message)
    assert kinds(news).count(Came.NO_MESSAGE) == 0


def test_nobody_is_woken(news: Store, clock: HandClock) -> None:
    clock.forward(hours=9)
    assert news.take_message() is None
    clock.forward(hours=14)
    assert news.take_message() is not None


def test_old_cases_are_not_woken_by_a_new_gateway(news: Store, clock: HandClock) -> None:
    clock.at += FRESH + timedelta(hours=1)
    assert news.take_message() is None


def test_newer_news_takes_the_place_of_what_waited(store: Store, clock: HandClock) -> None:
    store.submit(application(CASE))
    store.ask_info(CASE, WANG, store.claim(CASE, WANG).epoch, "户口簿", date(2026, 11, 9))
    clock.at += SETTLED
    first = taken(store)
    store.message_later(first)
    claim = store.receive_info(CASE, WANG, "户口簿")
    store.complete(CASE, WANG, claim.epoch, "好了")
    clock.at += SETTLED
    assert taken(store).key != first.key
    assert store.take_message() is None


def test_the_outbox_holds_no_number_and_no_words(news: Store) -> None:
    taken(news)
    columns = {row[1] for row in news._db.execute("SELECT * FROM pragma_table_info('message')")}
    assert columns == {"case_id", "seq", "key", "tries", "next_at", "taken_until", "ended"}
