"""A question that is signed, a document that is shown or brought later, words and sums that are typed."""

from __future__ import annotations

import pytest

from kiosk.flow.moves import Choose, Draw, Enter
from kiosk.flow.page import Keyboard, PageKind
from kiosk.flow.sitting import Sitting
from tests.flow.every_kind import asked, choices, done, page, value

STROKES = "[[[2,1,0],[9,2,40]],[[4,1,90],[4,3,120]]]"


def to_sign() -> Sitting:
    return asked("mark", insurance="wrong")


def test_a_mark_drawn_by_finger_is_an_answer() -> None:
    assert page(to_sign()).kind is PageKind.SIGN
    made = done(to_sign(), Draw(STROKES))
    assert value(made, "mark") == STROKES and made.place == "check"


def test_who_does_not_write_presses_a_key_and_it_counts_as_much() -> None:
    assert value(done(to_sign(), Choose("key")), "mark") == "key"


@pytest.mark.parametrize("strokes", ["", "[]", "[[]]", "?", '{"x": 1}'])
def test_nothing_drawn_is_no_mark(strokes: str) -> None:
    """K11."""
    refused = done(to_sign(), Draw(strokes))
    assert value(refused, "mark") is None
    assert page(refused).error is not None


def test_the_mark_is_not_shown_again() -> None:
    made = done(to_sign(), Draw(STROKES))
    assert "2,1" not in choices(made)["change:mark"].detail.show("zh")


@pytest.mark.parametrize("said", ["here", "later"])
def test_a_document_is_here_or_comes_later(said: str) -> None:
    assert value(done(asked("booklet"), Choose(said)), "booklet") == said


def test_a_sum_has_its_own_keys_and_comes_back_as_people_write_it() -> None:
    asking = asked("income")
    entry = page(asking).entry
    assert entry is not None and entry.keyboard is Keyboard.MONEY
    made = done(asking, Enter("1,200 元"))
    assert value(made, "income") == "1200.00"
    again = page(made.go("question:income")).entry
    assert again is not None and again.value == "1200"


def test_what_people_tell_has_several_rows_and_keeps_its_words() -> None:
    entry = page(asked("story")).entry
    assert entry is not None and entry.rows == 4 and entry.longest == 300
    assert value(done(asked("story"), Enter("楼上没有电梯。")), "story") == "楼上没有电梯。"


def test_yes_and_no_are_two_choices() -> None:
    assert list(choices(asked("account"))) == ["yes", "no"]
    assert value(done(asked("account"), Choose("no")), "account") == "no"


def test_a_number_has_its_unit_on_the_check_page() -> None:
    assert "3天" in choices(done(asked("days"), Enter("3")).go("check"))["change:days"].detail.show("zh")
