"""The page that asks whether what was given before is used again."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.earlier import usable
from kiosk.flow.page import Page, Role
from kiosk.flow.pages.parts import house_page, join, way
from kiosk.flow.sitting import Sitting, World


def earlier(sitting: Sitting, world: World) -> Page:
    """Which answers there are, by their names only; the first focus is on no."""
    texts = world.texts
    labels = [question.label.text() for question, _ in usable(sitting, world)]
    choices = (way(texts, "earlier.yes", "yes", Role.ANSWER), way(texts, "earlier.no", "no", Role.ANSWER))
    body = texts.text("earlier.body", words=join(texts, labels))
    return house_page(world, "earlier", "earlier", choices, body, focus="no")


PAGES: dict[str, Callable[[Sitting, World], Page]] = {"earlier": earlier}
