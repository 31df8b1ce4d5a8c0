"""What is said in place of a yes where something was misheard: 不对，是二, or the other answer alone. Pure.

It is said back in its turn, so nothing counts that nobody agreed to.
"""

from __future__ import annotations

from kiosk.ports import Understood
from voice.understanding.digit_words import read_digits
from voice.understanding.expect import Expectation, Wanted
from voice.understanding.naming import find_named, mentions, named_options
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase
from voice.understanding.typing import fitting, typed_for
from voice.understanding.yes_no import questions_in


def put_right(
    said: Phrase, expected: Expectation, pack: Pack, *, after_no: bool = False
) -> Understood | None:
    """Another answer to the page below; None where none is named, or the same one again.

    `after_no`: only what is named after a plain no.
    """
    below = expected.below
    if below is None:
        return None
    size = max((len(word) for word in pack.around.corrections if said[: len(word)] == word), default=0)
    rest = said[size:]
    judgements = pack.judgements
    if after_no and (not size or rest in judgements.agree | judgements.will | judgements.no):
        return None
    if typed := _other_typed(rest, expected, below, pack, denied=size > 0):
        return Understood(typed=typed, instead=True)
    # 不办 is what is not wanted; 不对，办 is what is.
    clear = size > 1 or pack.accents is None
    ways = [rest] if clear else []
    for words in ways if after_no else [*ways, said]:
        if words and (choice := _other_choice(words, expected, below, pack)):
            return Understood(choice=choice, instead=True)
    return None


def _other_choice(said: Phrase, expected: Expectation, below: Expectation, pack: Pack) -> str:
    options = named_options(below, pack)
    if any(not mentions(words, options) for words in questions_in(said, pack)):
        return ""
    ids = find_named(said, options, pack)
    return ids[0] if len(ids) == 1 and ids[0] != expected.heard else ""


def _other_typed(
    said: Phrase, expected: Expectation, below: Expectation, pack: Pack, *, denied: bool
) -> str | None:
    """不对，是三 changes the last digit of a longer number; more digits are its last group said anew."""
    if not said:
        return None
    digits = read_digits(said, pack) if below.wanted is Wanted.DIGITS else ""
    if denied and len(digits) == 1 and len(expected.heard) - len(below.kept) > 1:
        typed: str | None = fitting(expected.heard[:-1] + digits, below)
    else:
        typed = typed_for(said, below, pack)
    return typed if typed != expected.heard else None
