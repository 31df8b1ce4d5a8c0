"""Numbers that belong to a person: phones, identity numbers, bank cards."""

from __future__ import annotations

import datetime
import re

from kiosk.flow.fields.base import FieldType, Refused, Taken, digits_only, tidy
from kiosk.flow.fields.numerals import spelled_out
from kiosk.flow.page import Figures, Keyboard
from kiosk.identity import id_number
from kiosk.identity.id_number import NumberCheck, NumberKind, check_character
from kiosk.services.question import Asked, NumberOf

_BEFORE = re.compile(
    r"^(?:[我他她您]的)?(?:手机|电话|联系|身份证|银行卡|卡)?(?:号码|电话|号)?(?:就?是|为)?:?"
)
"""What people say before a number."""
_MOBILE, _LANDLINE, _IDENTITY, _BANK_CARD = 11, 12, 18, 19
"""The longest there is of each."""
_CHECKED_AS = {"old_form": "field.id_old", "check": "field.id_check", "date": "field.id_date"}
_OF_KIND = {
    NumberKind.CITIZEN: NumberOf.CITIZEN,
    NumberKind.HMT: NumberOf.HMT,
    NumberKind.FOREIGN_2023: NumberOf.FOREIGNER,
    NumberKind.FOREIGN_2017: NumberOf.FOREIGNER,
}


def dictated(typed: str) -> str:
    """The bare digits of a number that is typed or said digit by digit: 我的电话是幺三八 0013 8000."""
    return digits_only(_BEFORE.sub("", spelled_out(tidy(typed)), count=1))


class PhoneField(FieldType):
    """A mobile number (11 digits) or a landline with its area code (10 to 12 digits)."""

    keyboard = Keyboard.DIGITS
    figures = Figures.PHONE
    longest = 24
    example = "139 0000 0000"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Tolerates spaces, dashes, brackets, +86 and digits that are written out."""
        plain = dictated(typed)
        plain = plain[2:] if plain.startswith("86") and len(plain) == 13 else plain
        if not plain.isascii() or not plain.isdigit():
            return Refused("field.phone_digits")
        if re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}", plain):
            return Taken(plain)
        if plain.startswith("0") and len(plain) > _LANDLINE:
            return Refused("field.landline_longer", {"count": len(plain)}, anew=True)
        if not plain.startswith("0") and len(plain) > _MOBILE:
            return Refused("field.phone_longer", {"count": len(plain)}, anew=True)
        if len(plain) == _MOBILE:
            return Refused("field.phone_begin", anew=True)
        return Refused("field.phone_length", {"count": len(plain)})


class IdNumberField(FieldType):
    """An identity number; the value is normalised, x as X.

    18 characters (GB 11643) for citizens, for people from Hong Kong, Macau and Taiwan, and for foreigners
    since 2023; three letters and twelve digits for foreigners before.
    """

    keyboard = Keyboard.ID_NUMBER
    figures = Figures.IDENTITY
    longest = 30
    example = "990101194403050029"
    """Of a region that does not exist."""

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Only the form, the date in it, the check digit and the kind can be wrong; regions never are."""
        plain = dictated(typed).upper().replace("叉", "X").replace("×", "X")
        verdict = id_number.check(plain, today)
        if not verdict.valid:
            foreign = NumberOf.FOREIGNER in question.accepts
            of_form = "field.id_length_foreigner" if foreign else "field.id_length"
            if len(plain) > _IDENTITY:
                return Refused("field.id_longer", {"count": len(plain)}, anew=True)
            wrong = _CHECKED_AS.get(verdict.reason or "", of_form)
            return Refused(wrong, {"count": len(plain)}, anew=len(plain) == _IDENTITY)
        if not _whose(verdict) & set(question.accepts):
            wanted = "_".join(kind for kind in NumberOf if kind in question.accepts)
            return Refused(f"field.id_needs_{wanted}")
        return Taken(verdict.number)

    def sample(self, question: Asked) -> str:
        """Of nobody: a region that does not exist, for a residence permit a day long ago."""
        if set(question.accepts) == {NumberOf.HMT}:
            return "83000019000101000" + check_character("83000019000101000")
        return self.example


def _whose(verdict: NumberCheck) -> set[NumberOf]:
    """Foreigners' numbers begin with 9 and a province; with no such province it may be anybody's."""
    if verdict.kind is None:
        return set()
    doubtful = verdict.kind is NumberKind.FOREIGN_2023 and "unknown_region" in verdict.warnings
    return {_OF_KIND[verdict.kind]} | ({NumberOf.CITIZEN} if doubtful else set())


class BankCardField(FieldType):
    """A bank card number: 12 to 19 digits with a Luhn check digit (ISO/IEC 7812-1)."""

    keyboard = Keyboard.DIGITS
    figures = Figures.BANK_CARD
    longest = 30
    example = "6200 0000 0000 0005"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Tolerates spaces and dashes."""
        plain = dictated(typed)
        if len(plain) > _BANK_CARD:
            return Refused("field.bank_longer", {"count": len(plain)}, anew=True)
        if not re.fullmatch(r"[0-9]{12,19}", plain):
            return Refused("field.bank_length", {"count": len(plain)})
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
