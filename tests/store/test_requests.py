"""A person sees, corrects and erases what is held of them; each step is a line (K32, K35, PIPL 44-47)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cases.moves import IllegalMove
from kiosk.cases.requests import Erasable, Reply, Standing, Wish, erasable
from kiosk.cases.states import OPEN, Actor, State, Why
from kiosk.security.centre_keys import new_pair
from kiosk.security.device_key import device_key
from kiosk.store import Store, StoreTrouble, Trouble
from kiosk.store.verifying import Trusted
from tests.store.people import GUIFANG, MONDAY, NAME, NUMBER, WANG, XIAOLIN, HandClock, application
from tests.store.raw import everything

SOMEBODY_ELSE = "b2" * 32
DAY = MONDAY.date()


def locked(store: Store) -> Store:
    """A kiosk of a box whose keys staff hold."""
    store.keyring.lie_open({})
    return store


def handed_in(store: Store, days: int | None = 90) -> str:
    sent = application()
    consents = tuple(replace(one, keep_days=days) for one in sent.consents)
    return store.submit(replace(sent, consents=consents)).case_id


def withdrawn(store: Store, case_id: str) -> str:
    store.submit(application(case_id))
    store.withdraw(case_id, GUIFANG)
    return case_id


def kinds(store: Store, case_id: str) -> list[str]:
    rows = store._db.execute("SELECT kind FROM event WHERE case_id = ? ORDER BY seq", (case_id,)).fetchall()
    return [row["kind"] for row in rows]


def why(act: Callable[[], object]) -> Why:
    with pytest.raises(IllegalMove) as refused:
        act()
    return refused.value.why


@pytest.fixture
def desk(store: Store, reopen: Callable[[], Store]) -> Store:
    """Beside the kiosk, with the keys of whoever signed in."""
    return reopen()


def test_where_the_keys_lie_on_the_box_the_kiosk_shows_it_at_once(store: Store) -> None:
    case_id = handed_in(store)
    lines = store.content_here(case_id, GUIFANG)
    assert lines is not None
    assert [line.field for line in lines] == ["name", "id_number", "hukou"]
    assert kinds(store, case_id) == ["submitted", "content_shown"]


def test_a_protected_kiosk_opens_nothing_and_a_desk_closes_it_anew_for_this_visit(
    store: Store, desk: Store, tmp_path: Path
) -> None:
    case_id = handed_in(store)
    mine = new_pair()
    assert locked(store).content_here(case_id, GUIFANG) is None
    asked = store.ask_content(case_id, GUIFANG, mine.public)
    assert store.take_content(asked, mine.private) is None
    assert desk.open_contents(WANG, 3) == 1
    assert NAME not in everything(tmp_path / "state")
    lines = store.take_content(asked, mine.private)
    assert lines is not None and lines[0].shown["zh"] == NAME
    assert store._db.execute("SELECT count(*) FROM request").fetchone()[0] == 0
    assert kinds(store, case_id)[1:] == ["content_asked", "content_opened", "content_shown"]


def test_no_other_key_opens_what_was_closed_for_a_visit(store: Store, desk: Store) -> None:
    asked = store.ask_content(handed_in(store), GUIFANG, new_pair().public)
    desk.open_contents(WANG, 1)
    with pytest.raises(StoreTrouble) as trouble:
        store.take_content(asked, new_pair().private)
    assert trouble.value.kind is Trouble.DAMAGED
    assert NAME not in str(trouble.value)


def test_laid_into_another_request_it_does_not_open(store: Store, desk: Store) -> None:
    mine = new_pair()
    first = store.ask_content(handed_in(store), GUIFANG, mine.public)
    second = store.ask_content(handed_in(store), GUIFANG, mine.public)
    desk.open_contents(WANG, 1)
    with store._writing() as db:
        sealed = db.execute("SELECT sealed FROM request WHERE id = ?", (first,)).fetchone()[0]
        db.execute("UPDATE request SET sealed = ? WHERE id = ?", (sealed, second))
    with pytest.raises(StoreTrouble):
        store.take_content(second, mine.private)


def test_a_desk_without_keys_or_a_volunteer_opens_nothing(store: Store, desk: Store) -> None:
    store.ask_content(handed_in(store), GUIFANG, new_pair().public)
    assert desk.open_contents(XIAOLIN, 3) == 0
    assert locked(desk).open_contents(WANG, 3) == 0


def test_a_desk_answers_no_more_than_it_is_told_and_nothing_old(
    store: Store, desk: Store, clock: HandClock
) -> None:
    """A kiosk that somebody has taken over must not have every case opened."""
    for _ in range(3):
        store.ask_content(handed_in(store), GUIFANG, new_pair().public)
    assert desk.open_contents(WANG, 2) == 2
    clock.forward(seconds=31)
    assert desk.open_contents(WANG, 2) == 0


def test_where_nobody_answers_it_becomes_a_line_at_the_desk(store: Store) -> None:
    case_id = handed_in(store)
    asked = store.ask_content(case_id, GUIFANG, new_pair().public)
    assert store.count_requests() == 0
    store.leave_to_staff(asked)
    (request,) = store.waiting_requests()
    assert (request.wish, request.case_id) == (Wish.PRINT, case_id)
    store.leave_to_staff(store.ask_content(case_id, GUIFANG, new_pair().public))
    assert store.count_requests() == 1
    assert kinds(store, case_id).count("copy_asked") == 1


def test_what_a_desk_opened_too_late_becomes_a_line_at_the_desk_too(
    store: Store, desk: Store, tmp_path: Path
) -> None:
    """The person was told that staff print it; nothing of what was opened stays."""
    asked = store.ask_content(handed_in(store), GUIFANG, new_pair().public)
    desk.open_contents(WANG, 1)
    store.leave_to_staff(asked)
    (request,) = store.waiting_requests()
    assert request.wish is Wish.PRINT
    assert store._db.execute("SELECT count(*) FROM request WHERE sealed IS NOT NULL").fetchone()[0] == 0


def test_a_page_that_still_shows_what_a_colleague_has_erased_erases_nobody_elses_case(
    store: Store, desk: Store
) -> None:
    first, second = withdrawn(store, "case-a"), withdrawn(store, "case-b")
    store.ask_of_held(first, GUIFANG, Wish.ERASE)
    (shown,) = desk.waiting_requests()
    store.erase_as_asked(shown.id, WANG)
    store.ask_of_held(second, GUIFANG, Wish.ERASE)
    assert why(lambda: desk.erase_as_asked(shown.id, WANG)) is Why.UNKNOWN
    assert why(lambda: desk.answer_request(shown.id, WANG, Standing.REFUSED, "不行")) is Why.UNKNOWN
    assert [one.case_id for one in store.held(GUIFANG).cases] == [second]
    assert store.waiting_requests()[0].case_id == second


def test_what_a_visit_left_behind_is_swept(store: Store, desk: Store, clock: HandClock) -> None:
    """By the visit itself, or, where it fell, by a later one."""
    case_id = handed_in(store)
    store.drop_content(store.ask_content(case_id, GUIFANG, new_pair().public))
    store.ask_content(case_id, GUIFANG, new_pair().public)
    desk.open_contents(WANG, 1)
    store.sweep_contents()
    assert store._db.execute("SELECT count(*) FROM request").fetchone()[0] == 1
    clock.forward(minutes=5)
    store.sweep_contents()
    assert store._db.execute("SELECT count(*) FROM request").fetchone()[0] == 0


def test_nobody_elses_card_asks_for_anything(store: Store) -> None:
    case_id = handed_in(store)
    public = new_pair().public
    for act in (
        lambda: store.content_here(case_id, SOMEBODY_ELSE),
        lambda: store.ask_content(case_id, SOMEBODY_ELSE, public),
        lambda: store.ask_of_held(case_id, SOMEBODY_ELSE, Wish.CORRECT),
        lambda: store.erase_own(case_id, SOMEBODY_ELSE),
    ):
        assert why(act) is Why.SUBJECT
    assert kinds(store, case_id) == ["submitted"]


def test_a_correction_is_one_line_at_the_desk_and_its_answer_is_told_once(store: Store) -> None:
    case_id = handed_in(store)
    for _ in range(2):
        store.ask_of_held(case_id, GUIFANG, Wish.CORRECT, "hukou")
    (request,) = store.waiting_requests()
    assert (request.wish, request.field) == (Wish.CORRECT, "hukou")
    assert not store.has_replies(GUIFANG)
    store.answer_request(request.id, WANG, Standing.DONE, "改好了")
    assert store.waiting_requests() == ()
    assert store.has_replies(GUIFANG) and not store.has_replies(SOMEBODY_ELSE)
    assert store.hear_replies(case_id, GUIFANG) == (Reply(Wish.CORRECT, Standing.DONE, "改好了"),)
    assert store.hear_replies(case_id, GUIFANG) == ()
    assert kinds(store, case_id)[1:] == ["correction_asked", "request_done", "request_told"]


def test_an_answer_has_words_is_given_by_staff_and_once(store: Store) -> None:
    store.ask_of_held(handed_in(store), GUIFANG, Wish.PRINT)
    (request,) = store.waiting_requests()
    assert why(lambda: store.answer_request(request.id, WANG, Standing.REFUSED, " ")) is Why.TEXT
    assert why(lambda: store.answer_request(request.id, XIAOLIN, Standing.DONE, "好")) is Why.ROLE
    store.answer_request(request.id, WANG, Standing.REFUSED, "请本人来拿")
    assert why(lambda: store.answer_request(request.id, WANG, Standing.DONE, "好")) is Why.UNKNOWN


@pytest.mark.parametrize("state", list(State))
def test_when_a_case_may_be_erased(state: State) -> None:
    """What goes on cannot; what was withdrawn can at once; what was decided has its day (PIPL 47)."""
    later, before = DAY.replace(day=3), DAY.replace(day=1)
    expected = {
        State.WITHDRAWN: (Erasable.NOW, Erasable.NOW, Erasable.NOW),
        **dict.fromkeys(
            (State.TOLD, State.CLOSED, State.RATED, State.MERGED, State.HANDED_OVER),
            (Erasable.LATER, Erasable.NOW, Erasable.UNSAID),
        ),
    }.get(state, (Erasable.OPEN,) * 3)
    assert tuple(erasable(state, until, DAY) for until in (later, before, None)) == expected
    assert state not in OPEN or expected == (Erasable.OPEN,) * 3


def test_what_was_withdrawn_goes_when_its_person_wants_and_the_books_hold_together(
    store: Store, tmp_path: Path
) -> None:
    case_id = handed_in(store)
    assert why(lambda: store.erase_own(case_id, GUIFANG)) is Why.STATE
    store.withdraw(case_id, GUIFANG)
    store.ask_of_held(case_id, GUIFANG, Wish.CORRECT, "hukou")
    store.erase_own(case_id, GUIFANG)
    left = everything(tmp_path / "state")
    assert GUIFANG not in left and NUMBER not in left
    assert store.held(GUIFANG).cases == () and store.waiting_requests() == ()
    assert kinds(store, case_id)[-3:] == ["erasure_asked", "request_done", "erased"]
    own = device_key(tmp_path / "state")
    verdict = store.verify(Trusted({own.id: own.public}))
    assert verdict.good, verdict.faults


def test_before_its_day_somebody_at_the_desk_decides(store: Store) -> None:
    case_id = handed_in(store)
    store.ask_of_held(case_id, GUIFANG, Wish.ERASE)
    (waiting,) = store.waiting_requests()
    assert (waiting.can_erase, waiting.keep_until) == (False, None)
    assert why(lambda: store.erase_as_asked(waiting.id, WANG)) is Why.STATE
    held = store.claim(case_id, WANG)
    store.complete(case_id, WANG, held.epoch, "批了")
    store.tell(case_id, WANG, "打了电话")
    assert why(lambda: store.erase_own(case_id, GUIFANG)) is Why.STATE
    (waiting,) = store.waiting_requests()
    assert waiting.can_erase and str(waiting.keep_until) == "2027-01-31"
    assert why(lambda: store.erase_as_asked(waiting.id, Actor("小林", XIAOLIN.role))) is Why.ROLE
    store.erase_as_asked(waiting.id, WANG)
    assert store.held(GUIFANG).cases == ()
    assert kinds(store, case_id)[-2:] == ["request_done", "erased"]
