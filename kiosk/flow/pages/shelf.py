"""The doors 办 and 看: what there is, and the guide of a service."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.page import Page, PageKind
from kiosk.flow.pages.parts import join, list_of_services, way
from kiosk.flow.sitting import Sitting, World
from kiosk.services.model import Service
from kiosk.text import Text


def do(sitting: Sitting, world: World) -> Page:
    """Which service?"""
    return list_of_services(world, "do")


def look(sitting: Sitting, world: World) -> Page:
    """The guide of a service, or the list of them."""
    _, _, chosen = sitting.place.partition(":")
    if not chosen:
        return list_of_services(world, "look")
    texts, service = world.texts, world.services[chosen]
    choices = (way(texts, "doors.do_now", "do"), way(texts, "doors.ask_about", "ask"))
    return Page(
        sitting.place,
        PageKind.CHOICE,
        service.title.text(),
        _guide(service, world),
        choices,
        banner=world.centre,
        help=(texts["doors.guide_help"],),
    )


def _guide(service: Service, world: World) -> tuple[Text, ...]:
    texts, guide = world.texts, service.guide
    papers = [material.text() for material in service.material]
    lines = [
        texts.text("doors.who", words=guide.who.text()),
        texts.text("doors.get", words=guide.get.text()),
        texts.text("doors.fee", words=guide.fee.text()),
        *([texts.text("doors.bring", words=join(texts, papers))] if papers else []),
        texts.text("doors.how_long", days=service.handling.promised_workdays),
        *(texts.text("doors.basis", words=basis.law.text()) for basis in guide.basis),
        texts.text("doors.owner", words=service.owner),
    ]
    return tuple(lines)


PAGES: dict[str, Callable[[Sitting, World], Page]] = {"do": do, "look": look}
