"""Who has to be told at home, and what came of each attempt: events of the case, in its chain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import State, Why
from kiosk.cases.telling import Came, Rules, Step, ToTell
from kiosk.security.device_key import device_key
from kiosk.store import Store
from kiosk.store.verifying import Trusted
from tests.store.people import CHEN, GUIFANG, WANG, XIAOLIN, HandClock, application

ON_BOTH_ENGINES = True

CASE = "case-1"


def decided(store: Store, case_id: str = CASE) -> None:
    store.submit(application(case_id))
    store.complete(case_id, WANG, store.claim(case_id, WANG).epoch, "补贴每月 50 元")


def asked_for_more(store: Store, case_id: str = CASE) -> None:
    store.submit(application(case_id))
    store.ask_info(case_id, WANG, store.claim(case_id, WANG).epoch, "户口簿", date(2026, 11, 9))


def only(store: Store) -> ToTell:
    (one,) = store.to_tell()
    return one


def kinds(store: Store, case_id: str = CASE) -> list[str]:
    return [event.kind for event in store.case(case_id).events]


def why(store: Store, came: Came, actor: object = CHEN) -> Why:
    with pytest.raises(IllegalMove) as refused:
        store.note_telling(CASE, actor, came, "电话")  # type: ignore[arg-type]
    return refused.value.why


def test_whose_case_is_decided_and_who_has_to_bring_something_are_told_and_nobody_else(store: Store) -> None:
    for case_id in ("queued", "held"):
        store.submit(application(case_id))
    store.claim("held", WANG)
    decided(store, "decided")
    asked_for_more(store, "asked")
    assert {one.case.case_id for one in store.to_tell()} == {"decided", "asked"}


def test_an_attempt_is_an_event_and_the_person_still_does_not_know(store: Store) -> None:
    decided(store)
    store.note_telling(CASE, CHEN, Came.NOT_THERE)
    one = only(store)
    assert [(tried.kind, tried.actor) for tried in one.tries] == [(Came.NOT_THERE, CHEN.name)]
    assert (one.calls, one.case.state) == (1, State.DECIDED)


def test_who_was_told_of_a_decision_knows_and_the_case_is_told(store: Store) -> None:
    decided(store)
    store.note_telling(CASE, CHEN, Came.TOLD, "电话里告诉了本人")
    assert store.to_tell() == []
    assert kinds(store)[-2:] == [Came.TOLD, "told"]
    view = store.case(CASE)
    assert (view.summary.state, view.events[-1].words) == (State.TOLD, "电话里告诉了本人")


def test_who_was_told_what_to_bring_is_not_called_again_until_more_is_asked_for(store: Store) -> None:
    asked_for_more(store)
    store.note_telling(CASE, CHEN, Came.TOLD, "电话")
    assert store.to_tell() == []
    assert store.case(CASE).summary.state is State.NEEDS_INFO
    claim = store.receive_info(CASE, WANG, "户口簿")
    store.ask_info(CASE, WANG, claim.epoch, "照片", date(2026, 11, 16))
    assert only(store).tries == ()


def test_a_number_that_was_not_theirs_is_remembered_with_the_next_news(store: Store) -> None:
    """It is the same number, and the same stranger."""
    asked_for_more(store)
    store.note_telling(CASE, CHEN, Came.WRONG_NUMBER)
    store.complete(CASE, WANG, store.receive_info(CASE, WANG, "都带来了").epoch, "好了")
    one = only(store)
    assert (one.tries, [tried.kind for tried in one.before]) == ((), [Came.WRONG_NUMBER])
    assert store.next_telling(one, ["name"], Rules()).step is Step.LETTER


def test_a_colleague_was_faster(store: Store) -> None:
    decided(store)
    store.note_telling(CASE, WANG, Came.TOLD, "电话")
    assert why(store, Came.TOLD) is Why.STATE
    assert kinds(store).count(Came.TOLD) == 1


def test_who_read_the_result_at_the_kiosk_is_called_no_more(store: Store) -> None:
    decided(store)
    store.hear(CASE, GUIFANG)
    assert store.to_tell() == []


def test_without_a_word_of_how_nothing_is_kept_at_all(store: Store) -> None:
    """The attempt and the move are one action."""
    decided(store)
    with pytest.raises(IllegalMove):
        store.note_telling(CASE, CHEN, Came.TOLD, " ")
    assert kinds(store)[-1] == "completed"


def test_volunteers_tell_nobody(store: Store) -> None:
    """K42."""
    decided(store)
    assert why(store, Came.NOT_THERE, XIAOLIN) is Why.ROLE


def test_messages_are_noted_by_the_program_alone(store: Store) -> None:
    decided(store)
    with pytest.raises(ValueError, match="message_sent"):
        store.note_telling(CASE, CHEN, Came.MESSAGE)


def test_a_case_without_news_has_nothing_to_tell(store: Store) -> None:
    store.submit(application(CASE))
    assert store.to_tell_of(CASE) is None
    assert why(store, Came.NOT_THERE) is Why.STATE
    with pytest.raises(IllegalMove):
        store.to_tell_of("nothing")


def test_what_was_decided_anew_is_told_anew(store: Store) -> None:
    decided(store)
    store.note_telling(CASE, CHEN, Came.WRONG_NUMBER)
    store.reopen(CASE, WANG, "算错了")
    store.reject(CASE, WANG, store.claim(CASE, WANG).epoch, "户口在外区")
    assert only(store).tries == ()


def test_the_call_list_has_neither_names_nor_numbers(store: Store) -> None:
    decided(store)
    assert "张桂芳" not in repr(only(store)) and "990101" not in repr(only(store))


def test_the_book_holds_together_with_every_attempt(store: Store, tmp_path: Path, clock: HandClock) -> None:
    decided(store)
    for came in (Came.NOT_THERE, Came.CALL_BACK, Came.WRONG_NUMBER, Came.LETTER, Came.TOLD):
        store.note_telling(CASE, CHEN, came, "写信，本人打来电话")
    store.sign_now()
    own = device_key(tmp_path / "state")
    assert store.verify(Trusted({own.id: own.public})).good
