"""Putting an answer right for somebody: what is typed at the desk, held against the service's own rules."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from kiosk.flow import fields
from kiosk.flow.fields import Refused, Taken
from kiosk.flow.values import Value
from kiosk.services.question import FieldKind, Option, Question

_TYPED = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.LONG_TEXT,
        FieldKind.NAME,
        FieldKind.ID_NUMBER,
        FieldKind.PHONE,
        FieldKind.BANK_CARD,
        FieldKind.DATE,
        FieldKind.MONEY,
        FieldKind.NUMBER,
    }
)
_CHOSEN = frozenset({FieldKind.CHOICE, FieldKind.YES_NO})


def can_be_corrected(question: Question) -> bool:
    """Can it be typed in one line? A list, an address, a record or a signature is the person's to give."""
    return question.type in _TYPED | _CHOSEN


def options(question: Question) -> tuple[Option, ...]:
    """What can be chosen, in the order of its numbers; nothing where it is typed."""
    return question.options if question.type in _CHOSEN else ()


def corrected(
    question: Question, typed: str, answers: Mapping[str, str], today: datetime.date
) -> Taken | Refused:
    """The answer in canonical form, held against the same rules as at the kiosk; a choice by its number."""
    offered = options(question)
    if offered:
        number = typed.strip()
        at = int(number) if number.isascii() and number.isdigit() else 0
        return Taken(offered[at - 1].value) if 0 < at <= len(offered) else Refused("field.choose_one")
    values: dict[str, Value] = {key: value for key, value in answers.items() if value and key != question.id}
    return fields.parse(question, typed, values, today)
