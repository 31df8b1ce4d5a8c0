"""A number dictated to the visit, said back and mended; no wrong one is ever stored (K05, K23)."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kiosk.flow.fields.numbers import luhn_holds
from kiosk.flow.moves import Heard
from kiosk.flow.page import LENGTHS, Figures
from kiosk.flow.sitting import Sitting
from kiosk.flow.turn import turn
from kiosk.identity.id_number import check_character
from tests.flow.reached import world_at
from tests.voice.understanding.conversations import FIELDS, after, page, said_back
from tests.voice.understanding.spoken_pages import ZH
from voice.understanding import expectation
from voice.understanding.figures import GROUPS

SAID = dict(zip("0123456789X", "零幺二三四五六七八九叉", strict=True))
NUMBERS = 125
"""Of each kind, in groups and at once: a thousand in all."""
PATIENCE = 60
"""Turns after which somebody goes on with the keys."""


class Ear:
    """Hears 97 digits in a hundred as they were said; the rest as another one, twice, or not at all."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def hear(self, digits: str) -> list[str]:
        """Two alternatives, either of which may be wrong."""
        return [self.once(digits), self.once(digits)]

    def once(self, digits: str) -> str:
        """As words."""
        return "".join(SAID[digit] for digit in self._slip(digits))

    def _slip(self, digits: str) -> str:
        heard = ""
        for digit in digits:
            if self._chance.random() < 0.97:
                heard += digit
            else:
                heard += self._chance.choice([self._chance.choice("0123456789"), digit * 2, ""])
        return heard


def number_of(figures: Figures, chance: random.Random) -> str:
    """Somebody's, of a kind that there is."""
    some = "".join(chance.choice("0123456789") for _ in range(19))
    match figures:
        case Figures.PHONE:
            landline = chance.choice(
                ["010" + "6" + some[:7], "0833" + "2" + some[:6], "0755" + "8" + some[:7]]
            )
            return chance.choice(["1" + chance.choice("3456789") + some[:9], landline])
        case Figures.IDENTITY:
            first = f"99{some[:4]}19440305{some[4:7]}"
            return first + check_character(first)
        case Figures.BANK_CARD:
            start = "62" + some[: chance.choice([13, 14, 15, 16])]
            return next(start + last for last in "0123456789" if luhn_holds(start + last))
        case Figures.RECEIPT:
            return f"2026{chance.randint(1, 12):02}{chance.randint(1, 28):02}{some[:8]}"


def groups(number: str, figures: Figures) -> tuple[int, ...]:
    """Where people stop for breath: an area code is said by itself, the last digits of a card together."""
    if figures is Figures.PHONE and number.startswith("0"):
        area = 3 if number.startswith("010") else 4
        return (area, len(number) - 4, len(number))
    ends = [end for end in GROUPS[figures] if end < len(number) and end < min(LENGTHS[figures])]
    return (*ends, len(number))


def dictate(number: str, figures: Figures, ear: Ear, *, at_once: bool) -> str:
    """Somebody who says it, looks at what is said back, and answers truly. What is stored then: "" where they
    went on with the keys."""
    at = FIELDS[figures]
    for _ in range(PATIENCE):
        if at.overlay:
            return ""
        shown = said_back(at)
        if not shown:
            kept = "".join(filter(str.isalnum, _field(at)))
            end = next((end for end in groups(number, figures) if end > len(kept)), len(number))
            at = after(at, ZH, ear.hear(number[len(kept) :] if at_once else number[len(kept) : end]))
            continue
        assert at.said_back is not None
        if number.startswith(shown) and (at.said_back.part or number == shown):
            if not at.said_back.part:
                return stored(at, figures)
            at = after(at, ZH, "对的")
        else:
            at = after(at, ZH, f"不对，是{ear.once(number[len(at.typed) :][: len(shown) - len(at.typed)])}")
    return ""


def _field(at: Sitting) -> str:
    entry = page(at).entry
    assert entry is not None
    return entry.value


def stored(at: Sitting, figures: Figures) -> str:
    """What a yes to this leads to."""
    made = turn(at, Heard("yes"), world_at(at))
    if figures is Figures.RECEIPT:
        return made.number
    question = at.place.partition(":")[2]
    return made.sitting.given.answers[question].value


@pytest.mark.parametrize("at_once", [False, True], ids=["in groups", "in one breath"])
@pytest.mark.parametrize("figures", list(Figures))
def test_of_a_thousand_numbers_not_one_is_stored_wrong(figures: Figures, at_once: bool) -> None:
    chance = random.Random(f"{figures} {at_once}")
    ear = Ear(chance)
    ended = {"right": 0, "wrong": 0, "with the keys": 0}
    for _ in range(NUMBERS):
        number = number_of(figures, chance)
        kept = dictate(number, figures, ear, at_once=at_once)
        ended["right" if kept == number else "wrong" if kept else "with the keys"] += 1
    print(figures, "at once" if at_once else "in groups", ended)
    assert ended["wrong"] == 0
    assert ended["right"] >= NUMBERS * (0.6 if at_once else 0.9)


def test_of_what_was_heard_the_check_digit_chooses() -> None:
    """The best of the alternatives that can be right."""
    begun = after(FIELDS[Figures.IDENTITY], ZH, "九九零幺零幺", "对", "一九四四零三零五", "对")
    assert said_back(after(begun, ZH, ["零零二八", "零零二九"])) == "990101194403050029"
    assert after(begun, ZH, "零零二八").said_back is None


def test_a_day_that_there_was_not_is_not_taken() -> None:
    begun = after(FIELDS[Figures.IDENTITY], ZH, "九九零幺零幺", "对")
    assert after(begun, ZH, "一九四四幺三零五").said_back is None


def test_digits_that_were_typed_before_are_gone_on_from() -> None:
    """K09."""
    typed = replace(FIELDS[Figures.PHONE], typed="138 00")
    assert said_back(after(typed, ZH, "幺三")) == "1380013"
    assert said_back(after(typed, ZH, "幺三八零零零")) == "13800138000"


def test_none_of_it_is_shown_by_accident() -> None:
    """K46: whatever ends up in a log or a traceback has no digit of hers."""
    at = after(FIELDS[Figures.PHONE], ZH, "幺三八", "对", "零零幺三")
    shown = repr(at) + repr(page(at).said_back) + repr(expectation(page(at), "zh"))
    assert "138" not in shown and "0013" not in shown
