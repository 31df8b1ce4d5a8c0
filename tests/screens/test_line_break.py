"""Lines are broken as Chinese is set: nothing lost, nothing torn, no comma at the beginning."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.line_break import break_lines, fit

CLOSING = "，。、；：？！）】」』》〉”’…,.;:?!)]}%"
WORDS = re.compile(r"[A-Za-z0-9]+")
texts = st.text(
    st.sampled_from([*"张桂芳您好请把身份证放上来一二三", *CLOSING, *"（「《(", *"abcXYZ0123456789 -/'"]),
    max_size=80,
)
widths = st.integers(min_value=2, max_value=60)


def bare(text: str) -> str:
    return "".join(text.split())


@given(texts, widths)
def test_no_line_is_wider_than_the_room_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = break_lines(text, columns)
    assert all(cell_len(line) <= columns for line in lines)
    assert bare("".join(lines)) == bare(text)
    assert lines


@given(texts, widths)
@example("今年九十，您好。", 8)
@example("他说：「好」。", 6)
@example("0 .", 2)
@example("00 :}", 4)
def test_a_line_begins_with_closing_punctuation_only_where_nothing_else_fits(text: str, columns: int) -> None:
    """GB/T 15834; such a line is allowed where the word it belongs to fills a line by itself."""
    for before, line in pairwise(break_lines(text, columns)):
        if line and line[0] in CLOSING and before:
            word = re.split(r" ", before)[-1]
            closing = re.match(rf"[{re.escape(CLOSING)}]*", line)
            assert closing is not None
            apart = f"{before} " in text  # then the space had no room, and was not kept either
            # All that closes belongs together: where it does not fit whole, it begins the line whole.
            assert cell_len(before) + cell_len(closing[0]) + apart > columns
            assert cell_len(word) + cell_len(closing[0]) > columns - 2 or not word.strip(CLOSING)


@given(texts, widths)
def test_words_and_numbers_are_not_torn_where_a_line_has_room_for_them(text: str, columns: int) -> None:
    whole = {match[0] for match in WORDS.finditer(text)}
    for line in break_lines(text, columns):
        for match in WORDS.finditer(line):
            assert match[0] in whole or columns < 30


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("请把身份证放在读卡器上", 12, ["请把身份证放", "在读卡器上"]),
        ("您好，请坐。", 4, ["您", "好，", "请", "坐。"]),
        ("打 000-12345 问", 9, ["打", "000-12345", "问"]),
        ("Please lay your ID card", 10, ["Please lay", "your ID", "card"]),
        ("第3步，共7步", 8, ["第3步，", "共7步"]),
        ("", 10, [""]),
        ("一\n二", 10, ["一", "二"]),
    ],
)
def test_lines_as_a_printer_would_set_them(text: str, columns: int, lines: list[str]) -> None:
    assert break_lines(text, columns) == lines


@given(texts, st.integers(min_value=3, max_value=60))
def test_one_line_is_cut_with_a_mark_where_it_is_too_long(text: str, columns: int) -> None:
    line = fit(text, columns)
    assert cell_len(line) <= columns
    assert line == text or line.endswith("…")
