"""Questions of a service file: their kinds, options and rules."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from kiosk.services.condition import Condition, Id
from kiosk.services.wording import Record, Wording, Words
from kiosk.text import Privacy, Text


class Say(Record):
    """How a question is said aloud, where it differs from what is written."""

    zh: Words | None = None
    en: Words | None = None


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
