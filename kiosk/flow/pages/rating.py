"""The door 评: how it was."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.page import Page, Role
from kiosk.flow.pages.parts import house_page, way
from kiosk.flow.rating import LEVELS, REASONS, rated_case
from kiosk.flow.sitting import Sitting, World


def rate(sitting: Sitting, world: World) -> Page:
    """Five levels, one key each (K43); Back skips."""
    texts, case = world.texts, rated_case(sitting)
    heading = texts.text("rate.case_heading", title=case.title.as_written()) if case else None
    choices = tuple(way(texts, f"rate.{level}", level, Role.ANSWER) for level in LEVELS)
    return house_page(
        world, sitting.place, "rate", choices, texts["rate.body"], heading=heading, at_once=len(LEVELS)
    )


def why(sitting: Sitting, world: World) -> Page:
    """After a bad rating: what it was, one key each; the last choice says nothing, and neither does Back."""
    texts = world.texts
    choices = tuple(way(texts, f"why.{reason}", reason, Role.ANSWER) for reason in (*REASONS, "skip"))
    at_once = len(choices)
    return house_page(world, sitting.place, "why", choices, texts["why.body"], focus="skip", at_once=at_once)


def call_back(sitting: Sitting, world: World) -> Page:
    """After a bad rating: it stays anonymous unless the person wants to be called. No is chosen first."""
    texts = world.texts
    ways = (way(texts, "call_back.yes", "yes", Role.ANSWER), way(texts, "call_back.no", "no", Role.ANSWER))
    return house_page(
        world,
        sitting.place,
        "call_back",
        ways,
        texts["call_back.body"],
        texts["call_back.either"],
        focus="no",
    )


def rated(sitting: Sitting, world: World) -> Page:
    """Thanks, and whether somebody looks into it."""
    return _thanks(sitting, world, "rate.looked_into" if sitting.rating_task else "rate.noted")


def will_call(sitting: Sitting, world: World) -> Page:
    """Thanks, to who wants to be called."""
    return _thanks(sitting, world, "rate.will_call")


def _thanks(sitting: Sitting, world: World, noted: str) -> Page:
    texts = world.texts
    choices = (way(texts, "common.back_home", "home"), way(texts, "common.leave", "leave"))
    thanks = texts["rate.thanks"]
    return house_page(world, sitting.place, "rate", choices, texts[noted], heading=thanks, focus="leave")


PAGES: dict[str, Callable[[Sitting, World], Page]] = {
    "rate": rate,
    "why": why,
    "call-back": call_back,
    "rated": rated,
    "will-call": will_call,
}
