"""The colours: every pair that is drawn is far enough apart, with and without colour (K17, K18)."""

from __future__ import annotations

from itertools import combinations

import pytest

from screens.theme import CALM, PALETTES, Palette, contrast

every_palette = pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)


@every_palette
def test_every_text_can_be_read_on_its_ground(palette: Palette) -> None:
    """K17: 10:1 or better; the low-glare colours between 4.6 and 8."""
    for name, (text, ground) in palette.pairs().items():
        ratio = contrast(text, ground)
        assert (4.6 <= ratio <= 8) if palette is CALM else ratio >= 10, (name, ratio)


@every_palette
def test_the_focus_stands_out_from_what_is_beside_it(palette: Palette) -> None:
    """K17: at least 3:1 between the ground of the focus and the grounds around it."""
    for beside in (palette.ground, palette.bar_ground):
        assert contrast(palette.focus_ground, beside) >= 3


@every_palette
def test_focus_and_alert_stand_out_without_colours(palette: Palette) -> None:
    """K18: as greys, both are told from the page; contrast is computed from brightness alone."""
    assert contrast(palette.alert_ground, palette.ground) >= 3
    assert contrast(palette.focus_ground, palette.ground) >= 3


def test_the_palettes_differ_from_one_another() -> None:
    assert all(one.pairs() != other.pairs() for one, other in combinations(PALETTES, 2))
    assert [palette.name for palette in PALETTES] == ["dark", "light", "yellow", "calm"]


def test_the_standard_s_own_examples_of_contrast() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
