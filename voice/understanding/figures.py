"""What guards a long number against a slip: its groups, its check digits, the date in it. Pure.

The kinds of answer are loaded at first need, here as elsewhere in this package: the first page does not wait.
"""

from __future__ import annotations

import datetime
import re

from kiosk.flow.page import Figures

GROUPS = {
    Figures.PHONE: (3, 7, 11),
    Figures.IDENTITY: (6, 14, 18),
    Figures.BANK_CARD: (4, 8, 12),
    Figures.RECEIPT: (4, 8, 12, 16),
}
"""After how many digits a group ends, as people say and read them: 3-4-4, 6-8-4, fours."""

_MOBILE = re.compile(r"1(?:[3-9][0-9]*)?")
_LANDLINE = re.compile(r"0(?:[1-9][0-9]{0,10})?")
_SHORT_AREAS = ("01", "02")
"""How the area codes of three digits begin: 010 and 020 to 029. All others have four."""
_IDENTITY = re.compile(r"[1-9][0-9]{0,16}|[1-9][0-9]{16}[0-9X]")
_RECEIPT = re.compile(r"2(?:0[0-9]*)?")
"""Begins with its year."""
_BIRTH = slice(6, 14)


def ends(figures: Figures, lengths: tuple[int, ...], kept: str, number: str = "") -> tuple[int, ...]:
    """At how many digits the next groups end, where these are there: several may be said in one breath.
    `number`: with what was said now."""
    begun = number or kept
    landline = figures is Figures.PHONE and begun.startswith("0")
    all_ends = _landline_ends(begun) if landline else (*GROUPS[figures], *lengths)
    return tuple(sorted({end for end in all_ends if end > len(kept)}))


def _landline_ends(digits: str) -> tuple[int, ...]:
    """0833-2123456, 010-62345678: the area code, then seven or eight digits in one go or two."""
    area = 3 if digits.startswith(_SHORT_AREAS) else 4
    return (area, area + 3, area + 4, *_whole_landlines(digits))


def _whole_landlines(digits: str) -> tuple[int, ...]:
    """After an area code of three digits there are always eight."""
    return (11,) if digits.startswith(_SHORT_AREAS) else (11, 12)


def plausible(figures: Figures, digits: str, lengths: tuple[int, ...]) -> bool:
    """Can these be the first digits of such a number, or with as many as there may be, the whole?"""
    from kiosk.flow.fields.numbers import luhn_holds
    from kiosk.identity import id_number

    whole = len(digits) in lengths
    match figures:
        case Figures.PHONE:
            return any(kind.fullmatch(digits) for kind in (_MOBILE, _LANDLINE))
        case Figures.IDENTITY:
            if not _IDENTITY.fullmatch(digits) or not _born(digits[_BIRTH]):
                return False
            return not whole or id_number.check(digits).valid
        case Figures.BANK_CARD:
            return digits.isdigit() and (not whole or luhn_holds(digits))
        case Figures.RECEIPT:
            return _RECEIPT.fullmatch(digits) is not None


def whole_number(figures: Figures, digits: str, lengths: tuple[int, ...]) -> bool:
    """Is it all there, with nothing against it?"""
    if figures is Figures.PHONE and digits.startswith("0"):
        return len(digits) in _whole_landlines(digits) and plausible(figures, digits, lengths)
    return len(digits) in lengths and plausible(figures, digits, lengths)


def _born(digits: str) -> bool:
    """A day that there was; while it is not all said, anything that begins like one."""
    if len(digits) < len("19440305"):
        return not digits or digits[: min(2, len(digits))] in ("1", "2", "18", "19", "20")
    try:
        datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return digits[:2] in ("18", "19", "20")
