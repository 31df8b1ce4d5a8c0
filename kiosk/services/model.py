"""What a service file may say, as pydantic models. Pure: no file is opened here.

The format is described in `docs/services.md`; unknown keys are refused everywhere, so that a
slip of the pen is found when the file is loaded and never by a resident.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from kiosk.services.wording import Record, Wording, Words
from kiosk.text import Privacy, Text

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]


class Say(Record):
    """How a question is said aloud, where it differs from what is written."""

    zh: Words | None = None
    en: Words | None = None


class Condition(Record):
    """A yes / no / not-known-yet question about earlier answers. See `kiosk.flow.conditions`."""

    field: Id | None = None
    equals: str | int | bool | None = Field(default=None, alias="is")
    is_not: str | int | bool | None = None
    one_of: tuple[str | int, ...] | None = Field(default=None, alias="in")
    at_least: int | None = None
    at_most: int | None = None
    low: int | None = Field(default=None, alias="from")
    high: int | None = Field(default=None, alias="to")
    before: datetime.date | None = None
    after: datetime.date | None = None
    answered: bool | None = None
    every: tuple[Condition, ...] | None = Field(default=None, alias="all")
    some: tuple[Condition, ...] | None = Field(default=None, alias="any")
    neither: tuple[Condition, ...] | None = Field(default=None, alias="none")

    @model_validator(mode="after")
    def one_shape(self) -> Self:
        """A condition compares one field, or joins other conditions; never both, never neither."""
        joins = [part for part in (self.every, self.some, self.neither) if part is not None]
        tests = [name for name in _TESTS if getattr(self, name) is not None]
        if self.field is None:
            if len(joins) != 1 or tests:
                raise ValueError("needs a field to compare, or one of all / any / none")
        elif joins or not tests:
            raise ValueError("a field needs one comparison: is, is_not, in, at_least, at_most, from / to, …")
        return self


_TESTS = ("equals", "is_not", "one_of", "at_least", "at_most", "low", "high", "before", "after", "answered")


class Option(Record):
    """One answer to a choice. `value` is what the program compares and stores."""

    value: Id
    zh: Words
    en: Words
    say_zh: Words | None = None
    say_en: Words | None = None

    def text(self) -> Text:
        """The label."""
        return Wording(zh=self.zh, en=self.en, say_zh=self.say_zh, say_en=self.say_en).text()


class Rule(Record):
    """A cross-field rule of a question's `check`."""

    not_after: Literal["today"] | datetime.date | None = None
    not_before: datetime.date | None = None
    birth_date_same_as: Id | None = None
    differs_from: Id | None = None

    @model_validator(mode="after")
    def one_rule(self) -> Self:
        """Exactly one rule a line, so that its message can be exact."""
        if len(self.model_fields_set) != 1:
            raise ValueError("one rule a line: not_after, not_before, birth_date_same_as or differs_from")
        return self


class Check(Record):
    """A rule with the message for when it does not hold."""

    rule: Rule
    zh: Words
    en: Words

    def text(self) -> Text:
        """The message: what to do, without blame (K11)."""
        return Wording(zh=self.zh, en=self.en).text()


class FieldKind(StrEnum):
    """The kinds of answer; each is one class in `kiosk.flow.fields`."""

    CHOICE = "choice"
    YES_NO = "yes_no"
    DATE = "date"
    NUMBER = "number"
    PHONE = "cn_phone"
    NAME = "person_name"
    ID_NUMBER = "cn_id"
    BANK_CARD = "bank_card"


class CardRole(StrEnum):
    """Whose card fills a field."""

    SUBJECT = "subject"
    """The person whose matter it is."""
    ACTOR = "actor"
    """Who acts for them; the same person when they act for themselves."""


CARD_FIELDS = {FieldKind.NAME: "name", FieldKind.DATE: "birth_date", FieldKind.ID_NUMBER: "id_number"}
"""Which field of a card fills which kind of question."""

CHOSEN_KINDS = {FieldKind.CHOICE, FieldKind.YES_NO}
"""Kinds answered by choosing. A yes_no without options gets the catalogue's when it is loaded."""

PRIVATE_KINDS = {FieldKind.ID_NUMBER, FieldKind.BANK_CARD, FieldKind.PHONE}


class Question(Record):
    """One question, one screen.

    `ask_self` words the question for people who apply for themselves, for whom `applicant.self_when`
    holds ("您的…" instead of "老人的…"). Then `say`, which belongs to `ask`, is not used: `ask_self`
    is said as its own `say_zh` / `say_en`, else as it is written.
    """

    id: Id
    type: FieldKind
    ask: Wording
    ask_self: Wording | None = None
    label: Wording
    """Its short name on the check page, the receipt and the desk."""
    say: Say = Say()
    hint: Wording | None = None
    help: Wording | None = None
    options: tuple[Option, ...] = ()
    optional: bool = False
    ask_if: Condition | None = None
    from_card: CardRole | None = None
    privacy: Privacy = Privacy.OPEN
    calendar: Literal["solar"] = "solar"
    at_least: int | None = None
    at_most: int | None = None
    unit: Wording | None = None
    check: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def shape_of_kind(self) -> Self:
        """Options belong to choices; a card fills only what a card holds; numbers alone have bounds."""
        if (self.type in CHOSEN_KINDS) != bool(self.options):
            raise ValueError("options: a choice needs them, no other type has them")
        if self.type is FieldKind.YES_NO and {option.value for option in self.options} != {"yes", "no"}:
            raise ValueError('options: yes_no has the values "yes" and "no"')
        if len({option.value for option in self.options}) != len(self.options):
            raise ValueError("options: two options have the same value")
        if self.from_card and self.type not in CARD_FIELDS:
            raise ValueError("from_card: a card holds a name, a birth date and an ID number only")
        if self.type in PRIVATE_KINDS and self.privacy is not Privacy.PRIVATE:
            raise ValueError(f'privacy: a {self.type} needs privacy = "private"')
        if self.type is not FieldKind.NUMBER and (self.at_least, self.at_most) != (None, None):
            raise ValueError("at_least / at_most belong to a number")
        return self

    def text(self, *, for_self: bool = False) -> Text:
        """The question as asked and said, of the person themselves or of somebody they act for."""
        if for_self and self.ask_self is not None:
            return self.ask_self.text()
        said = {"zh": self.say.zh or self.ask.say_zh, "en": self.say.en or self.ask.say_en}
        return Text({"zh": self.ask.zh, "en": self.ask.en}, {k: v for k, v in said.items() if v})


class Stop(Record):
    """An early end with advice: never an error, always with a way on."""

    id: Id
    after: Id
    when: Condition
    tell: Wording


class YearsFrom(Record):
    """Whole years between a date answer and today."""

    years_from: Id
    to: Literal["today"] = "today"


class Fact(Record):
    """A value worked out from answers, for conditions."""

    id: Id
    value: YearsFrom = Field(alias="is")


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
    form: Literal["original", "copy", "printed_here"] = "original"
    copies: int = Field(default=1, ge=0, le=9)
    need_if: Condition | None = None

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

    def text(self) -> Text:
        """The statement agreed to."""
        return Wording(zh=self.zh, en=self.en, say_zh=self.say_zh, say_en=self.say_en).text()


class Basis(Record):
    """A law or notice the service stands on."""

    law: Wording
    local_notice: Words | None = None


class Amount(Record):
    """What is paid, to whom."""

    when: Condition
    yuan_per_month: int = Field(ge=0)


class Guide(Record):
    """The first door: what the service is (看)."""

    who: Wording
    get: Wording
    fee: Wording
    visits: int = Field(ge=0, le=9)
    basis: tuple[Basis, ...] = Field(min_length=1)
    amount: tuple[Amount, ...] = ()


class Faq(Record):
    """A question people ask, with its answer (问)."""

    ask: Wording
    answer: Wording


class Applicant(Record):
    """Whose matter it is: how the answers tell a person acting for themselves from a helper."""

    self_when: Condition


class Handling(Record):
    """How staff handle a case of this service (帮办代办)."""

    desk: Words
    form_order: tuple[Id, ...]
    """The fields in the order of the official form, for the worksheet."""
    legal_workdays: int = Field(ge=1, le=365)
    promised_workdays: int = Field(ge=1, le=365)
    phone: Words

    @model_validator(mode="after")
    def promise_within_law(self) -> Self:
        """A promise is at most what the law gives."""
        if self.promised_workdays > self.legal_workdays:
            raise ValueError("promised_workdays: longer than legal_workdays")
        return self


class Validity(Record):
    """From when to when the service is offered."""

    start: datetime.date = Field(alias="from")
    end: datetime.date | None = Field(default=None, alias="to")


class Checked(Record):
    """Who last checked the content, and when."""

    by: Words
    on: datetime.date


Answers = dict[
    str, Annotated[Any, BeforeValidator(lambda v: v.isoformat() if isinstance(v, datetime.date) else v)]
]


class Story(Record):
    """A sample person: the answers given and what must come of it. Runs in the tests."""

    name: Words
    today: datetime.date
    answers: Answers
    refuse: tuple[Id, ...] = ()
    """Consents this person says no to."""
    expect: Expect


class Expect(Record):
    """What a story must lead to; only what is named is compared."""

    end: Id
    asked: tuple[Id, ...] | None = None
    not_asked: tuple[Id, ...] | None = None
    materials: tuple[Id, ...] | None = None
    consents: tuple[Id, ...] | None = None
    yuan_per_month: int | None = None
    due: datetime.date | None = None


class Service(Record):
    """One service file."""

    format: Literal[1]
    id: Id
    version: Words
    status: Literal["draft", "live"]
    title: Wording
    also_called: tuple[Words, ...] = ()
    owner: Words
    valid: Validity
    checked: Checked | None = None
    guide: Guide
    faq: tuple[Faq, ...] = ()
    applicant: Applicant | None = None
    question: tuple[Question, ...] = Field(min_length=1)
    stop: tuple[Stop, ...] = ()
    fact: tuple[Fact, ...] = ()
    staff_note: tuple[StaffNote, ...] = ()
    material: tuple[Material, ...] = ()
    consent: tuple[Consent, ...] = Field(min_length=1)
    handling: Handling
    story: tuple[Story, ...] = ()

    def find_question(self, field: str) -> Question:
        """The question with that id. Raises KeyError."""
        for question in self.question:
            if question.id == field:
                return question
        raise KeyError(field)
