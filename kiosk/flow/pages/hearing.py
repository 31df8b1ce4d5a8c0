"""What was heard, to be answered with a yes; and the words that help where nothing was understood."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.moves import Choose, Miss, SaidBack
from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind, Role
from kiosk.flow.pages.parts import spelled, way
from kiosk.flow.pages.scene import shortened
from kiosk.text import EMPTY, Catalogue, Privacy, Text, same

NEITHER = "neither"
"""The choice that says: it was none of these."""
_GROUPS = 4
"""Digits that stand together in a number that is said back."""


def said_back_page(page: Page, said: SaidBack, texts: Catalogue) -> Page:
    """Over the page that was answered. Short, as it comes after every answer: no banner is said again."""
    one = len(said.answers) == 1
    return replace(
        page,
        id=f"heard@{page.id}",
        kind=PageKind.CHOICE,
        heading=said.words[0] if one else texts["heard.which"],
        body=(),
        choices=_yes_or_no(texts) if one else _either(said, texts),
        entry=None,
        error=None,
        # Where it binds, a key that was held down must not say yes.
        focus=("no" if one else NEITHER) if page.binding else None,
        opens_at=None,
        banner=replace(page.banner, decoration=True),
        progress=EMPTY,
        big=EMPTY,
        said_back=one,
        back=True,
        help=(texts["heard.help" if one else "heard.which_help"],),
    )


def choice_words(choice: Choice, number: int, texts: Catalogue) -> Text:
    """ "您说的是2，「给家里人办」。对吗？" """
    label = shortened(choice.label.as_written())
    if number:
        return texts.text("heard.numbered", n=number, label=label)
    return texts.text("heard.choice", label=label)


def typed_words(entry: Entry, typed: str, texts: Catalogue) -> Text:
    """What would be typed, said back: in full where the person said it for all to hear, and a private number
    by its last figures, while the screen shows it to them."""
    return texts.text("heard.typed", value=shortened(_value(entry, typed, texts)))


def _value(entry: Entry, typed: str, texts: Catalogue) -> Text:
    parts = typed.split(" ")
    if entry.figures is not None:
        number = " ".join(typed[at : at + _GROUPS] for at in range(0, len(typed), _GROUPS))
        if entry.secret or not typed.isdigit():
            return same(number, Privacy.PRIVATE)
        return spelled(texts, number)
    privacy = Privacy.PRIVATE if entry.secret else Privacy.MASKED
    if entry.keyboard is Keyboard.DATE and len(parts) == 3 and all(map(str.isdigit, parts)):
        date = texts.text("heard.date", year=parts[0], month=parts[1], day=parts[2])
        return replace(date, privacy=privacy)
    if entry.keyboard is Keyboard.MONEY:
        return replace(texts.text("heard.sum", sum=typed), privacy=privacy)
    return same(typed, privacy)


def _yes_or_no(texts: Catalogue) -> tuple[Choice, ...]:
    return (
        way(texts, "heard.yes", "yes", Role.ANSWER),
        way(texts, "heard.no", "no", Role.ANSWER),
    )


def _either(said: SaidBack, texts: Catalogue) -> tuple[Choice, ...]:
    moves = zip(said.answers, said.words, strict=True)
    choices = (Choice(move.id, words) for move, words in moves if isinstance(move, Choose))
    return (*choices, way(texts, "heard.neither", NEITHER, Role.ANSWER))


def hint(page: Page, miss: Miss, times: int, texts: Catalogue) -> Text:
    """What helps after `times` misses in a row on this page, or on this part of it."""
    if times > 2:
        return texts["unheard.at_last"]
    again = "_again" if times == 2 else ""
    if miss is not Miss.UNCLEAR:
        return texts[f"unheard.{miss}{again}"]
    sort = _sort(page)
    if sort == "options" and again:
        label = shortened(page.choices[0].label.as_written())
        return texts.text("unheard.options_again", label=label)
    return texts[f"unheard.{sort}{again}"]


_SORTS = {
    Keyboard.DIGITS: "number",
    Keyboard.DATE: "date",
    Keyboard.ID_NUMBER: "digits",
    Keyboard.MONEY: "money",
    Keyboard.TEXT: "text",
}


def _sort(page: Page) -> str:
    """What sort of answer is waited for."""
    if page.entry is not None:
        return "digits" if page.entry.figures else _SORTS[page.entry.keyboard]
    return "yes_no" if page.said_back else "options"
