"""All that can be said the same to everybody at this centre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.flow.moves import Move
    from kiosk.flow.page import Page
    from kiosk.flow.sitting import Sitting, World
    from kiosk.text import Text
    from voice.privacy import Output

_MOST_PAGES = 5000
"""Of the house, so that it comes to an end whatever the services are."""


def sentences(world: World, language: str, output: Output) -> tuple[str, ...]:
    """As an engine gets them, each once."""
    from kiosk.catalogue import load_catalogue
    from voice.prepare import Wordings, fixed_sentences
    from voice.script import Reading

    own = load_catalogue("voice")
    texts = [*world.texts.values(), *own.values()]
    told = [text for service in world.services.values() for text in _texts_in(service)]
    told += [*world.groups.values(), world.centre, *(notice.text for notice in world.notices)]
    fillings = {
        world.centre.say(language),
        world.phone,
        *(s.title.text().say(language) for s in world.services.values()),
    }
    wordings = Wordings((*texts, *told), fillings, language)
    pages = [*_house(world), *_services(world)]
    return fixed_sentences(pages, texts, wordings, Reading(language, output, own))


def _services(world: World) -> Iterator[Page]:
    """Every page of every service, once for each look of it."""
    from kiosk.services.paths import survey
    from kiosk.services.preview import ways

    for service in world.services.values():
        for way in ways(service, world, survey(service, world.today).covering):
            yield from way.pages


def _house(world: World) -> Iterator[Page]:
    """What can be come to by choosing, without a card and outside an application."""
    from kiosk.flow.moves import Back, Choose
    from kiosk.flow.pages.now import page_of
    from kiosk.flow.sitting import Sitting
    from kiosk.flow.turn import turn

    waiting, seen = [Sitting()], set[tuple[str, str]]()
    while waiting and len(seen) < _MOST_PAGES:
        here = waiting.pop()
        if (here.place, here.overlay) in seen or _in_an_application(here):
            continue
        seen.add((here.place, here.overlay))
        page = page_of(here, world)
        yield page
        ways: list[Move] = [Back(), *(Choose(choice.id) for choice in page.choices)]
        waiting += [turn(here, way, world).sitting for way in ways]


def _in_an_application(sitting: Sitting) -> bool:
    from kiosk.flow.path import StepKind

    return sitting.place.partition(":")[0] in set(StepKind)


def _texts_in(part: Any) -> Iterator[Text]:
    """All texts of a service, however deep: wherever there are words in every language."""
    from pydantic import BaseModel

    from kiosk.services.wording import Wording

    if isinstance(part, BaseModel):
        words: dict[str, Any] = {name: getattr(part, name, None) for name in Wording.model_fields}
        if words["zh"] and words["en"]:
            yield Wording(**words).text()
        for name in type(part).model_fields:
            yield from _texts_in(getattr(part, name))
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _texts_in(one)
    elif isinstance(part, dict):
        for one in part.values():
            yield from _texts_in(one)
