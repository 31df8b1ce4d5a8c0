"""Shall the settings be kept with the card? Asked as one goes, or when the settings are left (K33, K35)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.page import Choice, Page, Role
from kiosk.flow.pages.parts import house_page, way
from kiosk.flow.sitting import Sitting, World
from kiosk.text import Catalogue, Text


def remember(sitting: Sitting, world: World) -> Page:
    """As a page of its own; the first focus is on no."""
    page = house_page(world, "remember", "remember", _choices(world.texts), *_body(world.texts), focus="no")
    return replace(page, binding=True)


def remember_over(plain: Page, texts: Catalogue) -> Page:
    """`plain`: the page it lies over, emptied, with its id and its heading."""
    return replace(
        plain,
        body=_body(texts),
        choices=_choices(texts),
        help=(texts["remember.help"],),
        focus="no",
        binding=True,
    )


def agreed_to(texts: Catalogue) -> dict[str, str]:
    """The words that a yes says yes to."""
    lines: tuple[Text, ...] = (texts["remember.heading"], *_body(texts))
    return {language: " ".join(line.show(language) for line in lines) for language in lines[0].shown}


def _body(texts: Catalogue) -> tuple[Text, ...]:
    return texts["remember.body"], texts["remember.until"]


def _choices(texts: Catalogue) -> tuple[Choice, ...]:
    yes, no = (way(texts, f"remember.{name}", name, Role.ANSWER) for name in ("yes", "no"))
    return yes, no


PAGES: dict[str, Callable[[Sitting, World], Page]] = {"remember": remember}
