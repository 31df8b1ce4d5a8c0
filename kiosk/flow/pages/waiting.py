"""Pages on the way to a waiting number: what for, whether the person goes first, and the number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.numbering import Numbering, spoken_label
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.parts import house_page, way
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.waiting import DRAWN, TAKE
from kiosk.text import EMPTY, Text


def number_offered(world: World) -> tuple[Choice, ...]:
    """The way to a number, where people are called by number."""
    return () if world.waiting is None else (way(world.texts, "number.take", TAKE),)


def number(sitting: Sitting, world: World) -> Page:
    """What for? Then: do they go first?"""
    _, _, letter = sitting.place.partition(":")
    numbering = world.waiting or Numbering({}, 0)
    if letter:
        return _lane(sitting.place, numbering, world)
    letters = tuple(Choice(one, name, Role.ANSWER) for one, name in numbering.letters.items())
    return house_page(world, "number", "number", letters)


def _lane(place: str, numbering: Numbering, world: World) -> Page:
    texts, age = world.texts, numbering.from_age
    answers = (
        way(texts, "number_lane.yes", "yes", Role.ANSWER),
        way(texts, "number_lane.no", "no", Role.ANSWER),
    )
    return Page(
        place,
        PageKind.CHOICE,
        texts.text("number_lane.heading", age=age),
        (texts["number_lane.body"],),
        answers,
        banner=world.centre,
        help=(texts.text("number_lane.help", age=age),),
    )


def drawn(sitting: Sitting, world: World) -> Page:
    """The number, how many come before it, and what happens next."""
    texts, mine = world.texts, sitting.number
    label = spoken_label(mine.label) if mine is not None else EMPTY
    ahead = mine.ahead if mine is not None else None
    body = (
        _place_in_line(label, ahead, world),
        texts["number_drawn.wait"],
        texts["number_drawn.slip" if world.printer else "number_drawn.remember"],
    )
    said = texts.text("number_call.number", label=label)
    called = {language: said.say(language) for language in said.shown}
    ways = (way(texts, "number_drawn.leave", "leave"), way(texts, "common.back_home", "home"))
    return house_page(world, DRAWN, "number_drawn", ways, *body, big=replace(label, said=called))


def _place_in_line(label: Text, ahead: int | None, world: World) -> Text:
    if ahead is None:
        return world.texts.text("number_drawn.yours", label=label)
    key = "number_drawn.ahead" if ahead else "number_drawn.nobody_ahead"
    return world.texts.text(key, label=label, n=ahead)


PAGES: dict[str, Callable[[Sitting, World], Page]] = {
    "number": number,
    "number-drawing": number,
    DRAWN: drawn,
}
