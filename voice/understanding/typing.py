"""What would be typed into the field of a page for what was said. Pure."""

from __future__ import annotations

from voice.understanding.digit_words import read_digits
from voice.understanding.expect import Expectation, Wanted
from voice.understanding.figures import ends, plausible, whole_number
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase


def typed_for(said: Phrase, expected: Expectation, pack: Pack) -> str | None:
    """None where the words are no such answer; `""` where they are digits that cannot be right here."""
    from voice.understanding.count_words import count_said, sum_said
    from voice.understanding.date_words import date_said

    match expected.wanted:
        case Wanted.NUMBER:
            return count_said(said, pack) or None
        case Wanted.MONEY:
            return sum_said(said, pack) or None
        case Wanted.DATE:
            return date_said(said, pack) or None
        case Wanted.DIGITS:
            digits = read_digits(said, pack)
            return fitting(expected.kept + digits, expected) if digits else None
    return None


def fitting(number: str, expected: Expectation) -> str:
    """The number, with what stood in the field before, where it can be right: whole groups only, and nothing
    that its check digit is against; else `""`."""
    if expected.figures is None:
        return ""
    if whole_number(expected.figures, number, expected.lengths):
        return number
    at_an_end = len(number) in ends(expected.figures, expected.lengths, expected.kept, number)
    return number if at_an_end and plausible(expected.figures, number, expected.lengths) else ""
