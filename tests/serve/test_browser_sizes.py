"""What a browser says of its glass becomes type of the promised size; what makes no sense is refused."""

from __future__ import annotations

import json

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.display.type_size import SMALLEST, Size, usual
from kiosk.flow.pages.threshold import threshold
from kiosk.serve.browser import Browser, NotABrowser, browser_heard, browser_told, window_heard
from kiosk.text import LANGUAGES, same
from screens.grid import Grid
from screens.layout import lay_out

NOTO = {"advance": 0.5, "capital": 0.735, "natural_line": 1.448}
DEJAVU = {"advance": 0.602, "capital": 0.729, "natural_line": 1.164}
SAID = {"across": 1280, "down": 800, "per_mm": 5.88, **NOTO}
GLASSES = {
    "10.1 in": (1280, 800, 5.88),
    "10.1 in upright": (800, 1280, 5.88),
    "12.9 in": (1366, 1024, 5.19),
    "12.9 in upright": (1024, 1366, 5.19),
    "15.6 in": (1920, 1080, 5.56),
}


def browser(glass: str, font: dict[str, float]) -> Browser:
    across, down, per_mm = GLASSES[glass]
    return browser_heard(json.dumps({"across": across, "down": down, "per_mm": per_mm, **font}), here=False)


@pytest.mark.parametrize("font", [NOTO, DEJAVU], ids=["noto", "dejavu"])
@pytest.mark.parametrize("glass", GLASSES)
def test_each_size_offered_is_of_its_millimetres_and_has_room_for_the_keys(
    glass: str, font: dict[str, float]
) -> None:
    one = browser(glass, font)
    texts = load_catalogue("resident")
    for fit in one.offered(500):
        assert fit.band[0] <= fit.pixels * font["capital"] / one.per_mm <= fit.band[1]
        assert fit.columns * fit.pixels * font["advance"] <= one.across
        assert fit.columns >= SMALLEST[0] and fit.rows >= SMALLEST[1]
        grid = Grid(fit.columns, fit.rows, fit.pitch)
        page = threshold(texts, same("中心"), card_left=False, demo=False)
        for language in LANGUAGES:
            layout = lay_out(page, grid, language, texts, 0)
            assert layout.targets
            assert all(target.column + target.columns <= grid.columns for target in layout.targets)


def test_a_tablet_on_its_side_has_the_usual_size_and_upright_none() -> None:
    lying = browser("10.1 in", NOTO)
    begins = usual(lying.offered(500), Size.USUAL)
    assert begins is not None and begins.size is Size.USUAL
    assert browser("10.1 in upright", NOTO).offered(500) == ()
    assert browser("12.9 in upright", NOTO).offered(500) != ()


def test_the_program_hears_what_the_page_said() -> None:
    said = browser_heard(json.dumps(SAID), here=True)
    assert browser_told(said.told()) == said
    assert said.here
    assert not browser_heard(json.dumps({**SAID, "here": True}), here=False).here


@pytest.mark.parametrize(
    "words",
    [
        *("", "{", "[]", "7", "[" * 100_000, json.dumps({})),
        json.dumps({**SAID, "across": 0}),
        json.dumps({**SAID, "per_mm": 1e9}),
        json.dumps({**SAID, "per_mm": True}),
        json.dumps({**SAID, "advance": "0.5"}),
        json.dumps({**SAID, "down": float("nan")}),
        json.dumps({**SAID, "down": float("inf")}),
    ],
)
def test_nonsense_is_refused(words: str) -> None:
    with pytest.raises(NotABrowser):
        browser_heard(words, here=False)
    with pytest.raises(NotABrowser):
        window_heard(words)


def test_a_window_is_a_grid_and_its_pixels() -> None:
    window = window_heard('{"columns": 51, "rows": 11, "across": 1275, "down": 792}')
    assert (window.columns, window.rows, window.across, window.down) == (51, 11, 1275, 792)
