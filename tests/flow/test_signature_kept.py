"""A drawn name as it is kept: the same from every screen, never endless, and a picture of itself on paper."""

from __future__ import annotations

import pytest

from kiosk.flow.signature import MOST_POINTS, WIDTH, pictured, plain, read, written

CROSS = [[(10.0, 2.0, 5.0), (30.0, 2.0, 5.2)], [(20.0, 1.0, 6.0), (20.0, 3.0, 6.1)]]


def test_the_same_name_on_another_screen_is_the_same_strokes() -> None:
    """Twice as many columns, in cells that are half as wide and just as shaped."""
    larger = [[(x * 2, y * 2, at + 900) for x, y, at in stroke] for stroke in CROSS]
    assert written(CROSS, 40, 2.0) == written(larger, 80, 2.0)


def test_across_and_down_are_measured_alike() -> None:
    """A square of cells twice as high as wide is a square again."""
    strokes = read(written([[(0.0, 0.0, 0.0), (8.0, 4.0, 1.0)]], 80, 2.0))
    assert strokes is not None
    (_, (x, y, _)), *_ = strokes
    assert x == y == WIDTH // 10


def test_times_count_from_the_first_touch() -> None:
    strokes = read(written(CROSS, 40, 2.0))
    assert strokes is not None
    assert [[at for _, _, at in stroke] for stroke in strokes] == [[0, 200], [1000, 1100]]


def test_what_was_kept_is_read_as_it_was() -> None:
    kept = written(CROSS, 40, 2.0)
    strokes = read(kept)
    assert strokes is not None
    assert plain(strokes) == kept


def test_strokes_from_before_times_were_kept_are_still_a_picture() -> None:
    assert read("[[[1,2],[3,4]]]") == (((1, 4, 0), (3, 8, 0)),)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "[[]]", "?", "[[1,2]]", '[[["1",2,3]]]', "[[[true,2,3]]]", "[[[1,2,3],[]]]"),
        *("[[[-1,2,3]]]", f"[[[{11 * WIDTH},2,3]]]", "[[[1,2,-3]]]", "[" * 5000, "[[[1.5,2,3]]]"),
        str([[[1, 1, 1]] * (MOST_POINTS + 1)]),
        " " * 10_000_000 + "[[[1,2,3]]]",
    ],
    ids=lambda text: text[:20].strip() or "blank",
)
def test_what_is_no_signature_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("columns", [40, 160])
def test_a_picture_keeps_its_shape_and_its_room(columns: int) -> None:
    strokes = read(written(CROSS, columns, 2.0))
    assert strokes is not None
    lines = pictured(strokes, 80.0, 25.0)
    wide = max(x for line in lines for x, _ in line)
    high = max(y for line in lines for _, y in line)
    assert wide == pytest.approx(80.0), "as large as there is room"
    assert high <= 25.0
    assert wide / high == pytest.approx(20 / 4, rel=0.02), "20 columns by 2 rows of cells twice as high"


def test_a_dot_is_a_picture_too() -> None:
    assert pictured((((5, 5, 0),),), 80.0, 25.0) == [[(0.0, 0.0)]]
