"""The kinds of answer, one class each. Adding one touches its class and this table."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from kiosk.flow.facts import birth_of
from kiosk.flow.fields.addresses import AddressField
from kiosk.flow.fields.amounts import MoneyField, NumberField
from kiosk.flow.fields.base import SKIPPED, FieldType, ReadBack, Refused, Taken
from kiosk.flow.fields.chosen import ChoiceField, ManyField
from kiosk.flow.fields.dates import DateField
from kiosk.flow.fields.lists import RepeatField
from kiosk.flow.fields.names import NameField
from kiosk.flow.fields.numbers import BankCardField, IdNumberField, PhoneField
from kiosk.flow.fields.signatures import SignatureField
from kiosk.flow.fields.texts import LongTextField, TextField
from kiosk.flow.values import Values
from kiosk.services.question import Asked, Check, FieldKind, Question
from kiosk.text import Text

__all__ = [
    "FIELD_TYPES", "SKIPPED", "ReadBack", "Refused", "Taken",
    "display", "display_thing", "field_type", "is_chosen", "parse", "show", "speak", "still_fits",
]  # fmt: skip

FIELD_TYPES: dict[FieldKind, FieldType] = {
    FieldKind.CHOICE: ChoiceField(),
    FieldKind.MANY: ManyField(),
    FieldKind.YES_NO: ChoiceField(),
    FieldKind.TEXT: TextField(),
    FieldKind.LONG_TEXT: LongTextField(),
    FieldKind.NAME: NameField(),
    FieldKind.ID_NUMBER: IdNumberField(),
    FieldKind.PHONE: PhoneField(),
    FieldKind.BANK_CARD: BankCardField(),
    FieldKind.DATE: DateField(),
    FieldKind.MONEY: MoneyField(),
    FieldKind.NUMBER: NumberField(),
    FieldKind.ADDRESS: AddressField(),
    FieldKind.DOCUMENT: ChoiceField(),
    FieldKind.SIGNATURE: SignatureField(),
    FieldKind.RECORD: ChoiceField(),
}
_LISTS = RepeatField(FIELD_TYPES)
FIELD_TYPES[FieldKind.REPEAT] = _LISTS


def field_type(question: Asked) -> FieldType:
    """The class for a question's kind."""
    return FIELD_TYPES[question.type]


def is_chosen(question: Asked) -> bool:
    """Is every answer to it in words of the service, and none of the person's own?"""
    return isinstance(field_type(question), ChoiceField)


def parse(question: Asked, typed: str, values: Values, today: datetime.date) -> Taken | Refused:
    """Understand an input and check it against the question's own rules."""
    outcome = field_type(question).parse(typed, question, today)
    if isinstance(outcome, Refused):
        return outcome
    if isinstance(question, Question):
        return _broken_rule(question, outcome.value, values, today) or outcome
    return outcome


def display(question: Asked, value: str) -> Text:
    """An answer as the kiosk shows it (private ones masked)."""
    return field_type(question).display(value, question)


def show(question: Asked, value: str) -> Text:
    """An answer in full, as staff see it."""
    return field_type(question).show(value, question)


def display_thing(question: Question, thing: Mapping[str, str]) -> Text:
    """One thing of a list as the kiosk shows it."""
    return _LISTS.thing(thing, question)


def speak(question: Asked, value: str) -> Text:
    """An answer as it is read out; its privacy tells what the room may hear of it."""
    return field_type(question).speak(value, question)


def still_fits(question: Question, value: str, values: Values, today: datetime.date) -> bool:
    """Would an answer that was taken once be taken again, with what is known now? Cheap, for every replay."""
    if not field_type(question).still_fits(value, question, today):
        return False
    return not question.check or _broken_rule(question, value, values, today) is None


def _broken_rule(question: Question, value: str, values: Values, today: datetime.date) -> Refused | None:
    for check in question.check:
        if not _keeps(check, value, values, today):
            return Refused("", text=check.text())
    return None


def _keeps(check: Check, value: str, values: Values, today: datetime.date) -> bool:
    rule = check.rule
    if rule.not_after is not None:
        limit = today if rule.not_after == "today" else rule.not_after
        return datetime.date.fromisoformat(value) <= limit
    if rule.not_before is not None:
        return datetime.date.fromisoformat(value) >= rule.not_before
    if rule.birth_date_same_as is not None:
        told = birth_of(value)
        return told is None or values.get(rule.birth_date_same_as, told.isoformat()) == told.isoformat()
    return rule.differs_from is None or str(values.get(rule.differs_from)) != value
