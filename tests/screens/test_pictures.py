"""The main pages as they look, kept as plain text that a diff shows, and a few as pictures.

`KIOSK_NEW_PICTURES=1 pytest tests/screens/test_pictures.py` writes the text ones anew; the SVG ones are
written by `pytest --snapshot-update`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Size

from kiosk.flow.moves import Choose, Enter, Help, Quiet
from kiosk.flow.page import Entry, Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from screens.field_layout import FieldSize, FieldState, draw_field
from screens.grid import Grid
from screens.layout import Layout, Look, lay_out
from screens.paginate import paginate
from screens.resident.field import Field
from screens.resident.page_view import PageView
from screens.spans import flatten
from screens.theme import PALETTES
from screens.typed import typed_in
from tests.flow.residents import EVERY_KIND, GUIFANG, TRIAL, WORLD, at_home, every_journey, moved, record_news
from tests.screens.every_page import every_page, receipts
from tests.screens.test_every_page_fits import GRIDS, every_language, every_size

KEPT = Path(__file__).parent / "snapshots"
NEW = os.environ.get("KIOSK_NEW_PICTURES") == "1"


def _main_visits() -> dict[str, Sitting]:
    """The main pages by place: of the house, of a service, and of each kind of answer."""
    home, do = at_home(GUIFANG), Choose("do")
    receipt = receipts()[0]
    found = {
        "language": Sitting(),
        "welcome": Sitting(place="welcome"),
        "card": Sitting(place="card"),
        "home": home,
        "do": moved(home, do, world=TRIAL),
        "look:elderly-allowance": moved(home, Choose("look"), Choose("elderly-allowance"), world=TRIAL),
        "keep": moved(home, do, Choose("elderly-allowance"), world=TRIAL),
        "receipt": receipt,
        "rate": moved(receipt, Choose("rate"), world=TRIAL),
        "goodbye": Sitting(place="goodbye"),
        "help@home": moved(home, Help(), world=TRIAL),
        "idle@home": moved(home, Quiet(), world=TRIAL),
    }
    for sitting in _walked("elderly-allowance"):
        if sitting.place in OF_A_SERVICE:
            found.setdefault(sitting.place, sitting)
    return found | _kinds_of_answer()


def _kinds_of_answer() -> dict[str, Sitting]:
    places: dict[str, Sitting] = {}
    for sitting in _walked(EVERY_KIND):
        places.setdefault(sitting.place, sitting)
    birth, need, record = (places[f"question:{name}"] for name in ("birth_date", "need", "insurance"))
    question = TRIAL.services[EVERY_KIND].find_question("insurance")
    return {place: places[place] for place in KINDS if place in places} | {
        "old calendar": moved(birth, Choose("old-calendar"), Enter("1944 13 5"), world=TRIAL),
        "read back": moved(birth, Enter("农历 1944 3 5"), world=TRIAL),
        "ticked": moved(need, Choose("wash"), world=TRIAL),
        "list": next(s for s in _walked(EVERY_KIND) if s.place == "question:goods" and _listed(s)),
        "record": moved(record, record_news(question, "right"), world=TRIAL),
    }


def _walked(service: str) -> Iterator[Sitting]:
    return chain.from_iterable(journey.pages for journey in every_journey(service))


def _listed(sitting: Sitting) -> bool:
    given = sitting.given.answers.get("goods")
    return given is not None and given.value != "[]"


OF_A_SERVICE = (
    *("consent:use", "question:who", "question:hukou", "question:birth_date", "question:phone"),
    *("question:id_number", "check", "sign", "submit"),
)
KINDS = (
    *("old calendar", "read back", "question:need", "ticked", "question:home", "question:home/rest"),
    *("question:income", "question:goods", "list", "question:goods/1/thing", "question:story"),
    *("question:booklet", "question:insurance", "record", "question:mark"),
)
MAIN = (
    *("language", "welcome", "card", "home", "do", "look:elderly-allowance", "keep"),
    *(*OF_A_SERVICE, *KINDS, "receipt", "rate", "goodbye", "help@home", "idle@home"),
)


@cache
def main_visits() -> dict[str, Sitting]:
    return _main_visits()


def main_page(name: str) -> Page:
    """The page of that name."""
    return page_of(main_visits()[name], TRIAL)


def picture(place: str, grid: Grid, language: str) -> str:
    """All parts of a page, one below another."""
    texts, page = WORLD.texts, main_page(place)
    entry = page.entry
    chosen = texts["bar.chosen"].show(language)
    parts = paginate(page, grid, language, texts["common.more"], chosen)
    drawn = []
    for part in parts:
        focus = [choice.id for choice in part.choices].index(part.focus) if part.focus else 0
        layout = lay_out(part, grid, language, texts, None if part.entry else focus)
        lines = _with_field(layout, entry, language)
        drawn.append("\n".join([f"== {place} {part.part}/{part.parts} ".ljust(grid.columns, "="), *lines]))
    return "\n".join(drawn) + "\n"


def _with_field(layout: Layout, entry: Entry | None, language: str) -> list[str]:
    """The field is a widget of its own, over the page."""
    lines, place = layout.text(), layout.field
    if place is None or entry is None:
        return lines
    names = [name.show(language) for name in entry.boxes]
    drawing = draw_field(
        typed_in(entry), names, FieldSize(place.columns, place.rows, entry.rows), FieldState()
    )
    for n, row in enumerate(drawing.rows):
        words = "".join(span.words for span in flatten(row, place.columns))
        lines[place.row + n] = (" " * place.column + words).rstrip()
    return lines


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
    """Shows one page with its field and nothing else."""

    CSS = "Screen { layers: page field; overflow: hidden; } PageView { layer: page; }"

    def __init__(self, place: str, language: str = "zh", colours: str = "dark") -> None:
        super().__init__()
        self.view, self.field = PageView(WORLD.texts, colours), Field(colours)
        self._page, self._language = main_page(place), language

    def compose(self) -> ComposeResult:
        yield self.view
        yield self.field

    def on_page_view_resized(self) -> None:
        entry = self._page.entry
        self.view.show_page(self._page, self._language, None if entry else 0)
        if entry is not None and self.view.layout_now is not None:
            self.field.take(entry, self._language, fresh=True)
            self.field.place(self.view.layout_now.field, served=True, focused=True)


PICTURES = [
    ("home", "zh", "dark", GRIDS[2]),
    ("home", "en", "light", GRIDS[3]),
    ("question:hukou", "zh", "yellow", GRIDS[1]),
    ("receipt", "zh", "calm", GRIDS[2]),
    ("question:phone", "zh", "dark", GRIDS[2]),
    ("question:birth_date", "zh", "dark", GRIDS[1]),
    ("ticked", "zh", "light", GRIDS[2]),
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
@pytest.mark.parametrize("place", ["home", "question:phone", "question:birth_date", "sign", "receipt"])
async def test_nothing_is_drawn_in_colours_of_its_own(place: str, palette: object) -> None:
    """K17: every cell is one of the pairs whose contrast is computed."""
    colours = next(each for each in PALETTES if each == palette)
    frame = Frame(place, "zh", colours.name)
    async with frame.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert frame.view.size == Size(80, 24)
        frame.view.caption.say("您好，请坐。")
        pairs = {(text.lower(), ground.lower()) for text, ground in colours.pairs().values()}
        for row in range(24):
            for segment in frame.view.render_line(row):
                assert _pair(segment) in pairs, segment
        for row in range(frame.field.size.height):
            for segment in frame.field.render_line(row):
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
