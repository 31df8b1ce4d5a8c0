"""The path: from a service, the answers so far and today's date to the pages in order.

A pure function, computed anew each time: there is no current-page pointer and no stale value.
Answers to questions that are no longer on the path are ignored, not deleted, so they come back
when the person changes their mind, and are never shown, printed or submitted.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from kiosk.flow import fields
from kiosk.flow.conditions import holds
from kiosk.flow.confirmed import digest_of
from kiosk.flow.facts import work_out
from kiosk.flow.fields import SKIPPED
from kiosk.flow.given import Answer, Given, SavedDraft
from kiosk.flow.source import CardFields, Source
from kiosk.flow.values import Value, Values
from kiosk.services.model import Service
from kiosk.services.question import CARD_FIELDS, CardRole, FieldKind, Question

__all__ = [
    "ENDS", "SKIPPED", "Answer", "Given", "Path", "SavedDraft", "Step", "StepKind", "find_path",
]  # fmt: skip


class StepKind(StrEnum):
    """The kinds of page on a path."""

    CONSENT = "consent"
    QUESTION = "question"
    CARD_WHOSE = "card-whose"
    CARD_OTHER = "card-other"
    CHECK = "check"
    SIGN = "sign"
    SUBMIT = "submit"
    STOP = "stop"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the path. `id` is the question, consent, stop or card role it is about."""

    kind: StepKind
    id: str = ""

    @property
    def place(self) -> str:
        """Its name among all places, `"question:hukou"`."""
        return f"{self.kind}:{self.id}" if self.id else str(self.kind)


ENDS = {StepKind.STOP, StepKind.REFUSED, StepKind.SUBMIT}


@dataclass(frozen=True, slots=True)
class Path:
    """The pages from the first to the one that waits for an answer (or the end)."""

    steps: tuple[Step, ...]
    answers: Mapping[str, Answer]
    """Answers on the path by field, those from a card included, in the order asked."""
    values: Values = field(repr=False)
    """The same with facts, for conditions."""
    consents: Mapping[str, bool]
    cards: Mapping[CardRole, CardFields] = field(repr=False)
    digest: str
    """SHA-256 over all answers and consents on the path; a confirmation is for one digest."""
    for_self: bool
    """The person applies for themselves, as far as the answers tell (`applicant.self_when`)."""
    questions_ahead: int | None
    """Question pages still to come after the last step; None where that cannot be known yet."""

    @property
    def last(self) -> Step:
        """Where the person stands when everything before is answered."""
        return self.steps[-1]

    @property
    def end(self) -> str | None:
        """`"submit"`, a stop's id, `"refused"`, or None while a question is open."""
        kinds = {StepKind.SUBMIT: "submit", StepKind.STOP: self.last.id, StepKind.REFUSED: "refused"}
        return kinds.get(self.last.kind)


class _Walk:
    """One replay of the answers; holds what is known so far."""

    def __init__(self, service: Service, given: Given, today: datetime.date) -> None:
        self.service, self.given, self.today = service, given, today
        self.steps: list[Step] = []
        self.answers: dict[str, Answer] = {}
        self.values: dict[str, Value] = {}
        self.consents: dict[str, bool] = {}
        self.cards: dict[CardRole, CardFields] = {}
        self.roles_settled = False

    def for_self(self) -> bool | None:
        """Does the person act for themselves? None until the answers tell."""
        return holds(self.service.applicant.self_when, self.values) if self.service.applicant else True

    def settle_cards(self) -> Iterator[Step]:
        """Whose card was read, as soon as the answers tell who acts for whom."""
        if self.roles_settled:
            return
        own = self.for_self()
        if own is None:
            return
        self.roles_settled = True
        first, other = self.given.first_card, self.given.other_card
        if first is None:
            return
        if own:
            self.cards = {CardRole.SUBJECT: first, CardRole.ACTOR: first}
            return
        whose = Step(StepKind.CARD_WHOSE)
        yield whose
        answer = self.given.answers.get(whose.place)
        role = CardRole(answer.value) if answer else CardRole.ACTOR
        missing = CardRole.SUBJECT if role is CardRole.ACTOR else CardRole.ACTOR
        self.cards[role] = first
        yield Step(StepKind.CARD_OTHER, missing)
        if other is not None:
            self.cards[missing] = other

    def known_from_card(self, question: Question) -> Answer | None:
        """The card's own entry, where it is one that the question would take and nobody has changed it."""
        if question.id in self.given.by_hand:
            return None
        card = self.cards.get(question.from_card) if question.from_card else None
        held = card.get(CARD_FIELDS[question.type]) if card else None
        if not held:
            return None
        taken = fields.field_type(question).parse(held, question, self.today)
        return Answer(taken.value, Source.CARD) if isinstance(taken, fields.Taken) else None

    def learn(self, question: Question, answer: Answer) -> None:
        """Note an answer and all that follows from it."""
        self.answers[question.id] = answer
        if answer.value != SKIPPED:
            self.values[question.id] = _as_value(question, answer.value)
            facts = self.service.facts_of.get(question.id)
            if facts:
                self.values.update(work_out(facts, self.values, self.today))

    def consents_before(self, point: str) -> Iterator[Step]:
        """The consents asked at that point, with the page for a refusal."""
        for consent in self.service.consents_before.get(point, ()):
            if holds(consent.need_if, self.values):
                yield Step(StepKind.CONSENT, consent.id)
                if not self.consents.get(consent.id, True):
                    yield Step(StepKind.REFUSED, consent.id)

    def question_steps(self) -> Iterator[Step]:
        """Consents, questions, cards and stops in order; the caller ends at the first open one."""
        yield from self.consents_before("start")
        yield from self.settle_cards()
        for question in self.service.question:
            if not holds(question.ask_if, self.values):
                continue
            yield from self.consents_before(question.id)
            known = self.known_from_card(question)
            if known is None:
                yield Step(StepKind.QUESTION, question.id)
            else:
                self.learn(question, known)
            yield from self.stops_after(question.id)
            yield from self.settle_cards()

    def stops_after(self, field_id: str) -> Iterator[Step]:
        """The early end that these answers lead to."""
        for stop in self.service.stops_after.get(field_id, ()):
            if holds(stop.when, self.values):
                yield Step(StepKind.STOP, stop.id)

    def answered(self, step: Step) -> bool:
        """Is it done? Notes what it gave."""
        given = self.given.answers.get(step.id if step.kind is StepKind.QUESTION else step.place)
        if step.kind in (StepKind.CHECK, StepKind.SIGN):
            return self.given.marks.get(step.place) == self.digest
        if step.kind in ENDS:
            return False
        if step.kind is StepKind.CARD_OTHER and self.given.other_card is not None:
            return True
        if given is None:
            return False
        if step.kind is StepKind.QUESTION:
            question = self.service.find_question(step.id)
            taken = self._still_fits(question, given)
            if taken:
                self.learn(question, given)
            return taken
        if step.kind is StepKind.CONSENT:
            self.consents[step.id] = given.value == "yes"
        return True

    def _still_fits(self, question: Question, given: Answer) -> bool:
        """An answer stays only while the question (and its cross-checks) would still take it.

        One from an earlier application is about the owner of the card, and used only for themselves.
        """
        if given.source is Source.EARLIER and self.for_self() is not True:
            return False
        if given.value == SKIPPED:
            return question.optional
        return fields.still_fits(question, given.value, self.values, self.today)

    @cached_property
    def digest(self) -> str:
        """Of everything that is confirmed and signed; asked only after the last question."""
        return digest_of(self.service, self.answers, self.consents, self.given.records)

    def ending_steps(self) -> Iterator[Step]:
        """What comes after the last question."""
        yield Step(StepKind.CHECK)
        yield from self.consents_before("submit")
        yield Step(StepKind.SIGN)
        yield Step(StepKind.SUBMIT)

    def run(self) -> None:
        """Go along the steps to the first that is not answered."""
        for source in (self.question_steps(), self.ending_steps()):
            for step in source:
                self.steps.append(step)
                if not self.answered(step):
                    return

    def questions_ahead(self) -> int | None:
        """Questions after the open one, if the answers so far already decide them."""
        done = {step.id for step in self.steps if step.kind is StepKind.QUESTION} | set(self.answers)
        count = 0
        for question in self.service.question:
            if question.id in done:
                continue
            asked = holds(question.ask_if, self.values)
            if asked is None:
                return None
            count += bool(asked and not (question.from_card and self.known_from_card(question)))
        return count


def _as_value(question: Question, value: str) -> Value:
    if question.type is FieldKind.NUMBER:
        return int(value)
    return Decimal(value) if question.type is FieldKind.MONEY else value


def find_path(service: Service, given: Given, today: datetime.date) -> Path:
    """The path that these answers make today."""
    walk = _Walk(service, given, today)
    walk.run()
    return Path(
        steps=tuple(walk.steps),
        answers=walk.answers,
        values=walk.values,
        consents=walk.consents,
        cards=walk.cards,
        digest=walk.digest,
        for_self=walk.for_self() is True,
        questions_ahead=walk.questions_ahead(),
    )
