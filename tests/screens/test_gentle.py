"""Nothing flashes at anybody, and nobody needs two fingers."""

from __future__ import annotations

import pytest

from screens.keys import ANYWHERE, OUTSIDE_A_FIELD
from screens.spans import Look
from screens.theme import PALETTES, Palette


@pytest.mark.proves("WCAG 2.3.1", "WCAG 2.3.2", "508 408.3")
@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_nothing_that_can_be_drawn_flashes(palette: Palette) -> None:
    for look in Look:
        style = palette.style(look)
        assert not style.blink and not style.blink2, look


@pytest.mark.proves("EN 5.9")
def test_every_key_is_pressed_by_itself() -> None:
    keys = {*ANYWHERE, *OUTSIDE_A_FIELD}
    assert not [key for key in keys if key.startswith(("ctrl+", "alt+", "shift+"))]
