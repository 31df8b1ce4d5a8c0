"""The doors: what can be done (办), how (看), questions (问), progress (查)."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.fields.dates import date_text
from kiosk.flow.moves import CaseLine
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.parts import call_person, house_page, join, way
from kiosk.flow.sitting import Sitting, World
from kiosk.services.model import Service
from kiosk.text import Text


def _list_of_services(world: World, place: str) -> Page:
    choices = tuple(
        Choice(service.id, service.title.text(), Role.DOOR) for service in world.services.values()
    )
    body = () if choices else (world.texts["home.nothing"],)
    choices = choices or (call_person(world.texts),)
    page_help = world.texts["doors.list_help"]
    heading = world.texts[f"doors.{place}_heading"]
    return Page(place, PageKind.CHOICE, heading, body, choices, banner=world.centre, help=(page_help,))


def do(sitting: Sitting, world: World) -> Page:
    """Which service?"""
    return _list_of_services(world, "do")


def look(sitting: Sitting, world: World) -> Page:
    """The guide of a service, or the list of them."""
    _, _, chosen = sitting.place.partition(":")
    if not chosen:
        return _list_of_services(world, "look")
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


def ask(sitting: Sitting, world: World) -> Page:
    """Services, then their questions, then an answer."""
    _, _, rest = sitting.place.partition(":")
    chosen, _, number = rest.partition(":")
    if not chosen:
        return _list_of_services(world, "ask")
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


def query(sitting: Sitting, world: World) -> Page:
    """The person's own cases, and one of them."""
    _, _, number = sitting.place.partition(":")
    texts = world.texts
    if number:
        case = sitting.cases[int(number)]
        choices = (way(texts, "common.ok"),)
        return house_page(
            world, sitting.place, "query", choices, *_progress(case, world), heading=_case_title(case, world)
        )
    if not sitting.cases:
        return house_page(world, "query", "query", (way(texts, "common.back_home"),), texts["query.none"])
    cases = tuple(
        Choice(str(n), _case_title(case, world), Role.DOOR, case.stage)
        for n, case in enumerate(sitting.cases)
    )
    return house_page(world, "query", "query", cases)


def _case_title(case: CaseLine, world: World) -> Text:
    return world.texts.text("query.line", title=case.title, ticket=case.ticket)


def _progress(case: CaseLine, world: World) -> tuple[Text, ...]:
    texts = world.texts
    lines = [texts.text("query.stage", stage=case.stage)]
    if case.missing.shown:
        lines.append(texts.text("query.missing", words=case.missing))
    if case.result.shown:
        lines.append(texts.text("query.result", words=case.result))
    if case.due is not None and not case.result.shown:
        lines.append(texts.text("query.due", date=date_text(case.due)))
    lines.append(texts.text("query.number", number=case.number))
    return tuple(lines)


def query_card(sitting: Sitting, world: World) -> Page:
    """Progress is shown to the owner of the card only."""
    texts = world.texts
    trouble = texts[sitting.card_trouble] if sitting.card_trouble else None
    return house_page(
        world,
        "query-card",
        "query",
        (way(texts, "common.back_home"),),
        texts["query.need_card_body"],
        heading=texts["query.need_card"],
        kind=PageKind.CARD,
        error=trouble,
    )


PAGES: dict[str, Callable[[Sitting, World], Page]] = {
    "do": do,
    "look": look,
    "ask": ask,
    "query": query,
    "query-card": query_card,
}
