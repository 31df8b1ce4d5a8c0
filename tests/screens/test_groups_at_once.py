"""Groups of services on the smallest screens: all of them are seen together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.moves import Choose
from kiosk.flow.pages.now import page_of
from kiosk.text import LANGUAGES
from screens.grid import Grid
from screens.paginate import paginate
from tests.flow.residents import GUIFANG, SERVICES, WORLD, at_home, moved

ALL = replace(WORLD, services=SERVICES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("grid", [Grid(40, 10), Grid(57, 12)], ids=["40x10", "57x12"])
def test_no_group_is_alone_on_its_page_for_what_is_in_it(grid: Grid, language: str) -> None:
    """K01: four groups are told apart by their names; a cut falls between two things, never inside one."""
    page = page_of(moved(at_home(GUIFANG), Choose("do"), world=ALL), ALL)
    parts = paginate(
        page, grid, language, WORLD.texts["common.more"], WORLD.texts["bar.chosen"].show(language)
    )
    assert [choice.id for choice in parts[0].choices] == [choice.id for choice in page.choices]
    for shown, whole in zip(parts[0].choices, page.choices, strict=True):
        things = whole.detail.show(language).replace(";", "；").split("；")
        kept = shown.detail.show(language).rstrip("…").replace(";", "；")
        assert not kept or all(thing.strip() in map(str.strip, things) for thing in kept.split("；"))
