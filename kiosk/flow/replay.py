"""One replay of the answers along a service, to the first page that is open."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import cached_property

from kiosk.flow import fields
from kiosk.flow.acting import AGREE, needs_letter, waits_for_it
from kiosk.flow.conditions import holds
from kiosk.flow.confirmed import digest_of
from kiosk.flow.facts import work_out
from kiosk.flow.fields import SKIPPED
from kiosk.flow.given import Answer, Given
from kiosk.flow.holders import is_document
from kiosk.flow.proof import to_be_shown
from kiosk.flow.source import CardFields, Source
from kiosk.flow.step import Step, StepKind, question_step
from kiosk.flow.values import Value
from kiosk.services.model import Consent, Fact, Service, Station, Stop
from kiosk.services.proof import CardRole
from kiosk.services.question import CARD_FIELDS, FieldKind, Question


class Replay:
    """Goes along the pages from the first; what is known so far stands in its attributes.

    Each part says whether the way goes on: False at the page that waits for the person.
    """

    def __init__(self, service: Service, given: Given, today: datetime.date, *, known: bool = False) -> None:
        self.service, self.given, self.today, self.known = service, given, today, known
        self.steps: list[Step] = []
        self.answers: dict[str, Answer] = {}
        self.values: dict[str, Value] = {}
        self.consents: dict[str, bool] = {}
        self.cards: dict[CardRole, CardFields] = {}
        self.said_to_letter: str | None = None
        self._roles_settled = False

    def run(self) -> None:
        """From the first page to the one that is open."""
        agreed = self._ask_consents(self.service.consents_before.get("start", ()))
        begun = agreed and self._ask_for_proof() and self._settle_cards()
        if begun and all(map(self._ask, self.service.stations)):
            self._end()

    def for_self(self) -> bool | None:
        """Does the person act for themselves? None until the answers tell."""
        return holds(self.service.applicant.self_when, self.values) if self.service.applicant else True

    def unnamed(self) -> bool:
        """Does the person stay unnamed? Where they may, also until the answers tell."""
        may = self.service.applicant.anonymous_when if self.service.applicant else None
        return may is not None and holds(may, self.values) is not False

    def questions_ahead(self) -> int | None:
        """Questions after the open one, if the answers so far already decide them."""
        done = {step.id for step in self.steps if step.kind is StepKind.QUESTION} | set(self.answers)
        count = 0
        for question in self.service.question:
            if question.id in done:
                continue
            asked = holds(question.ask_if, self.values)
            if asked is None or (asked and self._card_may_know(question)):
                return None
            count += bool(asked and self._known_from_card(question) is None)
        return count

    @cached_property
    def digest(self) -> str:
        """Of everything that is confirmed and signed; asked for only after the last question."""
        return digest_of(self.service, self.answers, self.consents, self.given.records)

    def _ask(self, station: Station) -> bool:
        question, consents, stops, facts = station
        if question.ask_if is not None and not holds(question.ask_if, self.values):
            return True
        if consents and not self._ask_consents(consents):
            return False
        answer = self._known_from_card(question) if question.from_card else None
        if answer is None:
            self.steps.append(question_step(question.id))
            answer = self._given_for(question)
        if answer is None:
            return False
        self._learn(question, answer, facts)
        if stops and not self._pass_stops(stops):
            return False
        return self._roles_settled or self._settle_cards()

    def _given_for(self, question: Question) -> Answer | None:
        """An answer stays only while the question (and its cross-checks) would still take it.

        One from an earlier application is about the owner of the card, and used only for themselves.
        """
        given = self.given.answers.get(question.id)
        if given is None or (given.source is Source.EARLIER and self.for_self() is not True):
            return None
        if given.value == SKIPPED:
            return given if question.optional else None
        return given if fields.still_fits(question, given.value, self.values, self.today) else None

    def _known_from_card(self, question: Question) -> Answer | None:
        """The card's own entry, where it is one that the question would take and nobody has changed it."""
        if question.from_card is None or question.id in self.given.by_hand:
            return None
        card = self.cards.get(question.from_card)
        held = card.get(CARD_FIELDS[question.type]) if card else None
        if not held:
            return None
        taken = fields.field_type(question).parse(held, question, self.today)
        source = Source.CARD if is_document(card) else Source.SOCIAL_CARD
        return Answer(taken.value, source) if isinstance(taken, fields.Taken) else None

    def _card_may_know(self, question: Question) -> bool:
        """A card was read, and it is not yet told whose it is: it may answer this, or not."""
        return bool(question.from_card and self.given.first_card and not self._roles_settled)

    def _learn(self, question: Question, answer: Answer, facts: tuple[Fact, ...]) -> None:
        """Note an answer and all that follows from it."""
        self.answers[question.id] = answer
        if answer.value == SKIPPED:
            return
        self.values[question.id] = _compared_as(question, answer.value)
        if facts:
            self.values.update(work_out(facts, self.values, self.today))

    def _ask_consents(self, consents: tuple[Consent, ...]) -> bool:
        return all(map(self._ask_consent, consents))

    def _ask_consent(self, consent: Consent) -> bool:
        """One consent, with the page for a refusal; asked also where it is not known whether it is needed."""
        if holds(consent.need_if, self.values) is False:
            return True
        given = self._pass(Step(StepKind.CONSENT, consent.id))
        if given is None:
            return False
        self.consents[consent.id] = given.value == "yes"
        if not self.consents[consent.id]:
            self.steps.append(Step(StepKind.REFUSED, consent.id))
        return self.consents[consent.id]

    def _pass_stops(self, stops: tuple[Stop, ...]) -> bool:
        """The early end that these answers lead to."""
        for stop in stops:
            if holds(stop.when, self.values):
                self.steps.append(Step(StepKind.STOP, stop.id))
                return False
        return True

    def _ask_for_proof(self) -> bool:
        """Where the service asks for a document and none was read: said once, and nobody is turned away."""
        if not to_be_shown(self.service.proof, self.given.first_card, known=self.known):
            return True
        return self._pass(Step(StepKind.PROOF, "card")) is not None

    def _settle_cards(self) -> bool:
        """Whose card was read, as soon as the answers tell who acts for whom; once only."""
        own, first = self.for_self(), self.given.first_card
        if own is None:
            return True
        self._roles_settled = True
        if first is None:
            return True
        if own:
            self.cards = {CardRole.SUBJECT: first, CardRole.ACTOR: first}
            return True
        return self._tell_cards_apart(first)

    def _tell_cards_apart(self, first: CardFields) -> bool:
        whose = self._pass(Step(StepKind.CARD_WHOSE))
        if whose is None:
            return False
        role = CardRole(whose.value)
        missing = CardRole.SUBJECT if role is CardRole.ACTOR else CardRole.ACTOR
        self.cards[role] = first
        if missing not in self.service.cards_of_use:
            return True
        without = self._pass(Step(StepKind.CARD_OTHER, missing))
        if self.given.other_card is not None:
            self.cards[missing] = self.given.other_card
            return True
        return without is not None

    def _end(self) -> None:
        """What comes after the last question."""
        last_consents = self.service.consents_before.get("submit", ())
        checked = self._confirmed(StepKind.CHECK) and self._ask_consents(last_consents)
        if checked and self._letter_read() and self._confirmed(StepKind.SIGN):
            self.steps.append(Step(StepKind.SUBMIT))

    def _letter_read(self) -> bool:
        """Whoever applies for another has heard the letter; where it must come first, it is agreed to."""
        if not needs_letter(self.service, for_self=self.for_self() is True, unnamed=self.unnamed()):
            return True
        if not self._confirmed(StepKind.AUTHORITY):
            return False
        said = self.given.answers.get(StepKind.AUTHORITY)
        self.said_to_letter = said.value if said is not None else None
        return said is not None and (said.value == AGREE or not waits_for_it(self.service))

    def _confirmed(self, kind: StepKind) -> bool:
        self.steps.append(Step(kind))
        return self.given.marks.get(kind) == self.digest

    def _pass(self, step: Step) -> Answer | None:
        self.steps.append(step)
        return self.given.answers.get(step.place)


def _compared_as(question: Question, value: str) -> Value:
    if question.type is FieldKind.NUMBER:
        return int(value)
    return Decimal(value) if question.type is FieldKind.MONEY else value
