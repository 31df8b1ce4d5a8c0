"""What somebody comes for besides applying: to read, to ask, to look up, to rate, to set and to practise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.catalogue import load_catalogue
from kiosk.services.model import Service
from kiosk.services.paths import Walkthrough
from kiosk.text import Catalogue, Text
from tests.robots.habit import BACK, Habit, Press, Purpose, Wording, lasting
from tests.robots.purpose import application, purpose_with, way_to

HELP = Press("/")
PRACTISED = (*map(Press, ("5", "*", "+", "down", BACK)), HELP, HELP)
"""Keys that are tried; Help twice is the way out."""

Known = tuple[str, Habit]


class Errands:
    """By which words the pages of an errand are known in one language, and what is done there."""

    def __init__(self, language: str, wording: Wording) -> None:
        self._language, self._wording = language, wording
        self._texts: Catalogue = load_catalogue("resident")

    def _words(self, key: str) -> str:
        return self._wording(lasting(self._texts[key]))

    def _takes(self, page: str, *choices: str) -> Known:
        """On this page of the house, these one after the other; then back."""
        return self._words(page), Habit(in_turn=tuple(map(self._words, choices)))

    def _chooses(self, page: str, choice: str) -> Known:
        return self._words(page), Habit((self._words(choice),))

    def _for(self, known: list[Known], *doors: str | Press, card: bool = False) -> Purpose:
        return purpose_with(known, self._language, self._wording, doors=doors, card=card)

    def _once_to(self, service: Service, door: str) -> Iterator[Known]:
        for phrase, habit in way_to(service, self._wording, (door,)):
            yield phrase, replace(habit, once=True)

    def reads(self, service: Service) -> Purpose:
        """How it is done, page by page, and one question about it."""
        pages = ("guide.to_terms", "guide.to_grounds", "doors.ask_about")
        known = [
            *self._once_to(service, "look"),
            (self._wording(service.title.text()), Habit(in_turn=tuple(map(self._words, pages)))),
            *self._questions(service, most=1),
        ]
        return self._for(known, "home.look")

    def asks(self, service: Service, topic: Text) -> Purpose:
        """By a word, in their own words, and from the list."""
        asked = service.faq[0].ask.text()
        known = [
            *self._once_to(service, "ask"),
            self._takes("ask.heading", "ask-words.way", "ask-type.way", "ask-list.way"),
            (self._words("ask-words.heading"), Habit(in_turn=(self._wording(topic),))),
            (self._wording(self._texts.text("ask.which", word=topic.as_written())), self._opens(service)),
            (self._words("ask-found.heading"), Habit((self._wording(asked),), once=True)),
            *self._questions(service, most=len(service.faq), typed=asked.show(self._language)),
        ]
        return self._for(known, "home.ask")

    def _opens(self, service: Service) -> Habit:
        return Habit((self._wording(service.title.text()),), once=True)

    def _questions(self, service: Service, most: int, typed: str = "") -> Iterator[Known]:
        """Each is looked at once; one's own words are asked for by the same words as these."""
        asked = tuple(self._wording(entry.ask.text()) for entry in service.faq[:most])
        writes = (typed,) if typed else ()
        yield self._words("doors.ask_which"), Habit(in_turn=asked, writes=writes)
        for question in asked:
            yield question, Habit(in_turn=(Press(BACK),))

    def looks_up(self, service: Service) -> Purpose:
        """How far one's own matter is, with the card; a consent is taken back, and then the whole matter."""
        title = self._wording(service.title.text().as_written())
        known = [
            self._takes("query.heading", "query.mine"),
            (self._words("query_cases.heading"), Habit(in_turn=(title, title))),
            (title, Habit(in_turn=(self._words("query_case.consents"), self._words("query_case.withdraw")))),
            (self._words("query_consents.heading"), Habit((self._wording(service.consent[0].text()),))),
            self._chooses("query_consent.heading", "query_consent.yes"),
            self._chooses("query_withdraw.heading", "query_withdraw.yes"),
            self._chooses("query_done.consent_withdrawn_heading", "common.ok"),
            self._chooses("query_done.withdrawn_heading", "common.ok"),
        ]
        return self._for(known, "home.query", card=True)

    def looks_up_number(self, number: str) -> Purpose:
        """The same by the slip that was printed, without the card."""
        known = [
            self._takes("query.heading", "query.by_number"),
            (self._words("query_number.heading"), Habit(writes=(number,))),
            self._chooses("query_found.heading", "common.ok"),
        ]
        return self._for(known, "home.query")

    def lays_papers(self, service: Service, walk: Walkthrough) -> Purpose:
        """Applies, and lays what is asked for under the camera, one after the other."""
        known = [
            *application(service, walk, self._wording),
            self._chooses("papers.heading", "papers.yes"),
            self._chooses("papers_lay.heading", "papers_lay.take"),
            (self._words("papers_taking.heading"), Habit(waits=True)),
            self._chooses("papers_taken.heading", "papers_taken.go"),
        ]
        return self._for(known, "home.do")

    def sees_record(self, service: Service, walk: Walkthrough) -> Purpose:
        """What an office holds of them, by the door for it."""
        known = [
            self._chooses("query.heading", "query.records"),
            (self._words("query_records.heading"), Habit((self._wording(service.title.text()),))),
            *application(service, walk, self._wording),
        ]
        return self._for(known, "home.query", card=True)

    def rates(self) -> Purpose:
        """How it was today."""
        known = [
            self._chooses("rate.heading", "rate.poor"),
            self._chooses("why.heading", "why.skip"),
            self._chooses("rate.thanks", "common.back_home"),
        ]
        return self._for(known, "home.rate")

    def rates_what_was_done(self, service: Service, walk: Walkthrough) -> Purpose:
        """Badly, and somebody is to call."""
        known = [
            *application(service, walk, self._wording),
            self._chooses("receipt.heading", "receipt.rate"),
            self._chooses("rate.heading", "rate.very-poor"),
            self._chooses("why.heading", "why.waiting"),
            self._chooses("call_back.heading", "call_back.yes"),
            self._chooses("rate.thanks", "common.leave"),
        ]
        return self._for(known, "home.do")

    def sets_and_practises(self) -> Purpose:
        """All that can be set, to and fro; then the keys are tried."""
        choices = ("size", "", "colours", "speed", "volume", "detail", "detail", "picture")
        # What has the focus may be drawn large by now, of blocks: one knows its number.
        each = tuple(self._words(f"settings.{choice}") if choice else Press("1") for choice in choices)
        settings = Habit((self._words("settings.done"),), in_turn=each)
        known = [
            self._takes("help.heading", "help.settings", "help.keys"),
            (self._words("settings.heading"), settings),
            (self._words("settings.body"), settings),
            self._to_and_fro("speed", "slower", "faster"),
            self._to_and_fro("volume", "quieter", "louder"),
            self._takes("keys.heading", "keys.practice"),
            (self._words("practice.heading"), Habit(in_turn=PRACTISED)),
        ]
        return self._for(known, HELP, HELP)

    def _to_and_fro(self, page: str, *choices: str) -> Known:
        each = tuple(self._words(f"settings.{choice}") for choice in choices)
        return self._words(f"{page}.heading"), Habit((self._words("settings.other"),), in_turn=each)
