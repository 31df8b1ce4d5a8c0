"""Pages of the house: language, welcome, card, home, draft, receipt, goodbye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.beside import helps
from kiosk.flow.entitlement import needed_materials
from kiosk.flow.fields.dates import date_text
from kiosk.flow.notices import told_on
from kiosk.flow.numbering import call_words
from kiosk.flow.page import GUARD_SECONDS, Choice, Page, PageKind, Role
from kiosk.flow.pages.cards import card_error, card_trouble, person_offered, surname_on
from kiosk.flow.pages.guide import in_sentences
from kiosk.flow.pages.parts import call_person, house_page, join, spelled, way
from kiosk.flow.pages.threshold import threshold
from kiosk.flow.pages.waiting import number_offered
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import Slot
from kiosk.text import EMPTY, Catalogue, Text, same


def language(sitting: Sitting, world: World) -> Page:
    """The page at rest."""
    page = threshold(world.texts, world.centre, card_left=bool(sitting.card_left), demo=False)
    if sitting.called is not None and sitting.called.label:
        page = replace(page, body=(call_words(world.texts, sitting.called.label, sitting.called.window),))
    return page if page.error else replace(page, error=card_trouble(sitting, world))


def welcome(sitting: Sitting, world: World) -> Page:
    """What the centre has to tell, who is speaking, and that there is no hurry (K33, K38)."""
    texts = world.texts
    body = (*told_on(world.today, world.notices), texts["welcome.body"], texts["welcome.settings"])
    trouble = card_trouble(sitting, world)
    ways = (way(texts, "welcome.go"), *number_offered(world))
    return house_page(world, "welcome", "welcome", ways, *body, error=trouble)


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
    changed = any(case.changes for case in sitting.cases)
    replied = "home.replied" if sitting.replied else ""
    key = "home.changed" if changed else "home.missing" if missing else replied
    news = {"query": texts[key]} if key else {}
    choices = tuple(Choice(door, texts[f"home.{door}"], Role.DOOR, news.get(door, EMPTY)) for door in doors)
    return house_page(world, "home", "home", choices, *_greeting(sitting, texts), at_once=5)


def _greeting(sitting: Sitting, texts: Catalogue) -> tuple[Text, ...]:
    """By the family name, whatever script it is in; without it where it has a sign that cannot be drawn.

    The page stands there for long, and the hall reads it, too; nobody is called by name aloud.
    """
    if sitting.helped is not None:
        name = surname_on(sitting.helped, texts)
        return (texts.text("home.helping", name=name),) if name else (texts["home.helping_somebody"],)
    if sitting.guarded:
        return (texts["home.own_card_again"],)
    if sitting.card is None:
        return ()
    name = surname_on(sitting.card, texts)
    by_card = texts["home.greeting_by_card"]
    return (replace(texts.text("home.greeting", name=name), said=by_card.shown) if name else by_card,)


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
        *((helps(sitting.beside, "beside.receipt", world),) if sitting.beside else ()),
    ]
    choices = (
        *((way(texts, "guide.print", "print"),) if world.printer else ()),
        *((way(texts, "receipt.rate", "rate"),) if _rated_now(sitting, world) else ()),
        way(texts, "common.back_home", "home"),
        way(texts, "common.leave", "leave"),
    )
    ticket = texts.text("receipt.ticket", ticket=handed_in.ticket)
    page = house_page(world, "receipt", "receipt", choices, *body, back=False, big=ticket)
    return replace(page, guard=GUARD_SECONDS)


def _rated_now(sitting: Sitting, world: World) -> bool:
    service = world.services.get(sitting.service)
    return service is None or "submitted" in service.rating.ask_when


def _to_bring(sitting: Sitting, world: World) -> tuple[Text, ...]:
    if not sitting.service:
        return ()
    service = world.services[sitting.service]
    needed = needed_materials(service, sitting.path(world))
    papers = [material.text() for material in service.material if material.id in needed]
    sentences = (join(world.texts, some) for some in in_sentences(papers))
    return tuple(world.texts.text("receipt.bring", words=words) for words in sentences)


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
