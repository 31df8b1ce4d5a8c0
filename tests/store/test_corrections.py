"""An answer that staff put right is a new version with a reason, and the person hears it first (K40)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.cases.corrections import HeardBy, Said
from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import State, Why
from kiosk.cases.submission import AnswerRecord
from kiosk.flow.source import Source
from kiosk.store import Store
from kiosk.text import Privacy
from tests.store.people import CHEN, GUIFANG, NAME, WANG, application

ON_BOTH_ENGINES = True
OF_THE_FILE = {"test_neither_old_nor_new_stands_readable_in_the_file"}

OTHER = {"zh": "在外地", "en": "Somewhere else"}


def answer(store: Store, case: str, field: str) -> AnswerRecord:
    return next(one for one in store.case(case).answers if one.field == field)


def put_right(
    store: Store, case: str, epoch: int, value: str = "other", reason: str = "户口簿上是外地"
) -> None:
    now = answer(store, case, "hukou")
    store.correct(case, WANG, epoch, replace(now, value=value, shown=OTHER), reason)


@pytest.fixture
def case(store: Store) -> str:
    return store.submit(application()).case_id


@pytest.fixture
def epoch(store: Store, case: str) -> int:
    return store.claim(case, WANG).epoch


def refused(store: Store, act: str, *args: object, **how: object) -> Why:
    with pytest.raises(IllegalMove) as refusal:
        getattr(store, act)(*args, **how)
    return refusal.value.why


def test_the_new_answer_is_staffs_and_the_old_one_stays(store: Store, case: str, epoch: int) -> None:
    put_right(store, case, epoch)
    view = store.case(case)
    assert (answer(store, case, "hukou").value, answer(store, case, "hukou").source) == (
        "other",
        Source.STAFF,
    )
    assert {one.field: one.value for one in view.submission.answers}["hukou"] == "local"
    (made,) = view.corrections
    assert (made.version, made.before.value, made.by) == (2, "local", WANG.name)
    assert made.reason == "户口簿上是外地"


def test_each_change_is_a_version_of_the_one_before(store: Store, case: str, epoch: int) -> None:
    put_right(store, case, epoch)
    put_right(store, case, epoch, "unsure", "派出所还没回")
    assert [(one.version, one.before.value) for one in store.corrections(case)] == [
        (2, "local"),
        (3, "other"),
    ]


def test_no_change_without_a_reason_nor_by_who_does_not_have_the_case(
    store: Store, case: str, epoch: int
) -> None:
    changed = replace(answer(store, case, "hukou"), value="other")
    assert refused(store, "correct", case, WANG, epoch, changed, "  ") is Why.TEXT
    assert refused(store, "correct", case, CHEN, epoch, changed, "x") is Why.STALE
    assert refused(store, "correct", case, WANG, epoch, replace(changed, value="local"), "x") is Why.UNKNOWN
    assert refused(store, "correct", case, WANG, epoch, replace(changed, field="pet"), "x") is Why.UNKNOWN
    assert store.corrections(case) == ()


def test_a_changed_answer_is_copied_anew(store: Store, case: str, epoch: int) -> None:
    store.tick_field(case, "hukou", WANG, epoch)
    put_right(store, case, epoch)
    assert "hukou" not in store.case(case).ticks


def test_a_private_answer_stays_as_guarded_as_it_was(store: Store, case: str, epoch: int) -> None:
    number = answer(store, case, "id_number")
    open_now = replace(number, value="990101194403050037", privacy=Privacy.OPEN)
    store.correct(case, WANG, epoch, open_now, "看错了一位")
    assert answer(store, case, "id_number").privacy is Privacy.PRIVATE


def test_nothing_is_filed_before_the_person_has_heard_the_change(store: Store, case: str, epoch: int) -> None:
    store.accept(case, WANG, epoch)
    put_right(store, case, epoch)
    assert refused(store, "begin_filing", case, WANG, epoch) is Why.HEARD
    store.note_heard(case, WANG, epoch, HeardBy.TELEPHONE)
    store.begin_filing(case, WANG, epoch)
    assert store.case(case).summary.state is State.FILING
    assert refused(store, "note_heard", case, WANG, epoch, HeardBy.TELEPHONE) is Why.UNKNOWN


def test_a_second_change_is_heard_anew(store: Store, case: str, epoch: int) -> None:
    store.accept(case, WANG, epoch)
    put_right(store, case, epoch)
    store.note_heard(case, WANG, epoch, HeardBy.COUNTER)
    put_right(store, case, epoch, "unsure")
    assert refused(store, "begin_filing", case, WANG, epoch) is Why.HEARD


def test_at_the_kiosk_only_the_person_says_whether_it_is_right(store: Store, case: str, epoch: int) -> None:
    store.accept(case, WANG, epoch)
    put_right(store, case, epoch)
    assert [one.field for one in store.changes_to_hear(case)] == ["hukou"]
    assert refused(store, "answer_correction", case, "ff" * 32, "hukou", right=True) is Why.SUBJECT
    assert refused(store, "note_heard", case, WANG, epoch, HeardBy.CARD) is Why.SUBJECT
    store.answer_correction(case, GUIFANG, "hukou", right=True)
    assert store.changes_to_hear(case) == ()
    assert refused(store, "answer_correction", case, GUIFANG, "hukou", right=False) is Why.UNKNOWN
    store.begin_filing(case, WANG, epoch)


def test_what_the_person_calls_wrong_goes_back_to_staff(store: Store, case: str, epoch: int) -> None:
    store.accept(case, WANG, epoch)
    put_right(store, case, epoch)
    store.answer_correction(case, GUIFANG, "hukou", right=False)
    assert [one.said for one in store.case(case).changes] == [Said.WRONG]
    assert refused(store, "begin_filing", case, WANG, epoch) is Why.HEARD
    put_right(store, case, epoch, "unsure", "和本人再核对")
    store.answer_correction(case, GUIFANG, "hukou", right=True)
    store.begin_filing(case, WANG, epoch)


def test_neither_old_nor_new_stands_readable_in_the_file(store: Store, case: str, epoch: int) -> None:
    """The seal of what was handed in holds for its versions."""
    name = answer(store, case, "name")
    store.correct(case, WANG, epoch, replace(name, value="张桂芬", shown={"zh": "张桂芬"}), "身份证上是芬")
    assert store.new_answer(case, "name") is not None
    rows = store._db.conn.execute("SELECT sealed, body FROM event WHERE kind = 'corrected'").fetchall()
    (row,) = rows
    assert row["body"] is None
    assert all(text.encode() not in row["sealed"] for text in ("张桂芬", NAME))
