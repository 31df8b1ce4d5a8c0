"""A character drawn with the finger is found, in whatever order its strokes are written (K19, K20)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.handwriting.recognise import good_enough, recognise
from kiosk.hanzi.strokes import Stroke, drawn

Line = list[tuple[float, float]]


def way(*corners: tuple[float, float]) -> Line:
    """A stroke over these corners, with the points between that a finger tells."""
    points: Line = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        points += [(x0 + (x1 - x0) * n / 20, y0 + (y1 - y0) * n / 20) for n in range(21)]
    return points


# On a canvas of 20 columns and 10 rows.
WANG = [way((4, 1), (15, 1)), way((5, 4.5), (14, 4.5)), way((9.5, 1), (9.5, 8.5)), way((3, 8.5), (16, 8.5))]
SHI = [way((3, 4), (16, 4)), way((9.5, 0.5), (9.5, 9))]
TIAN = [
    way((1, 1.5), (2, 8.5)),
    way((1, 1.5), (18, 1.5), (17, 8.5)),
    way((2, 5), (17, 5)),
    way((9.5, 1.5), (9.5, 8.5)),
    way((2, 8.5), (17, 8.5)),
]
YI = [way((2, 5), (17, 5))]
SMALL = [[(x / 2 + 6, y / 2 + 3) for x, y in stroke] for stroke in WANG]


def in_cells(strokes: list[Line]) -> tuple[Stroke, ...]:
    """As a terminal tells them that knows only cells."""
    return drawn([[(float(int(x)), float(int(y))) for x, y in stroke] for stroke in strokes])


@pytest.mark.parametrize(("meant", "strokes"), [("王", WANG), ("十", SHI), ("田", TIAN), ("一", YI)])
def test_a_character_is_among_the_candidates(meant: str, strokes: list[Line]) -> None:
    assert meant in recognise(drawn(strokes, whole=False), 5)
    assert meant in recognise(in_cells(strokes))


def test_whoever_learned_another_order_of_strokes_is_understood() -> None:
    assert recognise(drawn(WANG[::-1], whole=False)) == recognise(drawn(WANG, whole=False))


def test_two_strokes_written_as_one_are_understood() -> None:
    joined = [TIAN[0], TIAN[1], TIAN[2] + TIAN[3], TIAN[4]]
    assert "田" in recognise(drawn(joined, whole=False), 5)


def test_it_does_not_matter_where_or_how_large_one_writes() -> None:
    assert recognise(drawn(SMALL, whole=False), 1) == recognise(drawn(WANG, whole=False), 1)


def test_a_touch_is_no_character() -> None:
    assert recognise(()) == ()
    assert recognise(drawn([[(3, 3)]])) == ()
    assert recognise(drawn([[(3, 3), (4, 3)]])) == ()


def test_as_many_candidates_as_asked_for_and_none_twice() -> None:
    candidates = recognise(drawn(TIAN, whole=False), 8)
    assert len(candidates) == len(set(candidates)) == 8
    assert all(len(character) == 1 for character in candidates)


def test_what_is_drawn_tells_nothing_when_printed() -> None:
    assert repr(drawn([[(3, 4), (5, 6)]])) == "(Stroke(),)"


@pytest.mark.parametrize(
    ("columns", "rows", "pixels", "offered"),
    [(20, 10, False, True), (19, 10, False, False), (20, 9, False, False), (16, 8, True, True)],
)
def test_writing_is_offered_only_where_it_is_read_well_enough(
    columns: int, rows: int, pixels: bool, offered: bool
) -> None:
    assert good_enough(columns, rows, pixels=pixels) is offered
