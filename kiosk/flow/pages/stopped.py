"""The page on which somebody learns that what they were filling in was switched off."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.page import Page
from kiosk.flow.pages.parts import call_person, house_page, way
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.stopped import PLACE


def stopped(sitting: Sitting, world: World) -> Page:
    """Not their fault, what became of what they gave, and what they can do now."""
    texts, what = world.texts, sitting.place.partition(":")[2]
    choices = (way(texts, "common.back_home", "home"), call_person(texts))
    body = (texts["stopped.body"], texts[f"stopped.{what}"])
    return house_page(world, sitting.place, "stopped", choices, *body)


PAGES: dict[str, Callable[[Sitting, World], Page]] = {PLACE: stopped}
