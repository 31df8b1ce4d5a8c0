"""The pages on which a person sets type, colours and voice for themselves. What each of them is now, and what
a choice does, is known to the screens alone: a touch there is the key that does the same.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.page import SETS, Choice, Page
from kiosk.flow.pages.parts import way
from kiosk.flow.preferences import Remembering
from kiosk.flow.sitting import Sitting
from kiosk.text import Catalogue

_CHOICES = {
    "settings": (f"{SETS}size", f"{SETS}colours", "speed", "volume", f"{SETS}detail", f"{SETS}picture"),
    "speed": (f"{SETS}slower", f"{SETS}faster"),
    "volume": (f"{SETS}quieter", f"{SETS}louder", f"{SETS}mute"),
}


def settings_page(plain: Page, sitting: Sitting, texts: Catalogue) -> Page:
    """`plain`: the page it lies over, emptied, with the id and the heading of the settings."""
    name = plain.id.partition("@")[0]
    choices = [_setting(texts, choice) for choice in _CHOICES[name]]
    done = way(texts, "settings.done" if name == "settings" else "settings.other")
    body, help_ = texts[f"{name}.body"], (texts[f"{name}.help"],)
    here = sitting.remembering
    if name == "settings" and sitting.opens_own and here.kept is not None:
        body = texts["settings.body_kept"]
        choices = [*_to_put_off(texts, here), *choices, way(texts, "settings.forget", "forget")]
    return replace(plain, body=(body,), choices=(*choices, done), help=help_)


def _to_put_off(texts: Catalogue, here: Remembering) -> list[Choice]:
    """First of all, as it may be why somebody comes here."""
    return [way(texts, "settings.usual", "usual")] if here.recalled else []


def _setting(texts: Catalogue, choice: str) -> Choice:
    return way(texts, f"settings.{choice.removeprefix(SETS)}", choice)
