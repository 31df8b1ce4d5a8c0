"""Pages laid over the one a person is on: help, a person is coming, are you there, not heard, trouble."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.moves import Overlay
from kiosk.flow.page import Page, PageKind
from kiosk.flow.pages.parts import call_person, way
from kiosk.flow.sitting import Sitting, World
from kiosk.text import EMPTY


def over(page: Page, sitting: Sitting, world: World) -> Page:
    """The overlay's page; its id tells both."""
    texts, name = world.texts, str(sitting.overlay)
    plain = replace(
        page,
        id=f"{name}@{page.id}",
        kind=PageKind.CHOICE,
        heading=texts[f"{name}.heading"],
        entry=None,
        error=None,
        focus=None,
        guard=0.0,
        binding=False,
        said_back=False,
        back=True,
        big=EMPTY,
    )
    match sitting.overlay:
        case Overlay.HELP:
            choices = (way(texts, "help.back"), call_person(texts))
            return replace(plain, body=page.help, choices=choices)
        case Overlay.CALLED:
            back = (way(texts, "help.back"),)
            return replace(plain, body=(texts["called.body"],), choices=back, help=(texts["called.help"],))
        case Overlay.IDLE:
            stay = (way(texts, "idle.stay"),)
            return replace(plain, body=(texts["idle.body"],), choices=stay, help=(texts["idle.help"],))
        case Overlay.UNHEARD:
            ways = (way(texts, "unheard.keys"), call_person(texts))
            return replace(plain, body=(texts["unheard.body"],), choices=ways, help=(texts["unheard.help"],))
        case _:
            ways = (way(texts, "trouble.retry"), call_person(texts))
            return replace(plain, body=(texts[sitting.trouble],), choices=ways, help=(texts["trouble.help"],))
