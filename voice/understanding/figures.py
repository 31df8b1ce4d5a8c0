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
_LANDLINE = re.compile(r"0[1-9][0-9]{8,10}")
_IDENTITY = re.compile(r"[1-9][0-9]{0,16}|[1-9][0-9]{16}[0-9X]")
_RECEIPT = re.compile(r"2(?:0[0-9]*)?")
"""Begins with its year."""
_BIRTH = slice(6, 14)


def ends(figures: Figures, lengths: tuple[int, ...], kept: int) -> tuple[int, ...]:
    """At how many digits the next groups end, where so many are there: several may be said in one breath."""
    return tuple(sorted({end for end in (*GROUPS[figures], *lengths) if end > kept}))


def plausible(figures: Figures, digits: str, lengths: tuple[int, ...]) -> bool:
    """Can these be the first digits of such a number, or with as many as there may be, the whole?"""
    from kiosk.flow.fields.numbers import luhn_holds
    from kiosk.identity import id_number

    whole = len(digits) in lengths
    match figures:
        case Figures.PHONE:
            return _MOBILE.fullmatch(digits) is not None
        case Figures.IDENTITY:
            if not _IDENTITY.fullmatch(digits) or not _born(digits[_BIRTH]):
                return False
            return not whole or id_number.check(digits).valid
        case Figures.BANK_CARD:
            return digits.isdigit() and (not whole or luhn_holds(digits))
        case Figures.RECEIPT:
            return _RECEIPT.fullmatch(digits) is not None


def whole_number(figures: Figures, digits: str, lengths: tuple[int, ...]) -> bool:
    """Is it all there, with nothing against it? A landline counts, too, said in one breath."""
    if figures is Figures.PHONE and _LANDLINE.fullmatch(digits):
        return True
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
