"""The line at the foot of the screen: the word that sounds is marked in it, and how loud it is fills it."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from kiosk.ports import Caption
from kiosk.text import LANGUAGES
from screens.captions import caption_pieces, caption_spans, level_line, marks_in
from screens.grid import Grid
from screens.spans import Look
from tests.screens.answering_aloud import WHO, listening_at, said_out
from tests.screens.sitting_room import Room
from tests.screens.test_every_page_fits import TEXTS, every_size, squeezed


@every_size
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("height", [-1.0, 0.0, 0.37, 1.0, 2.0])
def test_the_level_meter_fills_its_line(grid: Grid, language: str, height: float) -> None:
    """K18: how loud it is can be told without colours."""
    words = TEXTS["listen.speak"].show(language)
    line = level_line(words, height, grid.width)
    assert cell_len(line) == grid.width
    assert line.startswith(words)
    assert (line.count("█") > 0) == (height > 0)
    assert ("·" in line) == (height < 1)


@every_size
def test_each_word_of_a_caption_is_marked_where_it_stands(grid: Grid) -> None:
    words = (
        "您好，张桂芳。请到 3 号窗口，找 WPS 组的老师，带上身份证和户口簿的复印件。" * 2
        + "Thank you very much."
    )
    pieces = caption_pieces(words, grid.width, grid.caption_rows)
    for start in range(len(words)):
        for length in (1, 3):
            marked = ""
            for mark in marks_in(pieces, words, (start, length)):
                marked += pieces[mark.piece][mark.line][mark.start : mark.end]
            assert squeezed(marked) == squeezed(words[start : start + length]), (start, length)


def test_the_mark_cuts_no_line_and_changes_no_word() -> None:
    line = "请到3号窗口"
    marks = marks_in([[line]], line, (2, 1))
    spans = caption_spans(line, 2, marks)
    assert [(span.words, span.look) for span in spans] == [
        ("  ", Look.QUIET),
        ("请到", Look.QUIET),
        ("3", Look.MARK),
        ("号窗口", Look.QUIET),
    ]
    assert [span.column for span in spans] == [0, 2, 6, 7]


async def test_the_word_that_sounds_is_marked_on_the_screen(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, _listener):
        await said_out(hand)
        app = hand.app
        app.post_message(app.Captioned(Caption("请坐一会儿", True, (1, 1))))
        await hand.settle()
        row = next(n for n, line in enumerate(hand.lines) if "请坐一会儿" in line)
        marked = [s.text for s in app.view.render_line(row) if s.style and s.style.underline]
        assert marked == ["坐"]
        app.post_message(app.Captioned(Caption("请坐一会儿", True, None)))
        await hand.settle()
        assert not [s for s in app.view.render_line(row) if s.style and s.style.underline]
