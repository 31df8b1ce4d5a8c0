"""The doors 办 and 看: what there is, the guide of a service, and its paper to take home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.page import Choice, Page, PageKind
from kiosk.flow.pages.guide import can_do_here, for_whom, grounds, terms, what_to_bring
from kiosk.flow.pages.parts import house_page, list_of_services, way
from kiosk.flow.pages.waiting import number_offered
from kiosk.flow.shelf import open_guide
from kiosk.flow.sitting import Sitting, World


def do(sitting: Sitting, world: World) -> Page:
    """Which service? Where people are called by number, that is offered before them: nobody has to turn
    the page for it. Whoever presses Enter alone still comes to a service."""
    page = list_of_services(world, sitting.place)
    if sitting.place != "do" or not (offered := number_offered(world)):
        return page
    return replace(page, choices=(*offered, *page.choices), focus=page.choices[0].id)


def look(sitting: Sitting, world: World) -> Page:
    """The guide of a service, or the list of them.

    The guide is three short pages: whether it can be done here, with what and by whom; what comes of it;
    the law and who answers for it (K24).
    """
    chosen, part = open_guide(sitting.place, world)
    if not chosen:
        return list_of_services(world, sitting.place)
    texts, service = world.texts, world.services[chosen]
    ask = way(texts, "doors.ask_about", "ask")
    following: tuple[Choice, ...]
    match part:
        case "terms":
            lines, following = terms(service, world), (way(texts, "guide.to_grounds", "grounds"),)
        case "grounds":
            lines, following = grounds(service, world), (ask,)
        case _:
            lines = (*can_do_here(service, world), *what_to_bring(service, world), for_whom(service, world))
            following = (way(texts, "guide.to_terms", "terms"), ask)
    at_home = (way(texts, "guide.print", "print"),) if world.printer else ()
    return Page(
        sitting.place,
        PageKind.CHOICE,
        service.title.text(),
        lines,
        (way(texts, "doors.do_now", "do"), *following, *at_home),
        focus=following[0].id,
        banner=world.centre,
        help=(texts["doors.guide_help"],),
    )


def printed(sitting: Sitting, world: World) -> Page:
    """Where the paper is."""
    texts = world.texts
    ways = (way(texts, "printed.back"), way(texts, "common.leave", "leave"))
    return house_page(world, sitting.place, "printed", ways, texts["printed.body"])


def printing(sitting: Sitting, world: World) -> Page:
    """It takes a few seconds; nobody has to stand and wait."""
    ways = (way(world.texts, "printed.back"),)
    return house_page(world, sitting.place, "printing", ways, world.texts["printing.body"])


PAGES: dict[str, Callable[[Sitting, World], Page]] = {
    "do": do,
    "look": look,
    "printing": printing,
    "printed": printed,
}
