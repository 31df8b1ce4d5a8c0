"""Identity numbers after GB 11643, and their masked form. No region table: it must never reject."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_FORM = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OLD_FORM = re.compile(r"[1-9][0-9]{14}")
_FOREIGN_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47)}
    | {*range(50, 55), *range(61, 66), 71, 81, 82, 83}
)


class Reason(StrEnum):
    """Why a number is not valid."""

    FORM = "form"
    CHECK = "check"
    DATE = "date"
    OLD_FORM = "old_form"
    """Fifteen digits of the first generation: recognised, never lengthened by us."""


class NumberKind(StrEnum):
    """Whose number it is, by its form."""

    CITIZEN = "citizen"
    HMT = "hmt"
    """Residence permit of people from Hong Kong, Macau and Taiwan."""
    FOREIGN_2023 = "foreign_2023"
    FOREIGN_2017 = "foreign_2017"
    """Three letters and twelve digits; carries no GB 11643 check."""


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """The verdict on one number. The number itself stays out of the repr."""

    number: str
    """Normalised: half-width, no spaces, capital X."""
    valid: bool
    reason: Reason | None = None
    birth: date | None = None
    sex: str | None = None
    kind: NumberKind | None = None
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"NumberCheck(valid={self.valid}, reason={self.reason})"


def normalise(number: str) -> str:
    """Half-width characters, no spaces, capital letters."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def check_character(first_17: str) -> str:
    """The 18th character that belongs to these 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def check(number: str, today: date | None = None) -> NumberCheck:
    """Judge a number; with `today`, a birth date after it is refused. Never raises."""
    number = normalise(number)
    if _OLD_FORM.fullmatch(number):
        return NumberCheck(number, False, Reason.OLD_FORM, birth=_day("19" + number[6:12]))
    if _FOREIGN_2017.fullmatch(number):
        return NumberCheck(number, True, kind=NumberKind.FOREIGN_2017, warnings=("no_check_digit",))
    if not _FORM.fullmatch(number):
        return NumberCheck(number, False, Reason.FORM)
    if check_character(number[:17]) != number[17]:
        return NumberCheck(number, False, Reason.CHECK)
    birth = _day(number[6:14])
    if birth is None or (today is not None and birth > today):
        return NumberCheck(number, False, Reason.DATE)
    kind = _kind(number)
    return NumberCheck(
        number,
        True,
        birth=birth,
        sex="男" if int(number[16]) % 2 else "女",
        kind=kind,
        warnings=() if _known_region(number, kind) else ("unknown_region",),
    )


def mask(number: str) -> str:
    """First three and last two characters; all stars when it is too short to hide anything else."""
    if len(number) < 8:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def _kind(number: str) -> NumberKind:
    if number[0] == "9":
        return NumberKind.FOREIGN_2023
    if number[:6] in {"810000", "820000", "830000"}:
        return NumberKind.HMT
    return NumberKind.CITIZEN


def _known_region(number: str, kind: NumberKind) -> bool:
    province = number[1:3] if kind is NumberKind.FOREIGN_2023 else number[:2]
    return int(province) in _PROVINCES


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
