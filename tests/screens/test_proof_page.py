"""The page that asks for a card, for each level a service can ask for, at every size in both languages."""

from __future__ import annotations

import pytest

from kiosk.flow.pages.now import page_of
from kiosk.flow.proof import Proof
from screens.grid import Grid
from screens.layout import lay_out
from tests.flow.residents import WORLD
from tests.flow.test_proof import begin, world_asking
from tests.screens.test_every_page_fits import every_language, every_size, parts_of, squeezed


@every_language
@every_size
@pytest.mark.parametrize("level", [Proof.KNOWN, Proof.PRESENTED, Proof.SEEN])
def test_what_is_to_be_done_stands_together_with_the_way_on(level: Proof, grid: Grid, language: str) -> None:
    page = page_of(begin(level), world_asking(level))
    parts = parts_of(page, grid, language)
    (part,) = parts
    drawn = squeezed("".join(lay_out(part, grid, language, WORLD.texts, 0).text()))
    for text in (page.heading, *page.body, page.choices[0].label):
        assert squeezed(text.show(language)) in drawn
