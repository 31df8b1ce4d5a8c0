"""Values of a record: understood as an office writes them, kept in one form, shown as their field allows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from kiosk.flow.fields.amounts import money_text
from kiosk.flow.fields.base import HIDDEN, mask_digits, tidy
from kiosk.flow.fields.dates import date_text
from kiosk.flow.fields.written import counted
from kiosk.records.definition import SourceField, ValueType
from kiosk.text import Privacy, Text, same

LONGEST_TEXT = 120
_DAY = re.compile(r"(\d{4})(?:(\d\d)(\d\d)|\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?)")
_MONTH = re.compile(r"(\d{4})(?:(\d\d)|\s*[-/.年]\s*(\d{1,2})\s*月?)")
_MOST = Decimal(10) ** 12
_MONTHS = "January February March April May June July August September October November December".split()


def read_value(given: object, field: SourceField) -> str | None:
    """The canonical form of what a table or a service gave, "" for an empty one; None: not what it must be.

    Dates are ISO, months `2026-10`, sums have two decimals, numbers are plain digits, as in answers.
    """
    if given is None or (isinstance(given, str) and not tidy(given)):
        return "" if field.optional else None
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        return None
    return _READ[field.type](tidy(str(given)))


def _text(given: str) -> str | None:
    return " ".join(given.split()) if len(given) <= LONGEST_TEXT else None


def _date(given: str) -> str | None:
    found = _DAY.fullmatch(given)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(given: str) -> str | None:
    found = _MONTH.fullmatch(given)
    if found is None:
        return None
    year, month = (int(part) for part in found.groups() if part)
    return f"{year:04}-{month:02}" if 1 <= month <= 12 and year else None


def _decimal(given: str, unit: str) -> Decimal | None:
    try:
        number = Decimal(given.replace(",", "").removeprefix("¥").removesuffix(unit).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _MOST else None


def _money(given: str) -> str | None:
    yuan = _decimal(given, "元")
    if yuan is None or yuan != yuan.quantize(Decimal("0.01")):
        return None
    return f"{yuan:.2f}"


def _number(given: str) -> str | None:
    number = _decimal(given, "")
    return str(int(number)) if number is not None and number == int(number) else None


_READ: dict[ValueType, Callable[[str], str | None]] = {
    ValueType.TEXT: _text,
    ValueType.DATE: _date,
    ValueType.MONTH: _month,
    ValueType.MONEY: _money,
    ValueType.NUMBER: _number,
}


def show_value(value: str, field: SourceField) -> Text:
    """As the person sees it: a private value in part only, and never said in full (K26)."""
    if field.privacy is Privacy.PRIVATE:
        return same(_mask(value, field), Privacy.PRIVATE)
    words = _words(value, field)
    return Text(words.shown, words.said, field.privacy)


def _words(value: str, field: SourceField) -> Text:
    match field.type:
        case ValueType.DATE:
            return date_text(datetime.date.fromisoformat(value))
        case ValueType.MONTH:
            return month_text(value)
        case ValueType.MONEY:
            return money_text(value)
        case ValueType.NUMBER:
            return counted(value, field.unit.text() if field.unit else None)
        case ValueType.TEXT:
            known = field.words.get(value)
            return known.text() if known else same(value)


def _mask(value: str, field: SourceField) -> str:
    """A number keeps its ends; of sums, counts, days and words a few signs would be nearly all."""
    return mask_digits(value) if field.type is ValueType.TEXT and value.isascii() else HIDDEN


def month_text(month: str) -> Text:
    """2026年10月, October 2026."""
    year, number = month.split("-")
    return Text({"zh": f"{year}年{int(number)}月", "en": f"{_MONTHS[int(number) - 1]} {year}"})
