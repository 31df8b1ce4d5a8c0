"""Questions of a service file: their kinds, options and rules."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from kiosk.services.condition import Condition, Id
from kiosk.services.proof import CardRole
from kiosk.services.wording import Record, Wording, Words, wrong
from kiosk.text import Privacy, Text


class Say(Record):
    """How a question is said aloud, where it differs from what is written."""

    zh: Words | None = None
    en: Words | None = None


RESERVED = {"clear", "done", "drawn", "enter", "more", "person", "skip"}
"""Choices that pages have beside the options of a question."""


class Option(Record):
    """One answer to a choice. `value` is what the program compares and stores."""

    value: Id
    zh: Words
    en: Words
    say_zh: Words | None = None
    say_en: Words | None = None

    @model_validator(mode="after")
    def means_only_itself(self) -> Self:
        """A code that every page knows already would call a person, or turn the page, instead."""
        if self.value in RESERVED:
            raise wrong("E228", "value", "this code means something on every page", given=self.value)
        return self

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
            raise wrong("E221", "rule", "one rule a line")
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
    MANY = "many"
    """Any number of the options."""
    YES_NO = "yes_no"
    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "person_name"
    ID_NUMBER = "cn_id"
    PHONE = "cn_phone"
    BANK_CARD = "bank_card"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    ADDRESS = "address"
    """Chosen step by step from the table of regions, then the rest of it typed; or as it stands on a card."""
    DOCUMENT = "document"
    """A paper: shown here, or brought later. Staff see it, and photograph it at the desk."""
    REPEAT = "repeat"
    """A list of things, each answered by the questions of `item`."""
    SIGNATURE = "signature"
    RECORD = "record"
    """What a record source holds of the person: right, wrong, or nothing there."""


CARD_FIELDS = {
    FieldKind.NAME: "name",
    FieldKind.DATE: "birth_date",
    FieldKind.ID_NUMBER: "id_number",
    FieldKind.ADDRESS: "address",
}
"""Which field of a card fills which kind of question."""

CHOSEN_KINDS = {FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.DOCUMENT, FieldKind.RECORD}
"""Kinds answered by choosing one of the options."""

FIXED_OPTIONS = {
    FieldKind.YES_NO: ("yes", "no"),
    FieldKind.DOCUMENT: ("here", "later"),
    FieldKind.RECORD: ("right", "wrong", "missing", "staff"),
}
"""Kinds whose options are always these. Where a file does not word them, the catalogue does.

Of a record: it is right; something is wrong; nothing was found; it could not be looked up here, staff do."""

PRIVATE_KINDS = {FieldKind.ID_NUMBER, FieldKind.BANK_CARD, FieldKind.PHONE}

ITEM_KINDS = set(FieldKind) - {FieldKind.REPEAT, FieldKind.RECORD, FieldKind.SIGNATURE, FieldKind.ADDRESS}
"""Kinds that may stand in the list of a `repeat`."""

_BOUNDED = {
    FieldKind.NUMBER,
    FieldKind.MONEY,
    FieldKind.MANY,
    FieldKind.REPEAT,
    FieldKind.TEXT,
    FieldKind.LONG_TEXT,
}


class NumberOf(StrEnum):
    """Whose identity number a `cn_id` takes."""

    CITIZEN = "citizen"
    HMT = "hmt"
    """Residence permit of people from Hong Kong, Macau and Taiwan."""
    FOREIGNER = "foreigner"
    """Permanent resident identity card of foreigners, both forms."""


class Asked(Record):
    """What every question has, and every question about an item of a list."""

    id: Id
    type: FieldKind
    ask: Wording
    label: Wording
    """Its short name on the check page, the receipt and the desk."""
    say: Say = Say()
    hint: Wording | None = None
    help: Wording | None = None
    options: tuple[Option, ...] = ()
    optional: bool = False
    privacy: Privacy = Privacy.OPEN
    calendar: Literal["solar", "lunar_ok"] = "solar"
    """`lunar_ok`: a date may be given in the old calendar; the solar date is read back for a yes."""
    accepts: tuple[NumberOf, ...] = (NumberOf.CITIZEN,)
    at_least: int | None = None
    """Least number, sum in yuan, options chosen, items of a list, characters of a text."""
    at_most: int | None = None
    unit: Wording | None = None
    material: Id | None = None
    """The material that a `document` is about."""

    @model_validator(mode="after")
    def shape_of_answer(self) -> Self:
        """Options belong to choices; private kinds say so; bounds belong to what can be counted."""
        if (self.type in CHOSEN_KINDS or self.type is FieldKind.MANY) != bool(self.options):
            raise wrong("E210", "options", "a choice needs options, no other type has them", kind=self.type)
        values = {option.value for option in self.options}
        if self.type in FIXED_OPTIONS and values != set(FIXED_OPTIONS[self.type]):
            fixed = "、".join(FIXED_OPTIONS[self.type])
            raise wrong("E211", "options", "these options are always the same", kind=self.type, near=fixed)
        if len(values) != len(self.options):
            raise wrong("E212", "options", "two options have the same value")
        if self.type in PRIVATE_KINDS and self.privacy is not Privacy.PRIVATE:
            raise wrong("E213", "privacy", "this kind is always private", kind=self.type)
        if self.type not in _BOUNDED and (self.at_least, self.at_most) != (None, None):
            key = "at_least" if self.at_least is not None else "at_most"
            raise wrong("E214", key, "bounds belong to what can be counted", kind=self.type)
        if (self.type is FieldKind.DOCUMENT) != (self.material is not None):
            raise wrong("E215", "material", "a document names a material, no other type does", kind=self.type)
        return self


class Item(Asked):
    """A question about each thing of a list (`repeat`)."""

    @model_validator(mode="after")
    def simple_kind(self) -> Self:
        """No list in a list."""
        if self.type not in ITEM_KINDS:
            raise wrong("E216", "type", "this kind cannot stand in a list", kind=self.type)
        return self

    def text(self, *, for_self: bool = False) -> Text:
        """The question as asked and said."""
        return _asked(self.ask, self.say)


class Question(Asked):
    """One question, one screen.

    `ask_self` words the question for people who apply for themselves, for whom `applicant.self_when`
    holds ("您的…" instead of "老人的…"). Then `say`, which belongs to `ask`, is not used: `ask_self`
    is said as its own `say_zh` / `say_en`, else as it is written.
    """

    ask_self: Wording | None = None
    ask_if: Condition | None = None
    from_card: CardRole | None = None
    check: tuple[Check, ...] = ()
    item: tuple[Item, ...] = ()
    """The questions about each thing of a `repeat`."""
    within: str | None = Field(default=None, pattern=r"^[0-9]{2,12}$")
    """The region an `address` lies in: steps above it are not asked."""
    source: Id | None = None
    """The record source a `record` is looked up in (`data/records`)."""
    look_up: Id | None = None
    """The earlier `text` with the code that a `record` is looked up by; without it, the card's number is."""
    reuse: Id | None = None
    """What it is in every service (`"phone"`): used again in another one, if the person agrees."""

    @model_validator(mode="after")
    def shape_of_kind(self) -> Self:
        """A card fills only what a card holds; lists have items, records a source."""
        if self.from_card and self.type not in CARD_FIELDS:
            raise wrong("E217", "from_card", "no card holds this kind", kind=self.type)
        if (self.type is FieldKind.REPEAT) != bool(self.item):
            raise wrong("E218", "item", "a repeat needs an item, no other type has one", kind=self.type)
        if (self.type is FieldKind.RECORD) != (self.source is not None):
            raise wrong("E219", "source", "a record names a source, no other type does", kind=self.type)
        if self.look_up is not None and self.type is not FieldKind.RECORD:
            raise wrong("E229", "look_up", "only a record is looked up", kind=self.type)
        if self.within is not None and self.type is not FieldKind.ADDRESS:
            raise wrong("E220", "within", "within belongs to an address", kind=self.type)
        return self

    def text(self, *, for_self: bool = False) -> Text:
        """The question as asked and said, of the person themselves or of somebody they act for."""
        if for_self and self.ask_self is not None:
            return self.ask_self.text()
        return _asked(self.ask, self.say)


def _asked(ask: Wording, say: Say) -> Text:
    said = {"zh": say.zh or ask.say_zh, "en": say.en or ask.say_en}
    return Text({"zh": ask.zh, "en": ask.en}, {k: v for k, v in said.items() if v})
