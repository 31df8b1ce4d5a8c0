"""What may be answered on a page, by voice: made from the Page alone, so that each can be spoken to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.flow.page import ENTER, LENGTHS, Entry, Figures, Keyboard, Page, Role, SaidTo
from kiosk.text import Text


class Wanted(StrEnum):
    """What sort of answer a page waits for."""

    OPTIONS = "options"
    YES_NO = "yes-no"
    DIGITS = "digits"
    """A number said digit by digit."""
    NUMBER = "number"
    """A count."""
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    NOTHING = "nothing"
    """Only commands."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the page as it may be named."""

    id: str
    number: int
    """As it stands before the choice; 0 beside a field, where a number is an answer."""
    names: tuple[str, ...] = field(repr=False)
    """Its label as it is shown and as it is said."""
    answer: bool = True
    """False for a way on that is on many pages: a person, more of the list."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What may be answered."""

    wanted: Wanted
    options: tuple[Option, ...] = ()
    yes: str = ""
    """The choice that a yes means, and"""
    no: str = ""
    """the one that a no means; empty where a yes or a no is no answer."""
    asked: str = field(default="", repr=False)
    """The question, for an answer that takes up its words."""
    figures: Figures | None = None
    lengths: tuple[int, ...] = ()
    """How many digits the whole number may have."""
    kept: str = field(default="", repr=False)
    """Its digits that stand in the field already."""
    private: bool = False
    """Whoever says the answer in the hall tells it to everybody."""
    binding: bool = False
    said_back: bool = False
    """Asked is whether something was heard rightly: a 对 or a 不对 is an answer, no number is."""
    below: Expectation | None = None
    """Where another answer puts right what was heard: what the page below it waits for,"""
    heard: str = field(default="", repr=False)
    """and which answer to it was heard: the id of its choice, or what would be typed."""

    def option(self, id: str) -> Option:  # noqa: A002  # it is called so on the page, too
        """The option of that id. Raises StopIteration where there is none."""
        return next(option for option in self.options if option.id == id)


_OF_KEYBOARD = {
    Keyboard.DIGITS: Wanted.NUMBER,
    Keyboard.DATE: Wanted.DATE,
    Keyboard.ID_NUMBER: Wanted.DIGITS,
    Keyboard.MONEY: Wanted.MONEY,
    Keyboard.TEXT: Wanted.TEXT,
}
_WAYS_ON = {"person", "more", "skip"}
"""Choices that pages have beside their answers."""
_SAYS_NO = {"zh": re.compile(r"[不没]"), "en": re.compile(r"(?:no|not|do not|don't)\b", re.I)}
"""How a label begins that is the no of its page."""


def expectation(page: Page, language: str) -> Expectation:
    """What may be answered on this page, or on this part of one."""
    options = tuple(
        Option(
            choice.id,
            0 if page.entry else number,
            _names(choice.label, language),
            choice.id not in _WAYS_ON and choice.role is not Role.MORE,
        )
        for number, choice in enumerate(page.choices, 1)
        if not (page.entry and choice.id == ENTER)
    )
    asked = page.heading.say(language)
    if page.entry:
        return _typed(page.entry, options, asked, page.binding)
    yes, no = _yes_and_no(page, language)
    wanted = Wanted.YES_NO if yes else Wanted.OPTIONS if options else Wanted.NOTHING
    plain = Expectation(wanted, options, yes, no, asked, binding=page.binding)
    return _over(plain, page.said_back, language) if page.said_back else plain


def _over(asked: Expectation, said_to: SaidTo, language: str) -> Expectation:
    """Words freely said are no correction: anything would be one."""
    below = expectation(said_to.page, language)
    return replace(
        asked,
        said_back=True,
        below=None if below.wanted is Wanted.TEXT else below,
        heard=said_to.choice or said_to.typed,
    )


def _typed(entry: Entry, options: tuple[Option, ...], asked: str, binding: bool) -> Expectation:
    figures = entry.figures or (Figures.IDENTITY if entry.keyboard is Keyboard.ID_NUMBER else None)
    return Expectation(
        Wanted.DIGITS if figures else _OF_KEYBOARD[entry.keyboard],
        options,
        asked=asked,
        figures=figures,
        lengths=LENGTHS[figures] if figures else (),
        kept="".join(sign for sign in entry.value.upper() if sign in "0123456789X") if figures else "",
        # What somebody writes at length is a complaint or a quarrel: nobody else need hear it.
        private=entry.secret or entry.rows > 1,
        binding=binding,
    )


def _names(label: Text, language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((label.show(language), label.say(language))))


def _yes_and_no(page: Page, language: str) -> tuple[str, str]:
    """The choices that a yes and a no mean: by their ids, or where of two answers one begins with a no."""
    answers = [one for one in page.choices if one.id not in _WAYS_ON and one.role is not Role.MORE]
    if {"yes", "no"} <= {choice.id for choice in answers}:
        return "yes", "no"
    says_no = _SAYS_NO.get(language)
    asks = page.heading.show(language).rstrip().endswith(("？", "?"))
    if not asks or len(answers) != 2 or says_no is None or any(one.role is Role.TOGGLE for one in answers):
        return "", ""
    negative = [choice.id for choice in answers if says_no.match(choice.label.show(language))]
    if len(negative) != 1:
        return "", ""
    return next(choice.id for choice in answers if choice.id != negative[0]), negative[0]
