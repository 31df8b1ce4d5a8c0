"""Pages of the house: language, welcome, card, home, draft, receipt, goodbye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.entitlement import needed_materials
from kiosk.flow.fields.dates import date_text
from kiosk.flow.notices import told_on
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.cards import card_error, card_trouble, name_on, person_offered
from kiosk.flow.pages.parts import call_person, house_page, join, spelled, way
from kiosk.flow.pages.threshold import threshold
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import Slot
from kiosk.text import EMPTY, Catalogue, Text, same


def language(sitting: Sitting, world: World) -> Page:
    """The page at rest."""
    page = threshold(world.texts, world.centre, card_left=bool(sitting.card_left), demo=False)
    return page if page.error else replace(page, error=card_trouble(sitting, world))


def welcome(sitting: Sitting, world: World) -> Page:
    """What the centre has to tell, who is speaking, and that there is no hurry (K33, K38)."""
    texts = world.texts
    body = (*told_on(world.today, world.notices), texts["welcome.body"], texts["welcome.settings"])
    trouble = card_trouble(sitting, world)
    return house_page(world, "welcome", "welcome", (way(texts, "welcome.go"),), *body, error=trouble)


def card_left(sitting: Sitting, world: World) -> Page:
    """The last person's card still lies there: the next one begins when it is gone (K34)."""
    texts = world.texts
    error, body = texts["card.take_card_first"], texts["card_left.body"]
    return house_page(
        world, "card-left", "card_left", (call_person(texts),), body, kind=PageKind.CARD, error=error
    )


def card(sitting: Sitting, world: World) -> Page:
    """Waits for a card; other ways on are always there (K34)."""
    texts = world.texts
    choices = (way(texts, "card.without", "without"), *person_offered(sitting, world))
    body = texts["card.body" if sitting.member is None else "card.member_body"]
    return house_page(
        world, "card", "card", choices, body, kind=PageKind.CARD, error=card_error(sitting, world)
    )


def home(sitting: Sitting, world: World) -> Page:
    """The five doors. Who they are for is said only where nobody else's card was laid since."""
    texts = world.texts
    doors = ("do", "look", "ask", "query", "rate")
    missing = any(case.missing.shown for case in sitting.cases)
    news = {"query": texts["home.missing"]} if missing else {}
    choices = tuple(Choice(door, texts[f"home.{door}"], Role.DOOR, news.get(door, EMPTY)) for door in doors)
    return house_page(world, "home", "home", choices, *_greeting(sitting, texts), at_once=5)


def _greeting(sitting: Sitting, texts: Catalogue) -> tuple[Text, ...]:
    """By name, whatever script it is in; without it where it has a sign that cannot be drawn."""
    if sitting.helped is not None:
        name = name_on(sitting.helped, texts)
        return (texts.text("home.helping", name=name),) if name else (texts["home.helping_somebody"],)
    if sitting.guarded:
        return (texts["home.own_card_again"],)
    if sitting.card is None:
        return ()
    name = name_on(sitting.card, texts)
    return (texts.text("home.greeting", name=name) if name else texts["home.greeting_by_card"],)


def draft(sitting: Sitting, world: World) -> Page:
    """An unfinished application of the person whose card was laid."""
    texts = world.texts
    kept = sitting.draft
    title = world.services[kept.service].title.text() if kept and kept.service in world.services else same("")
    choices = tuple(way(texts, f"draft.{name}", name) for name in ("resume", "discard", "later"))
    heading = texts.text("draft.heading", title=title.as_written())
    return house_page(world, "draft", "draft", choices, texts["draft.body"], heading=heading)


def keep(sitting: Sitting, world: World) -> Page:
    """May an unfinished application be kept?"""
    texts = world.texts
    choices = (way(texts, "keep.yes", "yes", Role.ANSWER), way(texts, "keep.no", "no", Role.ANSWER))
    return house_page(world, "keep", "keep", choices, texts["keep.body"], focus="no")


def pause(sitting: Sitting, world: World) -> Page:
    """Back from the first page of an application."""
    texts = world.texts
    body = texts["pause.kept" if sitting.keep else "pause.dropped"]
    choices = (way(texts, "pause.stay", "stay"), way(texts, "pause.leave", "leave"))
    return house_page(world, "pause", "pause", choices, body)


def receipt(sitting: Sitting, world: World) -> Page:
    """Number, what happens next, by when, whom to ask (K36)."""
    texts, handed_in = world.texts, sitting.receipt
    assert handed_in is not None
    body = [
        *((texts["receipt.card"],) if sitting.card_lying else ()),
        texts["receipt.next"],
        texts.text("receipt.by", date=date_text(handed_in.due)),
        texts.text("receipt.ask", phone=spelled(texts, world.phone)),
        *_to_bring(sitting, world),
        texts.text("receipt.number", number=handed_in.number),
    ]
    choices = (
        *((way(texts, "guide.print", "print"),) if world.printer else ()),
        *((way(texts, "receipt.rate", "rate"),) if _rated_now(sitting, world) else ()),
        way(texts, "common.back_home", "home"),
        way(texts, "common.leave", "leave"),
    )
    ticket = texts.text("receipt.ticket", ticket=handed_in.ticket)
    return house_page(
        world, "receipt", "receipt", choices, *body, back=False, big=ticket, kind=PageKind.CHOICE
    )


def _rated_now(sitting: Sitting, world: World) -> bool:
    service = world.services.get(sitting.service)
    return service is None or "submitted" in service.rating.ask_when


def _to_bring(sitting: Sitting, world: World) -> tuple[Text, ...]:
    if not sitting.service:
        return ()
    service = world.services[sitting.service]
    needed = needed_materials(service, sitting.path(world))
    papers = [material.text() for material in service.material if material.id in needed]
    return (world.texts.text("receipt.bring", words=join(world.texts, papers)),) if papers else ()


def leave(sitting: Sitting, world: World) -> Page:
    """Asked when Back is pressed at home."""
    texts = world.texts
    choices = (way(texts, "leave.leave", "leave"), way(texts, "leave.stay", "stay"))
    return house_page(world, "leave", "leave", choices, texts["leave.body"], focus="stay")


def goodbye(sitting: Sitting, world: World) -> Page:
    """Stays until the card is taken; what is wanted of the person comes before everything else (K34)."""
    texts, forgotten = world.texts, bool(sitting.card_lying)
    alarm = texts["goodbye.card" if sitting.card_lying is Slot.IDENTITY else "goodbye.cards"]
    choices = (way(texts, "goodbye.done", "done"),)
    return house_page(
        world,
        "goodbye",
        "goodbye",
        choices,
        texts["goodbye.wiped"],
        heading=texts["goodbye.take_it"] if forgotten else None,
        back=False,
        error=alarm if forgotten else None,
    )


PAGES: dict[str, Callable[[Sitting, World], Page]] = {
    "language": language,
    "welcome": welcome,
    "card-left": card_left,
    "card": card,
    "home": home,
    "draft": draft,
    "keep": keep,
    "pause": pause,
    "receipt": receipt,
    "leave": leave,
    "goodbye": goodbye,
}
