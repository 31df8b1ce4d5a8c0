"""Small pieces that pages are made of."""

from __future__ import annotations

import re

from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.sitting import World
from kiosk.text import EMPTY, Catalogue, Text


def way(texts: Catalogue, key: str, choice: str = "go", role: Role = Role.GO) -> Choice:
    """A way on, named by a catalogue key."""
    return Choice(choice, texts[key], role)


def call_person(texts: Catalogue) -> Choice:
    """The choice that calls somebody. Every page has the key for it; some offer it as a choice, too."""
    return Choice("person", texts["common.call"], Role.GO)


def house_page(
    world: World,
    place: str,
    group: str,
    choices: tuple[Choice, ...],
    *body: Text,
    heading: Text | None = None,
    focus: str | None = None,
    kind: PageKind = PageKind.CHOICE,
    back: bool = True,
    error: Text | None = None,
    big: Text = EMPTY,
    at_once: int = 4,
) -> Page:
    """A page of the house: heading and help of its catalogue group."""
    return Page(
        id=place,
        kind=kind,
        heading=heading or world.texts[f"{group}.heading"],
        body=body,
        choices=choices,
        focus=focus,
        banner=world.centre,
        help=(world.texts[f"{group}.help"],),
        back=back,
        error=error,
        big=big,
        at_once=at_once,
    )


def join(texts: Catalogue, parts: list[Text]) -> Text:
    """Several texts in one line."""
    joined = parts[0]
    for part in parts[1:]:
        joined = texts.text("doors.bring_join", first=joined, second=part)
    return joined


def spelled(texts: Catalogue, number: str) -> Text:
    """A number for everyone to hear in full: digits as words, with a pause between its groups.

    A loudspeaker shortens long rows of digits, as they could be somebody's; this one is the centre's.
    """
    digits = texts["common.digits"]
    groups = [group for group in re.split(r"[^0-9]+", number) if group]
    said = {
        language: ", ".join(" ".join(words[int(digit)] for digit in group) for group in groups)
        for language, words in ((code, digits.show(code).split()) for code in digits.shown)
    }
    return Text(dict.fromkeys(digits.shown, number), said)


def list_of_services(world: World, place: str) -> Page:
    """The services by name, one a choice."""
    choices = tuple(
        Choice(service.id, service.title.text(), Role.DOOR) for service in world.services.values()
    )
    body = () if choices else (world.texts["home.nothing"],)
    choices = choices or (call_person(world.texts),)
    page_help = world.texts["doors.list_help"]
    heading = world.texts[f"doors.{place}_heading"]
    return Page(place, PageKind.CHOICE, heading, body, choices, banner=world.centre, help=(page_help,))
