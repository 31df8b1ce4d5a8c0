"""The door 评: how it was."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.page import Page, Role
from kiosk.flow.pages.parts import house_page, way
from kiosk.flow.rating import LEVELS
from kiosk.flow.sitting import Sitting, World


def rate(sitting: Sitting, world: World) -> Page:
    """Five levels, one key each (K43); Back skips."""
    texts = world.texts
    choices = tuple(way(texts, f"rate.{level}", level, Role.ANSWER) for level in LEVELS)
    return house_page(world, "rate", "rate", choices, texts["rate.body"], at_once=5)


def rated(sitting: Sitting, world: World) -> Page:
    """Thanks."""
    texts = world.texts
    choices = (way(texts, "common.back_home", "home"), way(texts, "common.leave", "leave"))
    return house_page(
        world, "rated", "rate", choices, texts["rate.noted"], heading=texts["rate.thanks"], focus="leave"
    )


PAGES: dict[str, Callable[[Sitting, World], Page]] = {"rate": rate, "rated": rated}
