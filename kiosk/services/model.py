"""What a service file may say, as pydantic models. Pure: no file is opened here.

The format is described in `docs/services.md`; unknown keys are refused everywhere, so that a
slip of the pen is found when the file is loaded and never by a resident.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal, NamedTuple, Self, TypeVar

from pydantic import Field, model_validator

from kiosk.services.authority import Authority
from kiosk.services.condition import Condition, Id
from kiosk.services.guide import Faq, Guide, Validity
from kiosk.services.proof import CardRole, Proof
from kiosk.services.question import Question
from kiosk.services.story import Story
from kiosk.services.wording import Record, Wording, Words, wrong
from kiosk.text import Text


class Stop(Record):
    """An early end with advice: never an error, always with a way on."""

    id: Id
    after: Id
    when: Condition
    tell: Wording
    passed: Wording | None = None
    """The reason, in plain words, why this did not stop the person: a line of the pre-check."""
    good_end: bool = False
    """Nothing is refused: the matter is settled here ("all is right, nothing to do")."""


class Reckoning(Record):
    """How a fact is worked out: one of a closed list. `to` is today or a later date answer."""

    years_from: Id | None = None
    months_from: Id | None = None
    days_from: Id | None = None
    to: Id = "today"
    birth_in: Id | None = None
    """The birth date in an identity number."""
    sex_in: Id | None = None
    """`female` or `male`, from an identity number."""
    count: Id | None = None
    """How many things a list holds, or how many options of a `many` are chosen."""
    sum: tuple[str, ...] | None = Field(default=None, min_length=1)
    """Of numbers and money; `"goods.price"` adds up that item of a list."""

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Exactly one of them."""
        if len(self.model_fields_set - {"to"}) != 1:
            raise wrong("E222", "is", "one way to work it out")
        return self

    def sources(self) -> tuple[str, ...]:
        """The fields it is made of, without what is inside a list."""
        dated = (self.years_from, self.months_from, self.days_from, self.birth_in, self.sex_in, self.count)
        later = () if self.to == "today" else (self.to,)
        named = [
            *(part for part in dated if part),
            *later,
            *(name.partition(".")[0] for name in self.sum or ()),
        ]
        return tuple(dict.fromkeys(named))


class Fact(Record):
    """A value worked out from answers, for conditions."""

    id: Id
    value: Reckoning = Field(alias="is")


class PreCheck(Record):
    """A line of the automatic check before handing in: whether `when` holds, told in plain words."""

    id: Id
    kind: Literal["consistent", "eligible"]
    when: Condition
    good: Wording
    bad: Wording
    """What is not as it should be and what helps; it never keeps anybody from handing in."""


class StaffNote(Record):
    """A reminder for staff that the resident does not see."""

    when: Condition
    zh: Words
    en: Words


class Material(Record):
    """A paper that is needed."""

    id: Id
    zh: Words
    en: Words
    form: Literal["original", "copy", "photo", "printed_here"] = "original"
    copies: int = Field(default=1, ge=0, le=9)
    need_if: Condition | None = None
    card: CardRole | None = None
    """Whose identity card this is: it need not be brought where the kiosk has read it."""

    def text(self) -> Text:
        """Its name."""
        return Wording(zh=self.zh, en=self.en).text()


class Consent(Record):
    """One purpose, asked on a page of its own, default no (K35).

    It is asked before the page of the question named in `before`, or before the
    first question (`"start"`) or the submission (`"submit"`).
    """

    id: Id
    zh: Words
    en: Words
    say_zh: Words | None = None
    say_en: Words | None = None
    before: Id = "start"
    covers: tuple[Id, ...] = ()
    """The private fields this consent is for."""
    separate: bool = False
    need_if: Condition | None = None
    keep_days: int | None = Field(default=None, ge=1, le=3650)
    withdraw: Wording | None = None
    """What follows when it is taken back; the catalogue's words where there is none."""
    other: Wording | None = None
    """How somebody agrees for another person, where it is known by then that they act for one."""

    def text(self, *, for_self: bool = True) -> Text:
        """The statement agreed to."""
        if self.other is not None and not for_self:
            return self.other.text()
        return Wording(zh=self.zh, en=self.en, say_zh=self.say_zh, say_en=self.say_en).text()


class Applicant(Record):
    """Whose matter it is: how the answers tell a person acting for themselves from a helper."""

    self_when: Condition | None = None
    """When they act for themselves; always, where nothing is said."""
    anonymous_when: Condition | None = None
    """When the case must not lead to the person, even though a card was laid."""


class Handling(Record):
    """How staff handle a case of this service (帮办代办)."""

    desk: Words
    form_order: tuple[Id, ...]
    """The fields in the order of the official form, for the worksheet."""
    legal_workdays: int = Field(ge=1, le=365)
    promised_workdays: int = Field(ge=1, le=365)
    phone: Words
    same_case_days: int = Field(default=0, ge=0, le=3650)
    """Who hands the same in again hears of the case that is open; for so many days after it was handed in, of
    one that was granted, too."""

    @model_validator(mode="after")
    def promise_within_law(self) -> Self:
        """A promise is at most what the law gives."""
        if self.promised_workdays > self.legal_workdays:
            raise wrong("E504", "promised_workdays", "a promise longer than the law gives")
        return self


class Checked(Record):
    """Who signed the content off, when, and what it was then (`kiosk service sign`)."""

    by: Words
    on: datetime.date
    digest: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    """SHA-256 of all that a person may meet; the sign-off lapses when it is another one."""


class Lookup(Record):
    """How a case of this service is found again (查), and what is told."""

    by: tuple[Literal["card", "receipt"], ...] = ("card", "receipt")
    show: tuple[Literal["stage", "due", "missing", "result"], ...] = ("stage", "due", "missing", "result")


class Print(Record):
    """The layout of a paper: rows of fields, or of blocks that the program supplies (`@…`)."""

    id: Id
    paper: Literal["a4", "roll58", "roll80"] = "a4"
    title: Wording | None = None
    rows: tuple[tuple[str, ...], ...] = Field(min_length=1)


class Rating(Record):
    """When people are asked how it was (评)."""

    ask_when: tuple[Literal["submitted", "closed"], ...] = ("submitted", "closed")
    bad_review_workdays: int = Field(default=15, ge=1, le=60)
    """Within how many workdays a bad rating is looked into, by somebody else (K43)."""


class Station(NamedTuple):
    """A question with what belongs to its place on the way."""

    question: Question
    consents: tuple[Consent, ...]
    """Asked before it."""
    stops: tuple[Stop, ...]
    """That may come after it."""
    facts: tuple[Fact, ...]
    """That its answer goes into."""


class Service(Record):
    """One service file."""

    format: Literal[1]
    id: Id
    version: Words
    status: Literal["draft", "live"]
    title: Wording
    also_called: tuple[Words, ...] = ()
    group: Id = "other"
    """The part of the list it stands in (`groups.toml`)."""
    owner: Words
    valid: Validity
    checked: Checked | None = None
    guide: Guide
    faq: tuple[Faq, ...] = ()
    applicant: Applicant | None = None
    proof: Proof = Proof.CLAIMED
    """How sure it must be who each person is before staff may complete a case."""
    authority: Authority | None = None
    """What whoever applies for somebody else needs of them."""
    question: tuple[Question, ...] = Field(min_length=1)
    stop: tuple[Stop, ...] = ()
    fact: tuple[Fact, ...] = ()
    staff_note: tuple[StaffNote, ...] = ()
    material: tuple[Material, ...] = ()
    consent: tuple[Consent, ...] = Field(min_length=1)
    precheck: tuple[PreCheck, ...] = ()
    handling: Handling
    lookup: Lookup = Lookup()
    print: tuple[Print, ...] = ()
    rating: Rating = Rating()
    story: tuple[Story, ...] = ()

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions by id, in order."""
        return {question.id: question for question in self.question}

    @cached_property
    def consents_before(self) -> Mapping[str, tuple[Consent, ...]]:
        """The consents by the point they are asked at: a question's id, `"start"` or `"submit"`."""
        return _grouped((consent.before, consent) for consent in self.consent)

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """The questions in order, each with all that is asked and worked out there."""
        stops = _grouped((stop.after, stop) for stop in self.stop)
        facts = _grouped((source, fact) for fact in self.fact for source in fact.value.sources())
        return tuple(
            Station(one, self.consents_before.get(one.id, ()), stops.get(one.id, ()), facts.get(one.id, ()))
            for one in self.question
        )

    @cached_property
    def cards_of_use(self) -> frozenset[CardRole]:
        """Whose cards answer a question, or need not be brought once they were read."""
        asked = {question.from_card for question in self.question if question.from_card}
        return frozenset(asked | {paper.card for paper in self.material if paper.card})

    def find_question(self, field: str) -> Question:
        """The question with that id. Raises KeyError."""
        return self.questions[field]


_Part = TypeVar("_Part")


def _grouped(pairs: Iterable[tuple[str, _Part]]) -> Mapping[str, tuple[_Part, ...]]:
    groups: dict[str, list[_Part]] = {}
    for key, part in pairs:
        groups.setdefault(key, []).append(part)
    return {key: tuple(parts) for key, parts in groups.items()}
