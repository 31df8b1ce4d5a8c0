"""The pages of a helper's walk keep what a resident's keep: at every size, in millimetres, and aloud."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from kiosk.catalogue import load_catalogue
from kiosk.display.tables import faces, panels
from kiosk.display.type_size import BANDS, Fit, fits
from kiosk.flow.page import ENTER, Page
from kiosk.text import LANGUAGES
from screens.grid import Grid
from screens.layout import CHOOSE, PRESS, lay_out
from screens.resident.parts import CLEAR, DRAWN, MORE
from tests.screens.every_try import WORLD, every_try_page
from tests.screens.test_contract_in_millimetres import _fingers_hit, _nothing_is_lost
from tests.screens.test_every_page_fits import (
    GRIDS,
    Drawn,
    content_rows,
    expected_content,
    inside,
    parts_of,
    squeezed,
)

OFFERED = [
    pytest.param(fit, id=f"{name}-{fit.size.name.lower()}-{fit.columns}x{fit.rows}")
    for name in ("10.1", "13.3", "15.6")
    for fit in fits(panels()[name], faces()["kitty"])
]


def whole(page: Page, grid: Grid, language: str) -> list[Drawn]:
    """Its parts, on each of which all stands that should, and all of it together."""
    parts = parts_of(page, grid, language)
    _nothing_is_lost(page, parts, language)
    drawn = []
    for part in parts:
        layout = lay_out(part, grid, language, WORLD.texts, 0)
        each = Drawn(page, part, layout, layout.text())
        assert content_rows(each) == expected_content(part, grid, language), (page.id, each.lines)
        assert all(cell_len(line) <= grid.columns for line in each.lines), (page.id, each.lines)
        for choice in part.choices:
            target = next(one for one in layout.targets if one.act == f"{CHOOSE}{choice.id}")
            assert squeezed(choice.label.show(language)) in inside(layout, target), (page.id, each.lines)
        for name in ("help", "repeat", "person"):
            words = squeezed(WORLD.texts[f"bar.{name}"].show(language))
            target = next(one for one in layout.targets if one.act == f"{PRESS}{name}")
            assert words in inside(layout, target), (page.id, each.lines)
        drawn.append(each)
    return drawn


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: f"{grid.columns}x{grid.rows}")
def test_nothing_of_a_page_is_cut_or_lost(grid: Grid, language: str) -> None:
    for page in every_try_page():
        whole(page, grid, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fit", OFFERED)
def test_a_finger_hits_what_it_should_on_every_panel(fit: Fit, language: str) -> None:
    """Capitals in their band; 20 x 16 mm, 5 mm apart."""
    assert BANDS[fit.size][0] <= fit.capital <= BANDS[fit.size][1]
    for page in every_try_page():
        for each in whole(page, Grid(fit.columns, fit.rows, fit.pitch), language):
            _fingers_hit(each, fit)


@pytest.mark.parametrize("grid", GRIDS[:3], ids=lambda grid: f"{grid.columns}x{grid.rows}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_is_one_page_that_need_not_be_turned(grid: Grid, language: str) -> None:
    """Who has to look for the answer behind "more" finds another one. Only what a device says of itself, Help
    and the report are longer."""
    for page in every_try_page():
        if "@" in page.id or page.id == "try-end" or page.error is not None or ":failed" in page.id:
            continue
        assert len(parts_of(page, grid, language)) == 1, (page.id, page.heading.show(language))


def test_no_choice_has_a_name_that_means_something_to_the_screen() -> None:
    """One called "clear" would wipe what is drawn, and answer nothing."""
    theirs = {CLEAR, DRAWN, MORE, ENTER}
    assert not theirs & {choice.id for page in every_try_page() for choice in page.choices}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_says_what_to_do_in_its_help(language: str) -> None:
    words = load_catalogue("guided")
    helped = {page.help[0].show(language) for page in every_try_page() if "@" not in page.id}
    assert all(helped) and len(helped) >= 12
    assert words["sound_asked.help"].show(language) in helped
