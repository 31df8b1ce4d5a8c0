"""Small pieces that pages are made of."""

from __future__ import annotations

import re

from kiosk.flow.groups import FEW, MARK, grouped, opened_group, shelves
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.sitting import World
from kiosk.services.model import Service
from kiosk.text import EMPTY, Catalogue, Text

_KEPT_IN_MIND = 24
"""Han characters of a list that is said in one breath."""

_BRACKETS = re.compile(r"\s*(（[^）]*）|\([^)]*\))")
"""What is said of a paper beside its name."""


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

    A loudspeaker shortens long rows of digits, as they could be somebody's; this one is the centre's, or its
    owner wants it so. An X may end it, as it ends some identity numbers.
    """
    digits = texts["common.digits"]
    groups = [group for group in re.split(r"[^0-9X]+", number) if group]
    said = {}
    for language in digits.shown:
        words = [*digits.show(language).split(), "X"]
        between, pause = ("", "，") if language == "zh" else (" ", ", ")
        said[language] = pause.join(
            between.join(words["0123456789X".index(sign)] for sign in group) for group in groups
        )
    return Text(dict.fromkeys(digits.shown, number), said)


def list_of_services(world: World, place: str) -> Page:
    """What a door leads to: the services, or their groups first where there are many (K37).

    `place` is a door (`"look"`), or one of its groups (`"look:@elderly"`).
    """
    door, group, texts = place.partition(":")[0], opened_group(place), world.texts
    shown = shelves(world)
    heading = texts[f"doors.{door}_heading"]
    if group in shown:
        entries = [_service(one, door, world) for one in shown[group]]
        heading = texts.text(f"doors.{door}_in", group=_group_name(group, world).as_written())
    elif grouped(world):
        entries = [
            _service(services[0], door, world) if len(services) == 1 else _group(name, services, world)
            for name, services in shown.items()
        ]
        heading = texts[f"doors.{door}_groups"]
    else:
        entries = [_service(one, door, world) for one in world.services.values()]
    body = () if entries else (texts["home.nothing"],)
    choices = tuple(entries) or (call_person(texts),)
    page_help = (texts["doors.list_help"],)
    return Page(place, PageKind.CHOICE, heading, body, choices, banner=world.centre, help=page_help)


def _group_name(group: str, world: World) -> Text:
    return world.groups.get(group) or world.texts["doors.other_group"]


def _group(group: str, services: tuple[Service, ...], world: World) -> Choice:
    """A group, with what is in it: whether this kiosk does it is told before it is opened."""
    titles = join(world.texts, [service.title.text().as_written() for service in services[:FEW]])
    return Choice(f"{MARK}{group}", _group_name(group, world), Role.DOOR, titles)


def _service(service: Service, door: str, world: World) -> Choice:
    """A service, with what to bring for it where one is about to begin (K37)."""
    detail = EMPTY if door == "ask" else to_bring(service, world.texts)
    return Choice(service.id, service.title.text(), Role.DOOR, detail)


def in_short(paper: Text) -> Text:
    """Its name without what is said of it in brackets; the guide says all of it."""
    return Text({language: _BRACKETS.sub("", words) for language, words in paper.shown.items()})


def to_bring(service: Service, texts: Catalogue) -> Text:
    """What to bring, in one line: what everybody needs, as much of it as one can keep in mind."""
    always = [in_short(material.text()) for material in service.material if material.need_if is None]
    papers = always or [in_short(material.text()) for material in service.material]
    named = papers[:1]
    for paper in papers[1:]:
        if sum(len(one.show("zh")) for one in (*named, paper)) <= _KEPT_IN_MIND:
            named.append(paper)
    if not named:
        return texts["doors.bring_nothing"]
    words = join(texts, named)
    if not always:
        return texts.text("doors.bring_if", words=words)
    if len(named) < len(service.material):
        return texts.text("doors.bring_least", words=words)
    return texts.text("doors.bring_short", words=words)
