"""Pages laid over the one a person is on: help, a person is coming, are you there, not heard, trouble."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.beside import CAME
from kiosk.flow.moves import Overlay
from kiosk.flow.page import Page, PageKind
from kiosk.flow.pages.parts import call_person, way
from kiosk.flow.pages.remembering import remember_over
from kiosk.flow.pages.settings import settings_page
from kiosk.flow.pages.switches import switches_page
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
        said_back=None,
        back=True,
        big=EMPTY,
        at_once=4,
    )
    match sitting.overlay:
        case Overlay.HELP:
            choices = (
                *(way(texts, "help.back"), call_person(texts)),
                *(way(texts, "help.settings", "settings"), way(texts, "help.keys", "keys")),
            )
            return replace(plain, body=page.help, choices=choices)
        case Overlay.KEYS | Overlay.PRACTICE | Overlay.SWITCH | Overlay.SWITCHED:
            return switches_page(plain, sitting, world)
        case Overlay.CALLED:
            ways = (way(texts, "help.back"), way(texts, "called.came", CAME))
            body = texts[sitting.trouble or "called.body"]
            return replace(plain, body=(body,), choices=ways, help=(texts["called.help"],))
        case Overlay.IDLE:
            stay = (way(texts, "idle.stay"),)
            return replace(plain, body=(texts["idle.body"],), choices=stay, help=(texts["idle.help"],))
        case Overlay.UNHEARD:
            ways = (way(texts, "unheard.keys"), call_person(texts))
            return replace(plain, body=(texts["unheard.body"],), choices=ways, help=(texts["unheard.help"],))
        case Overlay.SETTINGS | Overlay.SPEED | Overlay.VOLUME:
            return settings_page(plain, sitting, texts)
        case Overlay.REMEMBER:
            return remember_over(plain, texts)
        case _:
            ways = (way(texts, "trouble.retry"), call_person(texts))
            return replace(plain, body=(texts[sitting.trouble],), choices=ways, help=(texts["trouble.help"],))
