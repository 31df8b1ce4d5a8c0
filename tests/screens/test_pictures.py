"""The main pages as they look, kept as plain text that a diff shows, and a few as pictures.

`KIOSK_NEW_PICTURES=1 pytest tests/screens/test_pictures.py` writes the text ones anew; the SVG ones are
written by `pytest --snapshot-update`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Size

from kiosk.flow.page import Page
from screens.grid import Grid
from screens.layout import Look, lay_out
from screens.paginate import paginate
from screens.resident.page_view import PageView
from screens.theme import PALETTES
from tests.flow.residents import WORLD
from tests.screens.every_page import every_overlay, every_page
from tests.screens.test_every_page_fits import GRIDS, every_language, every_size

KEPT = Path(__file__).parent / "snapshots"
MAIN = (
    *("language", "welcome", "card", "home", "do", "look:elderly-allowance", "keep", "consent:use"),
    *("question:who", "question:hukou", "question:birth_date", "question:phone", "question:id_number"),
    *("check", "sign", "submit", "receipt", "rate", "goodbye", "help@home", "idle@home"),
)
NEW = os.environ.get("KIOSK_NEW_PICTURES") == "1"


def main_page(place: str) -> Page:
    """The page of that place without an error."""
    pages = (page for page in (*every_page(), *every_overlay()) if page.id == place)
    return next(page for page in pages if page.error is None)


def picture(place: str, grid: Grid, language: str) -> str:
    """All parts of a page, one below another."""
    texts, page = WORLD.texts, main_page(place)
    chosen = texts["bar.chosen"].show(language)
    parts = paginate(page, grid, language, texts["common.more"], chosen)
    drawn = []
    for part in parts:
        focus = [choice.id for choice in part.choices].index(part.focus) if part.focus else 0
        lines = lay_out(part, grid, language, texts, None if part.entry else focus).text()
        drawn.append("\n".join([f"== {place} {part.part}/{part.parts} ".ljust(grid.columns, "="), *lines]))
    return "\n".join(drawn) + "\n"


@every_language
@every_size
def test_the_main_pages_look_as_they_did(grid: Grid, language: str) -> None:
    shown = "\n".join(picture(place, grid, language) for place in MAIN)
    kept = KEPT / f"{grid.columns}x{grid.rows}-{language}.txt"
    if NEW:
        KEPT.mkdir(exist_ok=True)
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text(encoding="utf-8"), f"KIOSK_NEW_PICTURES=1 writes {kept.name} anew"


class Frame(App[None]):
    """Shows one page and nothing else."""

    def __init__(self, place: str, language: str = "zh", colours: str = "dark") -> None:
        super().__init__()
        self.view = PageView(WORLD.texts, colours)
        self._page, self._language = main_page(place), language

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.show_page(self._page, self._language, None if self._page.entry else 0)


PICTURES = [
    ("home", "zh", "dark", GRIDS[2]),
    ("home", "en", "light", GRIDS[3]),
    ("question:hukou", "zh", "yellow", GRIDS[1]),
    ("receipt", "zh", "calm", GRIDS[2]),
    ("question:phone", "zh", "dark", GRIDS[2]),
]


@pytest.mark.parametrize(
    ("place", "language", "colours", "grid"),
    PICTURES,
    ids=["-".join(picture[:3]).replace(":", "-") for picture in PICTURES],
)
def test_pages_and_colours_look_as_they_did(
    snap_compare: object, place: str, language: str, colours: str, grid: Grid
) -> None:
    frame = Frame(place, language, colours)
    assert callable(snap_compare)
    assert snap_compare(frame, terminal_size=(grid.columns, grid.rows))


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("place", ["home", "question:phone", "sign", "receipt"])
async def test_nothing_is_drawn_in_colours_of_its_own(place: str, palette: object) -> None:
    """K17: every cell is one of the pairs whose contrast is computed."""
    colours = next(each for each in PALETTES if each == palette)
    frame = Frame(place, "zh", colours.name)
    async with frame.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert frame.view.size == Size(80, 24)
        frame.view.show_caption("您好，请坐。")
        pairs = {(text.lower(), ground.lower()) for text, ground in colours.pairs().values()}
        for row in range(24):
            for segment in frame.view.render_line(row):
                assert _pair(segment) in pairs, segment


def _pair(segment: Segment) -> tuple[str, str]:
    style = segment.style
    assert style is not None and style.color is not None and style.bgcolor is not None
    return style.color.name.lower(), style.bgcolor.name.lower()


def test_the_focus_is_marked_without_colours_too() -> None:
    """K18, vxsuite 584: a mark two columns wide beside the inverse ground, in every list."""
    for page in every_page():
        if not page.choices:
            continue
        layout = lay_out(page, GRIDS[4], "zh", WORLD.texts, 0)
        marked = [row for row in layout.text() if "＞" in row]
        assert len(marked) == 1, page.id
        assert any(span.look is Look.FOCUS for row in range(50) for span in layout.painted(row))
