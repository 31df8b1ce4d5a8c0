"""What people type: a line, a long text, and the three boxes of a date."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.page import Entry, Keyboard
from kiosk.text import same
from screens.typed import Boxes, Line, Typed, typed_in

NAMES = (same("年"), same("月"), same("日"))
DATE = Entry(Keyboard.DATE, longest=20, boxes=NAMES)


def after(keys: str, typed: Typed | None = None) -> Typed:
    """Typed one after another; < takes one back."""

    def struck(so_far: Typed, key: str) -> Typed:
        return so_far.erase() if key == "<" else so_far.put(key)

    return reduce(struck, keys, typed or typed_in(DATE))


@pytest.mark.parametrize(
    "keys",
    ["1944327", "1944 3 27", "1944-3-27", "19440327", "1944年3月27日", "1944.03.27", "１９４４３２７"],
)
def test_a_date_is_typed_as_people_type_it(keys: str) -> None:
    """A full box leads to the next one; what people put between the numbers does, too."""
    typed = after(keys)
    assert isinstance(typed, Boxes)
    assert [int(part) for part in typed.parts] == [1944, 3, 27]


@pytest.mark.parametrize(
    "words", ["1944 3 27", "19440327", "1944-03-27", "1944年3月27日", "１９４４/３/２７"]
)
def test_a_pasted_date_fills_the_boxes_whatever_stood_there(words: str) -> None:
    for before in ("", "2", "1999 1 1", "1944 3"):
        typed = after(before).put(words)
        assert isinstance(typed, Boxes)
        assert [int(part) for part in typed.parts] == [1944, 3, 27]


def test_a_month_that_may_have_a_second_figure_waits_for_it() -> None:
    """After 1 there are October to December, after 3 there is nothing."""
    boxes = {keys: after(keys) for keys in ("19441", "19443", "194412", "19440", "194405")}
    assert [typed.at for typed in boxes.values() if isinstance(typed, Boxes)] == [1, 2, 2, 1, 2]


def test_a_full_box_takes_no_more_and_the_last_one_leads_nowhere() -> None:
    assert after("194432799").value == "1944 3 27"


def test_a_date_that_stood_there_is_typed_over() -> None:
    """From the year on, or from the box that was gone to; no key is pressed for nothing."""
    given = typed_in(Entry(Keyboard.DATE, value="1944 3 27", longest=20, boxes=NAMES))
    for keys in ("1951112", "1951 1 12", "19510112", "1951-01-12"):
        typed = after(keys, given)
        assert isinstance(typed, Boxes)
        assert [int(part) for part in typed.parts] == ([1951, 11, 2] if keys == "1951112" else [1951, 1, 12])
    assert after("5", given.move(+2)).value == "1944 3 5"
    assert after("<5", given.move(+2)).value == "1944 3 25"


def test_taking_back_goes_from_box_to_box() -> None:
    """One press, one figure."""
    assert after("1944327<<").value == "1944 3"
    assert after("1944327<<<").value == "1944"
    assert after("1944327" + "<" * 7).value == ""
    assert after("1944327" + "<" * 20) == typed_in(DATE)


def test_a_box_is_gone_to_and_emptied() -> None:
    typed = after("1944327").move(-1)
    assert typed.delete().value == "1944  27"
    assert typed.first().delete().put("1950").value == "1950 3 27"
    assert typed.move(-9) == typed.first() and typed.move(9) == typed.last()


@pytest.mark.parametrize("words", ["农历一九四四年三月初五", "三月初五", "lunar 1944 3 5"])
def test_what_is_no_number_stays_whole_in_one_line(words: str) -> None:
    """And when all of it is taken back, the boxes are there again."""
    for typed in (typed_in(DATE).put(words), after(words)):
        assert isinstance(typed, Line)
        assert typed.value == words[:20]
        assert after("<" * 30, typed) == typed_in(DATE)


def test_numbers_that_stand_there_already_go_with_the_words() -> None:
    assert after("1944农历").value == "1944 农历"


@pytest.mark.parametrize(
    "value", ["", "1944", "1944 3", "1944 3 27", "1944  27", " 3 27", "1944 13 41", "44 1 1"]
)
def test_what_was_refused_stands_there_again_as_it_was(value: str) -> None:
    """K09: each part in its own box, the caret behind the last."""
    typed = typed_in(Entry(Keyboard.DATE, value=value, longest=20, boxes=NAMES))
    assert isinstance(typed, Boxes)
    assert typed.value == value


def test_a_date_in_words_stands_there_again_too() -> None:
    assert typed_in(Entry(Keyboard.DATE, value="农历三月初五", boxes=NAMES)).value == "农历三月初五"


def test_a_line_takes_no_more_than_its_length() -> None:
    line = typed_in(Entry(Keyboard.TEXT, longest=5))
    assert line.put("张桂芳李梅德厚").value == "张桂芳李梅"
    assert line.holds("张桂芳李梅") and not line.holds("张桂芳李梅德")


def test_the_caret_goes_through_a_line() -> None:
    line = typed_in(Entry(Keyboard.TEXT, value="张芳"))
    assert line.move(-1).put("桂").value == "张桂芳"
    assert line.first().delete().value == "芳"
    assert line.first().erase().value == "张芳"
    assert line.last().erase().value == "张"


def test_a_line_that_gives_way_is_written_anew_or_mended() -> None:
    line = Line(24).put("2139000000000")
    refused = replace(line, gives_way=True)
    assert after("13900000000", refused).value == "13900000000"
    assert refused.holds("1" * 24) and not line.holds("1" * 24)
    for mended in (refused.first().delete(), refused.first().move(+1).erase()):
        assert mended.last().put("0").value == "1390000000000"


KEYS = st.lists(
    st.sampled_from([*"0123456789 -年月日", "农", "<", "del", "left", "right", "1944 3 27", "初五"])
)


@given(KEYS)
def test_nothing_typed_brings_the_boxes_down(keys: list[str]) -> None:
    """And what stands there comes back as it is, in the same boxes."""
    typed = typed_in(DATE)
    for key in keys:
        match key:
            case "<":
                typed = typed.erase()
            case "del":
                typed = typed.delete()
            case "left" | "right":
                typed = typed.move(1 if key == "right" else -1)
            case words:
                typed = typed.put(words)
        if isinstance(typed, Boxes):
            assert all(len(part) <= typed.size(box) for box, part in enumerate(typed.parts))
        again = typed_in(Entry(Keyboard.DATE, value=typed.value, longest=20, boxes=NAMES))
        assert again.value == typed.value or isinstance(typed, Line)
