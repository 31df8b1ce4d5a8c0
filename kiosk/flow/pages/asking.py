"""The door 问: questions and their answers."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.groups import opened_group
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.parts import list_of_services, way
from kiosk.flow.sitting import Sitting, World
from kiosk.text import Text


def ask(sitting: Sitting, world: World) -> Page:
    """Services, then their questions, then an answer."""
    _, _, rest = sitting.place.partition(":")
    chosen, _, number = rest.partition(":")
    if not chosen or opened_group(sitting.place):
        return list_of_services(world, sitting.place)
    texts, service = world.texts, world.services[chosen]
    body: tuple[Text, ...]
    choices: tuple[Choice, ...]
    if number:
        entry = service.faq[int(number)]
        heading, body = entry.ask.text(), (entry.answer.text(),)
        choices = (way(texts, "common.ok"), way(texts, "doors.do_now", "do"))
        help_text = texts["doors.answer_help"]
    else:
        heading, body = texts["doors.ask_which"], ()
        choices = tuple(Choice(str(n), entry.ask.text(), Role.DOOR) for n, entry in enumerate(service.faq))
        help_text = texts["doors.list_help"]
    banner = service.title.text()
    return Page(sitting.place, PageKind.CHOICE, heading, body, choices, banner=banner, help=(help_text,))


PAGES: dict[str, Callable[[Sitting, World], Page]] = {"ask": ask}
