"""Numbers that belong to a person: phones, identity numbers, bank cards."""

from __future__ import annotations

import datetime
import re

from kiosk.flow.fields.base import FieldType, Refused, Taken, digits_only, tidy
from kiosk.flow.page import Keyboard
from kiosk.identity import id_number
from kiosk.services.question import Asked

_CHECKED_AS = {"old_form": "field.id_old", "check": "field.id_check", "date": "field.id_date"}


class PhoneField(FieldType):
    """A mobile number (11 digits) or a landline with its area code (10 to 12 digits)."""

    keyboard = Keyboard.DIGITS
    longest = 24
    example = "139 0000 0000"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Tolerates spaces, dashes, brackets and +86."""
        plain = digits_only(typed)
        plain = plain[2:] if plain.startswith("86") and len(plain) == 13 else plain
        if not plain.isascii() or not plain.isdigit():
            return Refused("field.phone_digits")
        if re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}", plain):
            return Taken(plain)
        return Refused("field.phone_length", {"count": len(plain)})


class IdNumberField(FieldType):
    """An identity number of 18 characters (GB 11643); the value is normalised, x as X."""

    keyboard = Keyboard.ID_NUMBER
    longest = 30
    example = "990101194403050029"
    """Of a region that does not exist."""

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Only the form, the date in it and the check digit can be wrong; regions never are."""
        plain = digits_only(typed).upper()
        verdict = id_number.check(plain)
        if verdict.valid:
            return Taken(verdict.number)
        key = _CHECKED_AS.get(verdict.reason or "", "field.id_length")
        return Refused(key, {"count": len(plain)})


class BankCardField(FieldType):
    """A bank card number: 12 to 19 digits with a Luhn check digit (ISO/IEC 7812-1)."""

    keyboard = Keyboard.DIGITS
    longest = 30
    example = "6200 0000 0000 0005"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Tolerates spaces and dashes."""
        plain = digits_only(typed)
        if not re.fullmatch(r"\d{12,19}", plain) or not plain.isascii():
            return Refused("field.bank_length", {"count": len(tidy(plain))})
        if not luhn_holds(plain):
            return Refused("field.bank_check")
        return Taken(plain)


def luhn_holds(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: every second digit from the right doubled, digit sums divisible by 10."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
