"""Every shipped service, walked to its last corner: nothing in it is for nobody, and every page speaks."""

from __future__ import annotations

import json

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from kiosk.services.check.promises import MOST_PAGES, MOST_TYPED
from kiosk.services.model import Service
from kiosk.services.paths import Walkthrough, every_walk, shortest_way, survey, targets, walkthrough
from kiosk.services.question import CARD_FIELDS, FieldKind
from kiosk.text import LANGUAGES
from tests.flow.residents import SERVICES, TODAY, WORLD, every_journey
from voice.privacy import Output
from voice.script import Reading, script

EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))


@EVERY_SERVICE
def test_each_part_is_for_somebody(service: Service) -> None:
    """Each question, option, stop, consent, refusal, paper, amount, note and pre-check is reached."""
    found = survey(service, TODAY)
    assert found.whole
    together = {target for walk in found.covering for target in [("end", walk.end)]}
    assert [target for target in targets(service) if target not in found.reached] == []
    assert ("end", "submit") in together


@EVERY_SERVICE
def test_each_way_ends_where_something_can_be_done(service: Service) -> None:
    ends = {"submit", *(stop.id for stop in service.stop)}
    for walk in every_walk(service, TODAY, most=150):
        assert walk.end in ends, walk.asked
    assert {walk.end for walk in survey(service, TODAY).covering} <= ends | {"refused"}


@EVERY_SERVICE
def test_the_shortest_way_is_short(service: Service) -> None:
    """K02: with the own card read at most nine question pages, three of them typed."""
    pages, typed = shortest_way(service, survey(service, TODAY).ends) or (99, 99)
    assert pages <= MOST_PAGES and typed <= MOST_TYPED


@EVERY_SERVICE
def test_it_is_as_short_as_it_is_walked_with_a_card(service: Service) -> None:
    """K02: counted anew, page by page, on the way of people who lay their own card on the reader."""
    own = [walk for walk in survey(service, TODAY).ends if walk.end == "submit" and walk.path.for_self]
    walked = [walkthrough(service, walk.answers, TODAY, card=card_of(service, walk)) for walk in own]
    assert all(walk.end == "submit" for walk in walked)
    assert min((len(walk.asked) for walk in walked), default=0) == (shortest_way(service, own) or (0, 0))[0]


def card_of(service: Service, walk: Walkthrough) -> dict[str, str]:
    """A card that says what this person would have typed."""
    card = {}
    for question in service.question:
        value = walk.answers.get(question.id)
        if question.from_card and value:
            held = json.loads(value)[2] if question.type is FieldKind.ADDRESS else value
            card[CARD_FIELDS[question.type]] = held
    return card


@pytest.mark.proves("WCAG 3.1.1", "EN 5.1.3.14")
@EVERY_SERVICE
def test_every_page_says_what_it_shows_in_both_languages(service: Service) -> None:
    """K03, K04: no page is silent, and none is in the other language."""
    words = load_catalogue("voice")
    pages = {page.id: page for journey in every_journey(service.id) for page in map(page_now, journey.pages)}
    assert len(pages) >= len(service.question) + len(service.stop)
    for page in pages.values():
        for language in LANGUAGES:
            said = script(page, Reading(language, Output.LOUDSPEAKER, words))
            places = {sentence.place for sentence in said}
            assert page.heading.show(language) and "heading" in places, page.id
            assert {choice.id for choice in page.choices} <= places, (page.id, places)
            assert language in page.heading.shown, page.id
            assert page.help, page.id


def page_now(sitting: Sitting) -> Page:
    return page_of(sitting, WORLD)
