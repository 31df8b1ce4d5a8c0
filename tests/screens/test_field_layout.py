"""How a field looks, and what a finger in it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.flow.page import Entry, Keyboard
from kiosk.text import Text
from screens.field_layout import (
    FieldDrawing,
    FieldSize,
    FieldState,
    draw_field,
    line_beside,
    place_at,
    wrapped,
)
from screens.spans import Look, flatten
from screens.typed import Line, Typed, typed_in

NAMES = (Text({"zh": "年", "en": "year"}), Text({"zh": "月", "en": "month"}), Text({"zh": "日", "en": "day"}))
DATE = Entry(Keyboard.DATE, value="1944 3 27", boxes=NAMES)
AT_WORK, AT_REST = FieldState(), FieldState(focused=False, served=False)


def lines(drawing: FieldDrawing, columns: int) -> list[str]:
    """As drawn, without the mark of the focus before it."""
    rows = ("".join(span.words for span in flatten(row, columns)).rstrip() for row in drawing.rows)
    return [row if drawing.boxes else row.removeprefix("＞").removeprefix("  ") for row in rows]


def drawn(typed: Typed, size: FieldSize, language: str = "zh", state: FieldState = AT_WORK) -> FieldDrawing:
    return draw_field(typed, [name.show(language) for name in NAMES], size, state)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("columns", "rows"), [(38, 1), (53, 1), (72, 3), (144, 3)])
def test_three_boxes_stand_side_by_side_with_their_names_at_every_size(
    columns: int, rows: int, language: str
) -> None:
    """40x10 is the smallest; nothing of a box or its name is cut off."""
    drawing = drawn(typed_in(DATE).last(), FieldSize(columns, rows), language)
    words = lines(drawing, columns)[(rows - 1) // 2]
    shown = [name.show(language) for name in NAMES]
    assert words.split() == ["[1944]", shown[0], "[3", "]", shown[1], "＞", "27", shown[2]]
    assert all(cell_len(line) <= columns for line in lines(drawing, columns))
    cells = [set(range(box.column, box.column + box.columns)) for box in drawing.boxes]
    assert len(set.union(*cells)) == sum(map(len, cells)) and max(set.union(*cells)) < columns


def test_the_box_that_is_typed_into_has_a_mark_and_the_caret() -> None:
    """K18: not by colour alone."""
    drawing = drawn(typed_in(DATE).first(), FieldSize(38, 1))
    assert lines(drawing, 38)[0].startswith("＞ 1944  年")
    assert drawing.boxes[0].holds(*drawing.caret)
    assert [span.look for span in drawing.rows[0]].count(Look.CARET) == 1
    rest = drawn(typed_in(DATE), FieldSize(38, 1), state=AT_REST)
    assert "＞" not in lines(rest, 38)[0]
    assert not {Look.CARET, Look.FOCUS} & {span.look for span in rest.rows[0]}


def test_the_line_that_is_typed_into_has_a_mark() -> None:
    """K18: an empty field is seen without colours, too."""
    for rows, count in ((1, 1), (3, 1), (4, 4)):
        drawing = draw_field(Line(99), (), FieldSize(38, rows, count), AT_WORK)
        marks = [row for row in drawing.rows if any("＞" in span.words for span in row)]
        assert len(marks) == 1
    rest = draw_field(Line(99), (), FieldSize(38, 1), AT_REST)
    assert not any("＞" in span.words for row in rest.rows for span in row)


def test_a_long_text_is_broken_into_lines_and_none_is_lost() -> None:
    text = "我住在三楼，楼上没有电梯，上下楼很不方便。" * 2
    size = FieldSize(38, 4, 4)
    drawing = drawn(Line(300, text, len(text)), size)
    assert "".join("".join(line.split()) for line in lines(drawing, 38)) == text
    assert drawing.caret[1] == 2


def test_of_a_text_with_more_lines_than_rows_those_by_the_caret_are_shown() -> None:
    text = "".join(f"第{n:02}句话。" for n in range(20))
    last = drawn(Line(300, text, len(text)), FieldSize(22, 2, 4))
    assert lines(last, 22)[-1].endswith("第19句话。")
    first = drawn(Line(300, text, 0), FieldSize(22, 2, 4))
    assert lines(first, 20)[0].startswith(" 第00句话。")


def test_english_words_are_kept_whole_where_they_can_be() -> None:
    text = "There is no lift and the stairs are steep"
    assert [text[a:b].rstrip() for a, b in wrapped(text, 12)] == [
        "There is no", "lift and the", "stairs are", "steep",
    ]  # fmt: skip
    assert [a for a, _ in wrapped("x" * 30, 12)] == [0, 12, 24]


@given(st.text(alphabet="ab 张。x1", max_size=60), st.integers(4, 20))
def test_every_place_in_a_text_is_in_a_line(text: str, columns: int) -> None:
    found = wrapped(text, columns)
    assert "".join(text[a:b] for a, b in found) == text
    assert all(cell_len(text[a:b].rstrip()) <= columns for a, b in found)
    for caret in range(len(text) + 1):
        drawing = draw_field(Line(99, text, caret), (), FieldSize(columns + 4, 3, 3), AT_WORK)
        assert 0 <= drawing.caret[0] < columns + 4 and 0 <= drawing.caret[1] < 3


def test_up_and_down_go_through_the_lines_and_out_at_the_ends() -> None:
    line = Line(300, "第一行的字第二行的字第三行的字", 15)
    up = line_beside(line, 16, -1)
    assert up is not None and up.caret == 9
    assert line_beside(Line(300, "只有一行", 2), 38, -1) is None
    assert line_beside(Line(300, "只有一行", 2), 38, +1) is None


def test_a_line_longer_than_the_field_shows_where_the_caret_is() -> None:
    text = "幸福路十二号楼二单元一百零一室张桂芳收"
    assert lines(drawn(Line(99, text, len(text)), FieldSize(22, 1)), 20)[0].endswith("张桂芳收")
    assert lines(drawn(Line(99, text, 0), FieldSize(22, 1)), 20)[0].startswith(" 幸福路")


def test_a_secret_is_hidden_once_it_is_not_being_typed() -> None:
    """K26: the first three and the last two."""
    line, size = Line(30, "13800138000", 11), FieldSize(38, 1)
    secret = FieldState(focused=False, served=False, secret=True)
    assert lines(drawn(line, size, state=secret), 38)[0].strip("[ ]") == "138******00"
    assert "13800138000" in lines(drawn(line, size, state=FieldState(secret=True)), 38)[0]
    by_the_pad = FieldState(focused=False, served=True, secret=True)
    assert "13800138000" in lines(drawn(line, size, state=by_the_pad), 38)[0]
    assert lines(drawn(Line(30, "1380", 4), size, state=secret), 38)[0].strip("[ ]") == "****"


def test_a_finger_finds_the_place_in_a_text() -> None:
    line = Line(300, "我住在三楼", 5)
    drawing = drawn(line, FieldSize(38, 1))
    assert [place_at(line, drawing, column, 0) for column in (0, 3, 4, 5, 11, 30)] == [0, 0, 0, 1, 4, 5]
