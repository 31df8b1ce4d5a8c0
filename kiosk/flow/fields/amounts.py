"""Counts and sums of money."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from kiosk.flow.fields.base import HIDDEN, FieldType, Refused, Taken, tidy
from kiosk.flow.fields.numerals import NUMERALS, whole
from kiosk.flow.fields.written import counted
from kiosk.flow.page import Keyboard
from kiosk.services.question import Asked
from kiosk.text import Text

_SPACES = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_POINT = re.compile(r"(?<=[0-9])[。点](?=[0-9])")
"""A full stop between digits is how a point comes out of Chinese keyboards and dictation."""
_ABOUT = re.compile(r"^(?:大概|大约|约|一共|共|总共)?(?:是|有)?(?:人民币|RMB|CNY|¥)?", re.IGNORECASE)
_COUNT = re.compile(rf"([0-9]+|[{NUMERALS}万]+)(?:\.0*)?(\D*)")
_MEASURES = set("个口人次天年月周岁位名件份张间层户套台辆亩元块钱项条盒瓶")
_MOST_DIGITS = 9
_MOST_YUAN = Decimal(999_999_999)

_CANONICAL_SUM = re.compile(r"[0-9]{1,9}\.[0-9]{2}")
_SUM = re.compile(r"([0-9]{1,12}(?:\.[0-9]*)?)(万?)(?:元|块|圆)?")
_SPOKEN_SUM = re.compile(
    rf"(?:(?P<yuan>[0-9{NUMERALS}万]+)(?:[元块圆]|$))?"
    rf"(?:(?P<jiao>[0-9{NUMERALS}])(?:[角毛]|$))?"
    rf"(?:零?(?P<fen>[0-9{NUMERALS}])分)?"
)
_AFTER_A_SUM = re.compile(r"(?:整|钱|yuan|RMB|CNY)$", re.IGNORECASE)


def plain_number(typed: str) -> str:
    """Without spaces, marks of thousands, a stop at the end and what is said before a number."""
    words = _SPACES.sub("", tidy(typed)).rstrip("。.,、!?")
    return _ABOUT.sub("", _THOUSANDS.sub("", _POINT.sub(".", words)))


class NumberField(FieldType):
    """A whole number; the value is its plain digits."""

    keyboard = Keyboard.DIGITS
    longest = 12
    example = "3"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """A number with or without its unit, within the question's bounds."""
        found = _COUNT.fullmatch(plain_number(typed))
        number = whole(found[1]) if found and _is_unit(found[2], question) else None
        if number is None or number >= 10**_MOST_DIGITS:
            return Refused("field.number_digits")
        if question.at_least is not None and number < question.at_least:
            return Refused("field.number_least", {"least": question.at_least})
        if question.at_most is not None and number > question.at_most:
            return Refused("field.number_most", {"most": question.at_most})
        return Taken(str(number))

    def still_fits(self, value: str, question: Asked, today: datetime.date) -> bool:
        """While it is one: a draft may be of another version of the question."""
        return value.isascii() and value.isdigit()

    def words(self, value: str, question: Asked) -> Text:
        """With its unit."""
        return counted(value, question.unit.text() if question.unit else None)

    def sample(self, question: Asked) -> str:
        """One within the bounds."""
        return str(_within(int(self.example), question))


class MoneyField(FieldType):
    """A sum in yuan; the value has exactly two decimals."""

    keyboard = Keyboard.MONEY
    longest = 20
    example = "1234.50"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Yuan and fen in figures or words: 1,234.5, 12块5, 三百五十元, 1.2万."""
        amount = read_sum(_AFTER_A_SUM.sub("", plain_number(typed)))
        if amount is None or amount > _MOST_YUAN:
            return Refused("field.money_digits")
        if amount != amount.quantize(Decimal("0.01")):
            return Refused("field.money_cents")
        if question.at_least is not None and amount < question.at_least:
            return Refused("field.money_least", {"least": question.at_least})
        if question.at_most is not None and amount > question.at_most:
            return Refused("field.money_most", {"most": question.at_most})
        return Taken(f"{amount:.2f}")

    def still_fits(self, value: str, question: Asked, today: datetime.date) -> bool:
        """While it is one: a draft may be of another version of the question."""
        return _CANONICAL_SUM.fullmatch(value) is not None

    def words(self, value: str, question: Asked) -> Text:
        """In yuan."""
        return money_text(value)

    def mask(self, value: str) -> str:
        """Nothing: a few figures of a sum are nearly all of it."""
        return HIDDEN

    def sample(self, question: Asked) -> str:
        """One within the bounds."""
        return f"{_within(1200, question)}.00"


def money_text(yuan: str) -> Text:
    """A sum from its canonical form: `1234.50` is 1234.50元, `1200.00` is 1200元."""
    shown = yuan.removesuffix(".00")
    return Text({"zh": f"{shown}元", "en": f"{shown} yuan"})


def _is_unit(words: str, question: Asked) -> bool:
    if set(words) <= _MEASURES:
        return True
    return question.unit is not None and words in (question.unit.zh, question.unit.en.replace(" ", ""))


def _within(number: int, question: Asked) -> int:
    least = question.at_least if question.at_least is not None else number
    most = question.at_most if question.at_most is not None else max(number, least)
    return min(max(number, least), most)


def read_sum(words: str) -> Decimal | None:
    """The sum in yuan that these words say, None where they say none: 12块5, 三百五十元, 1.2万."""
    plain = _SUM.fullmatch(words)
    if plain:
        return Decimal(plain[1]) * (10_000 if plain[2] else 1)
    spoken = _SPOKEN_SUM.fullmatch(words)
    if spoken is None or not any(spoken.groups()):
        return None
    yuan, jiao, fen = (whole(part) if part else 0 for part in spoken.group("yuan", "jiao", "fen"))
    if yuan is None or jiao is None or fen is None or max(jiao, fen) > 9:
        return None
    return Decimal(yuan) + Decimal(jiao * 10 + fen) / 100
