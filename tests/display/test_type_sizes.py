"""The four sizes in millimetres on every panel that is shipped (K15), and what the fonts really measure."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest
from PIL import ImageFont

from kiosk.display.panel import Panel
from kiosk.display.tables import faces, panels
from kiosk.display.type_size import BANDS, HAN_BODY, SMALLEST, Face, Fit, Size, fits, usual

every_panel = pytest.mark.parametrize("panel", panels().values(), ids=list(panels()))
every_face = pytest.mark.parametrize("face", faces().values(), ids=list(faces()))


@every_face
@every_panel
def test_each_size_that_is_offered_is_in_its_band_and_holds_the_smallest_grid(
    panel: Panel, face: Face
) -> None:
    """K15, K16."""
    offered = fits(panel, face)
    for fit in offered:
        least, most = BANDS[fit.size]
        assert least <= fit.capital <= most
        assert (fit.columns, fit.rows) >= SMALLEST and fit.rows >= SMALLEST[1]
        if fit.size is Size.USUAL:
            assert fit.body >= HAN_BODY
    assert len(offered) == 4 or panel.inches < 13.3
    assert Size.USUAL in [fit.size for fit in offered]


def test_a_small_panel_offers_the_sizes_it_can_hold() -> None:
    assert [fit.size for fit in fits(panels()["10.1"], faces()["kitty"])] == [Size.SMALL, Size.USUAL]
    assert fits(Panel("watch", 90, 90, 400, 400), faces()["kitty"]) == ()


def test_who_stands_farther_away_gets_larger_letters() -> None:
    """The same angle: half as far again, half as large again."""
    near, far = (fits(panels()["32"], faces()["kitty"], distance)[1] for distance in (500, 750))
    assert far.capital / near.capital == pytest.approx(1.5, rel=0.05)


def test_the_largest_size_needs_one_row_to_be_touched_and_the_usual_one_two() -> None:
    """K19."""
    sizes = {fit.size: fit.pitch for fit in fits(panels()["15.6"], faces()["kitty"])}
    assert (sizes[Size.LARGEST].touch_rows, sizes[Size.USUAL].touch_rows) == (1, 2)
    assert all(pitch.gap_rows == 1 and pitch.gap_columns * pitch.width >= 5 for pitch in sizes.values())


def test_a_visit_begins_with_the_site_s_size_or_the_nearest_smaller_one() -> None:
    def begun(offered: tuple[Fit, ...], wished: int) -> Size | None:
        fit = usual(offered, wished)
        return fit.size if fit else None

    small, large = (fits(panels()[name], faces()["kitty"]) for name in ("10.1", "15.6"))
    assert begun(large, 4) is Size.LARGEST
    assert begun(small, 4) is Size.USUAL
    assert begun(small[1:], 1) is Size.USUAL
    assert begun((), 2) is None


_EM = 2048
"""Pixels of the size at which a font is measured: the units of most of them."""


@cache
def font_file(family: str) -> tuple[Path, int]:
    """Where fontconfig has this family, and which face of the file it is."""
    words = "%{family[0]}|%{file}|%{index}"
    try:
        found = subprocess.run(["fc-match", "-f", words, family], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip("fontconfig is not installed")
    name, file, index = found.stdout.split("|")
    if name != family:
        pytest.skip(f"{family} is not installed")
    return Path(file), int(index)


@every_face
def test_the_font_measures_what_its_table_says(face: Face) -> None:
    """A capital within 2 %; a cell so well that no row or column is lost at any size."""
    file, index = font_file(face.family)
    font = ImageFont.truetype(str(file), _EM, index=index)
    _, top, _, bottom = font.getbbox("H", anchor="ls")
    assert bottom - top == pytest.approx(_EM * face.capital, rel=0.02)
    assert font.getlength("0") == pytest.approx(_EM * face.advance, rel=0.0001)
    above, below = font.getmetrics()
    assert above + below == pytest.approx(_EM * face.natural_line, rel=0.001)
    assert face.stretches != "parts" or below == pytest.approx(_EM * face.below, rel=0.001)


@pytest.mark.parametrize(
    ("terminal", "measured"),
    [
        ("kitty", {22: (13, 30), 37: (22, 52), 39: (23, 53), 49: (30, 67), 53: (32, 73), 96: (58, 131)}),
        ("xterm", {22: (13, 32), 37: (22, 51), 39: (23, 55), 49: (30, 67), 60: (36, 83), 95: (57, 130)}),
    ],
)
def test_a_cell_is_as_large_as_the_terminal_makes_it(
    terminal: str, measured: dict[int, tuple[int, int]]
) -> None:
    """As they said themselves of their windows, at these sizes of the font."""
    face = faces()[terminal]
    for pixels, (width, height) in measured.items():
        least, most = face.heights(pixels)
        assert face.width(pixels) == width and least <= height <= most <= least + 2
        assert terminal == "kitty" or least == most
