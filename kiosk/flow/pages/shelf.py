"""The doors 办 and 看: what there is, the guide of a service, and its paper to take home."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.page import Page, PageKind
from kiosk.flow.pages.guide import can_do_here, guide_lines, what_to_bring
from kiosk.flow.pages.parts import house_page, list_of_services, way
from kiosk.flow.sitting import Sitting, World


def do(sitting: Sitting, world: World) -> Page:
    """Which service?"""
    return list_of_services(world, sitting.place)


def look(sitting: Sitting, world: World) -> Page:
    """The guide of a service, or the list of them."""
    _, _, chosen = sitting.place.partition(":")
    if chosen not in world.services:
        return list_of_services(world, sitting.place)
    texts, service = world.texts, world.services[chosen]
    at_home = (way(texts, "guide.print", "print"),) if world.printer else ()
    lines = (*can_do_here(service, world), *what_to_bring(service, world), *guide_lines(service, world))
    return Page(
        sitting.place,
        PageKind.CHOICE,
        service.title.text(),
        lines,
        (way(texts, "doors.do_now", "do"), way(texts, "doors.ask_about", "ask"), *at_home),
        banner=world.centre,
        help=(texts["doors.guide_help"],),
    )


def printed(sitting: Sitting, world: World) -> Page:
    """Where the paper is."""
    texts = world.texts
    ways = (way(texts, "printed.back"), way(texts, "common.leave", "leave"))
    return house_page(world, sitting.place, "printed", ways, texts["printed.body"])


PAGES: dict[str, Callable[[Sitting, World], Page]] = {"do": do, "look": look, "printed": printed}
