"""What comes back from the hub: the resident sees it, the books stay whole, the resident's word counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.cases.parcels import SET_ASIDE, CentreKey, Kind, News, Receipt
from kiosk.cases.states import Outcome, State
from kiosk.security.centre_keys import new_pair
from kiosk.security.device_key import device_key
from kiosk.store import Store
from kiosk.store.hub_news import WORD_STANDS
from kiosk.store.verifying import Trusted
from tests.store.people import GUIFANG, MONDAY, HandClock, application

DUE = date(2026, 11, 16)


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    opened = reopen()
    opened.send_to_hub()
    return opened


@pytest.fixture
def case_id(store: Store) -> str:
    return store.submit(application()).case_id


def news(case_id: str, order: int, kind: str, state: State, **more: object) -> News:
    plain = News(order, case_id, order, kind, MONDAY, 1, state, DUE, desk="民政")
    return replace(plain, **more)  # type: ignore[arg-type]


def lines(store: Store, case_id: str) -> list[tuple[str, str]]:
    rows = store._db.execute("SELECT actor, kind FROM event WHERE case_id = ? ORDER BY seq", (case_id,))
    return [tuple(row) for row in rows.fetchall()]


def act_of(store: Store) -> str:
    return next(one.id for one in store.parcels_waiting() if one.kind is Kind.ACT)


def is_whole(store: Store, tmp_path: Path) -> bool:
    own = device_key(tmp_path / "state")
    return store.verify(Trusted({own.id: own.public})).good


def test_a_decision_at_the_desk_is_read_at_the_kiosk_and_the_books_stay_whole(
    store: Store, case_id: str, tmp_path: Path
) -> None:
    told = [
        news(case_id, 2, "claimed", State.CLAIMED),
        news(
            case_id, 3, "completed", State.DECIDED, outcome=Outcome.GRANTED, result="批了，下月起每月二百元。"
        ),
    ]
    assert store.take_news(told) == [2, 3]
    (seen,) = store.cases_of(GUIFANG)
    assert (seen.stage, seen.outcome, seen.result) == (State.DECIDED, "granted", "批了，下月起每月二百元。")
    assert lines(store, case_id)[1:] == [("hub", "claimed"), ("hub", "completed")]
    assert is_whole(store, tmp_path)


def test_the_same_news_twice_and_news_that_is_older_change_nothing(store: Store, case_id: str) -> None:
    claimed = news(case_id, 2, "claimed", State.CLAIMED)
    asked = news(case_id, 4, "info_asked", State.NEEDS_INFO, missing="户口簿")
    assert store.take_news([asked]) == [4]
    assert store.take_news([claimed, asked]) == [2, 4]
    assert lines(store, case_id)[1:] == [("hub", "info_asked")]
    assert store.cases_of(GUIFANG)[0].missing == "户口簿"


def test_a_hub_that_was_put_back_is_believed_though_its_histories_are_shorter_now(
    store: Store, case_id: str, clock: HandClock
) -> None:
    """What was decided there after the backup was decided anew, perhaps otherwise."""
    store.take_news([news(case_id, 9, "completed", State.DECIDED, outcome=Outcome.GRANTED, result="批了。")])
    store.send_again(clock.at)
    store.take_news([news(case_id, 3, "rejected", State.DECIDED, outcome=Outcome.REFUSED, result="没批。")])
    assert store.cases_of(GUIFANG)[0].result == "没批。"


def test_news_of_one_moment_is_taken_in_its_order_however_it_came(store: Store, case_id: str) -> None:
    asked = news(case_id, 3, "info_asked", State.NEEDS_INFO, missing="户口簿")
    assert store.take_news([asked, news(case_id, 2, "claimed", State.CLAIMED)]) == [2, 3]
    assert store.cases_of(GUIFANG)[0].stage is State.NEEDS_INFO


def test_the_promised_day_stands_still_at_the_kiosk_as_at_the_hub(store: Store, case_id: str) -> None:
    """Due dates are worked out from lines, which the kiosk has of its own."""
    store.take_news([news(case_id, 2, "info_asked", State.NEEDS_INFO, missing="户口簿")])
    assert store.cases_of(GUIFANG)[0].paused


def test_who_took_it_back_here_is_not_told_that_somebody_works_on_it(
    store: Store, case_id: str, tmp_path: Path
) -> None:
    """Withdrawn at the kiosk while a desk that has not heard of it claims."""
    store.withdraw(case_id, GUIFANG)
    store.take_news([news(case_id, 2, "claimed", State.CLAIMED)])
    assert store.cases_of(GUIFANG)[0].stage is State.WITHDRAWN
    answer = news(case_id, 3, "withdrawn", State.WITHDRAWN, answers=act_of(store))
    store.take_news([answer])
    assert store.cases_of(GUIFANG)[0].stage is State.WITHDRAWN
    assert [kind for _, kind in lines(store, case_id)] == ["submitted", "withdrawn", "claimed"]
    assert is_whole(store, tmp_path)


def test_who_took_it_back_too_late_reads_how_it_came_out(store: Store, case_id: str, tmp_path: Path) -> None:
    """Decided already when the act arrived: it was set aside, and the true state comes back."""
    store.withdraw(case_id, GUIFANG)
    decided = news(case_id, 3, "completed", State.DECIDED, outcome=Outcome.GRANTED, result="批了。")
    store.take_news([decided])
    assert store.cases_of(GUIFANG)[0].stage is State.WITHDRAWN
    store.take_news([replace(decided, id=4, kind=SET_ASIDE, answers=act_of(store))])
    (seen,) = store.cases_of(GUIFANG)
    assert (seen.stage, seen.result) == (State.DECIDED, "批了。")
    assert lines(store, case_id)[-1] == ("hub", SET_ASIDE)
    assert is_whole(store, tmp_path)


def test_an_answer_that_never_comes_does_not_hide_for_ever_how_the_case_stands(
    store: Store, case_id: str, clock: HandClock
) -> None:
    """This kiosk was put back to the evening before the answer came; or the hub has set the act aside."""
    store.withdraw(case_id, GUIFANG)
    store.parcels_sent(Receipt(one.id, one.hash, one.kseq, clock.at) for one in store.parcels_waiting())
    claimed = news(case_id, 2, "claimed", State.CLAIMED)
    clock.forward(days=WORD_STANDS.days - 1)
    store.take_news([claimed])
    assert store.cases_of(GUIFANG)[0].stage is State.WITHDRAWN
    clock.forward(days=2)
    store.take_news([news(case_id, 3, "completed", State.DECIDED, outcome=Outcome.GRANTED, result="批了。")])
    assert store.cases_of(GUIFANG)[0].stage is State.DECIDED


def test_of_two_acts_the_first_answer_does_not_undo_the_second(store: Store, case_id: str) -> None:
    store.withdraw_consent(case_id, GUIFANG, "use")
    store.withdraw(case_id, GUIFANG)
    first = act_of(store)
    store.take_news([news(case_id, 2, "consent_withdrawn", State.QUEUED, answers=first)])
    assert store.cases_of(GUIFANG)[0].stage is State.WITHDRAWN


def test_news_of_a_case_that_was_erased_here_brings_no_words_back(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    sent = application()
    case_id = store.submit(
        replace(sent, consents=tuple(replace(c, keep_days=1) for c in sent.consents))
    ).case_id
    store.withdraw(case_id, GUIFANG)
    clock.forward(days=3)
    store.erase(store.times({}).due)
    late = news(case_id, 9, "completed", State.DECIDED, result="张桂芳的批文", answers=act_of(store))
    assert store.take_news([late]) == [9]
    assert store._db.execute("SELECT result FROM cases").fetchone()[0] is None
    assert is_whole(store, tmp_path)


def test_news_of_a_case_that_this_kiosk_does_not_know_is_not_asked_for_for_ever(store: Store) -> None:
    """It was restored from a backup older than the case."""
    assert store.take_news([news("unknown", 2, "claimed", State.CLAIMED)]) == [2]


def test_a_kiosk_that_joins_seals_to_the_key_of_the_centre_and_still_opens_what_was_before(
    store: Store, reopen: Callable[[], Store], tmp_path: Path
) -> None:
    before = store.submit(application()).case_id
    own, pair = store.centre(), new_pair()
    key = CentreKey("sichuan-7", pair.id, pair.public, True)
    assert store.take_key(key) and not store.take_key(key)
    after = store.submit(application()).case_id
    assert (store.centre(), store.protected, store.has_key_of_hub()) == ("sichuan-7", True, True)
    again = reopen()
    assert again.case(before).submission.id == before
    assert not again.can_open()
    again.keyring.lend({pair.id: pair.private})
    assert again.case(after).submission.id == after
    assert own != "sichuan-7" and again.centre() == "sichuan-7"
    assert is_whole(again, tmp_path)


def test_a_key_whose_private_half_lies_elsewhere_is_not_replaced_by_one_made_here(
    store: Store, reopen: Callable[[], Store]
) -> None:
    pair = new_pair()
    store.take_key(CentreKey("sichuan-7", pair.id, pair.public, False))
    assert reopen().centre() == "sichuan-7"


def test_what_is_private_in_news_stands_in_no_repr(case_id: str) -> None:
    one = news(case_id, 2, "info_asked", State.NEEDS_INFO, missing="户口簿", result="批了")
    assert "户口簿" not in repr(one) and "批了" not in repr(one)
