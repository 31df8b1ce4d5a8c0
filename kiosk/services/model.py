"""What a service file may say, as pydantic models. Pure: no file is opened here.

The format is described in `docs/services.md`; unknown keys are refused everywhere, so that a
slip of the pen is found when the file is loaded and never by a resident.
"""

from __future__ import annotations

import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from kiosk.services.condition import Condition, Id
from kiosk.services.question import CardRole, Question
from kiosk.services.story import Story
from kiosk.services.wording import Record, Wording, Words
from kiosk.text import Text


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
