"""The door 问: words to choose, a question to type, what may have been meant, and the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.answers import Hit
from kiosk.flow.asking import LONGEST, Spot, hit_id, spot
from kiosk.flow.page import ENTER, Choice, Entry, Keyboard, Page, PageKind, Role
from kiosk.flow.pages.guide import can_do_here, guide_lines, last_check, what_to_bring
from kiosk.flow.pages.parts import call_person, house_page, list_of_services, way
from kiosk.flow.sitting import Sitting, World
from kiosk.services.model import Service
from kiosk.text import Text


def ask(sitting: Sitting, world: World) -> Page:
    """The ways to ask; or what a service says."""
    if at := spot(sitting.place, world):
        return _about(sitting, at, world)
    ways = ("ask-words", "ask-type", "ask-list") if world.topics else ("ask-type", "ask-list")
    return house_page(world, "ask", "ask", (*_ways(world, *ways), call_person(world.texts)))


def words(sitting: Sitting, world: World) -> Page:
    """Words to choose, then what each is about."""
    if at := spot(sitting.place, world):
        return _about(sitting, at, world)
    _, _, chosen = sitting.place.partition(":")
    for topic in world.topics:
        if topic.id == chosen:
            below = tuple(
                Choice(service, world.services[service].title.text(), Role.DOOR) for service in topic.services
            )
            heading = world.texts.text("ask.which", word=topic.word.as_written())
            return house_page(world, sitting.place, "ask-words", below, heading=heading)
    choices = tuple(Choice(topic.id, topic.word, Role.DOOR) for topic in world.topics)
    return house_page(world, sitting.place, "ask-words", choices)


def services(sitting: Sitting, world: World) -> Page:
    """All services, as at the other doors."""
    page = list_of_services(world, sitting.place.replace("ask-list", "ask", 1))
    return replace(page, id=sitting.place)


def typed(sitting: Sitting, world: World) -> Page:
    """A question in one's own words."""
    texts, refused = world.texts, sitting.refused
    page = house_page(
        world,
        sitting.place,
        "ask-type",
        (way(texts, "common.go", ENTER),),
        *(() if refused else (texts["ask-type.body"],)),
        kind=PageKind.ENTRY,
        error=texts[refused.key] if refused else None,
    )
    return replace(page, entry=Entry(Keyboard.TEXT, sitting.question, LONGEST))


def found(sitting: Sitting, world: World) -> Page:
    """What the question may have meant; or that nothing is written about it. A person is always offered."""
    texts, hits = world.texts, sitting.answers.hits
    if not hits:
        again = (way(texts, "ask.again", "again"), *_ways(world, "ask-list"), call_person(texts))
        nothing = texts["ask-found.nothing"]
        return house_page(
            world, sitting.place, "ask-found", again, texts["ask-found.honest"], heading=nothing
        )
    none_of_these = way(texts, "ask-found.none", "person")
    choices = (*(_hit(hit, world) for hit in hits), none_of_these)
    return house_page(world, sitting.place, "ask-found", choices, texts["ask-found.unsure"])


def _ways(world: World, *places: str) -> tuple[Choice, ...]:
    return tuple(Choice(place, world.texts[f"{place}.way"], Role.DOOR) for place in places)


def _hit(hit: Hit, world: World) -> Choice:
    """A question with the service it belongs to, or a service."""
    if hit.faq is None:
        return Choice(hit_id(hit), hit.title, Role.DOOR)
    asked = world.services[hit.service].faq[hit.faq].ask.text()
    return Choice(hit_id(hit), asked, Role.DOOR, hit.title.as_written())


def _about(sitting: Sitting, at: Spot, world: World) -> Page:
    """What is open of a service."""
    service = world.services[at.service]
    if at.guide:
        return _guide(sitting, service, world)
    if at.faq is not None:
        entry = service.faq[at.faq]
        return _answer(sitting, service, entry.ask.text(), (entry.answer.text(),), world)
    if sitting.place.startswith("ask-answer"):
        return _answer(sitting, service, service.title.text(), _in_short(service, world), world)
    questions = tuple(Choice(str(n), entry.ask.text(), Role.DOOR) for n, entry in enumerate(service.faq))
    choices = (*questions, way(world.texts, "ask.guide", "guide"))
    return _page(sitting, service, world.texts["doors.ask_which"], (), choices, "doors.list_help", world)


def _answer(sitting: Sitting, service: Service, asked: Text, lines: tuple[Text, ...], world: World) -> Page:
    """The words of the service file, and where they come from."""
    texts, searched = world.texts, sitting.place.startswith("ask-answer")
    ways = (way(texts, "doors.do_now", "do"), way(texts, "ask.guide", "guide"))
    choices: tuple[Choice, ...]
    if searched:
        choices = (*ways, way(texts, "ask.again", "again"), way(texts, "ask.not_meant", "person"))
    else:
        choices = (way(texts, "common.ok"), *ways)
    body = (*lines, *_source(service, world))
    return _page(sitting, service, asked, body, choices, "doors.answer_help", world)


def _in_short(service: Service, world: World) -> tuple[Text, ...]:
    """For whom, what one gets, what to bring: the rest stands in the guide."""
    texts, guide = world.texts, service.guide
    return (
        texts.text("doors.who", words=guide.who.text()),
        texts.text("doors.get", words=guide.get.text()),
        *what_to_bring(service, world)[:1],
    )


def _source(service: Service, world: World) -> tuple[Text, ...]:
    """Which service says so, who answers for it, the law, and who last read it through."""
    title = service.title.text().as_written()
    return (
        world.texts.text("ask.source", title=title, owner=service.owner),
        *(world.texts.text("doors.basis", words=basis.law.text()) for basis in service.guide.basis),
        last_check(service, world),
    )


def _guide(sitting: Sitting, service: Service, world: World) -> Page:
    """The guide of the door 看, one step below the answer."""
    texts = world.texts
    lines = (*can_do_here(service, world), *what_to_bring(service, world), *guide_lines(service, world))
    choices = (way(texts, "doors.do_now", "do"), way(texts, "common.ok"))
    return _page(sitting, service, service.title.text(), lines, choices, "doors.guide_help", world)


def _page(
    sitting: Sitting,
    service: Service,
    heading: Text,
    body: tuple[Text, ...],
    choices: tuple[Choice, ...],
    helped_by: str,
    world: World,
) -> Page:
    banner, page_help = service.title.text(), (world.texts[helped_by],)
    return Page(sitting.place, PageKind.CHOICE, heading, body, choices, banner=banner, help=page_help)


PAGES: dict[str, Callable[[Sitting, World], Page]] = {
    "ask": ask,
    "ask-words": words,
    "ask-list": services,
    "ask-type": typed,
    "ask-found": found,
    "ask-answer": ask,
}
