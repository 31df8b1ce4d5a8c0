"""The menu of a demo: whoever shows the kiosk finds every card and the way out, however small the screen."""

from __future__ import annotations

import pytest
from textual.app import App

from kiosk.catalogue import load_catalogue
from screens.resident.card_menu import CardMenu
from screens.theme import PALETTES

NAMES = [f"演示者{n}（somebody-with-a-long-name-{n}）" for n in range(11)]


class Demo(App[None]):
    """In the colours of the kiosk."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return PALETTES[0].theme().variables


class Cards:
    """Notes what is laid and lifted."""

    names = NAMES

    def __init__(self) -> None:
        self.did: list[int] = []

    def lay(self, number: int) -> None:
        self.did.append(number)

    def lift(self) -> None:
        self.did.append(0)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(40, 10), (57, 12), (80, 24)], ids=str)
async def test_every_card_and_the_way_out_are_on_the_screen(size: tuple[int, int], language: str) -> None:
    cards, app = Cards(), Demo()
    async with app.run_test(size=size) as pilot:
        await app.push_screen(CardMenu(load_catalogue("resident"), language, cards))
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        seen = "".join("".join(segment.text for segment in strip) for strip in strips)
        for key, name in zip("123456789ab", NAMES, strict=True):
            assert f"{key} {name[:4]}" in seen
        assert "Esc" in seen and " 0 " in seen and "Ctrl+Q" in seen
        await pilot.press("b")
    assert cards.did == [11]
