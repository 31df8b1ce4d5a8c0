"""What was heard, to be answered with a yes; and the words that help where nothing was understood."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.moves import Choose, Enter, Miss, SaidBack
from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind, Role, SaidTo
from kiosk.flow.pages.parts import spelled, way
from kiosk.flow.pages.scene import shortened
from kiosk.text import EMPTY, Catalogue, Privacy, Text, same

NEITHER = "neither"
"""The choice that says: it was none of these."""
ALOUD = "aloud"
"""The choice that has a private number said in full."""
_GROUPS = 4
"""Digits that stand together in a number that is said back."""
_FEWEST_WITH_TAIL = 5
"""The last two digits of fewer than this would give away too much of the number."""


def said_back_page(page: Page, said: SaidBack, texts: Catalogue) -> Page:
    """Over the page that was answered. Short, as it comes after every answer: no banner is said again."""
    one = len(said.answers) == 1
    return replace(
        page,
        id=f"heard@{page.id}",
        kind=PageKind.CHOICE,
        heading=_asked(said, texts) if one else texts["heard.which"],
        body=(),
        choices=_yes_or_no(said, texts) if one else _either(said, texts),
        entry=None,
        error=None,
        # Where it binds, a key that was held down must not say yes.
        focus=("no" if one else NEITHER) if page.binding else None,
        opens_at=None,
        banner=replace(page.banner, decoration=True),
        progress=EMPTY,
        big=EMPTY,
        said_back=_said_to(page, said) if one else None,
        back=True,
        help=_help(said, texts),
    )


def can_be_said_aloud(said: SaidBack) -> bool:
    """Is it a private number, which a hall hears by its last figures only?"""
    answer, words = said.answers[0], said.words[0]
    return isinstance(answer, Enter) and bool(words.parts) and not said.aloud


def _asked(said: SaidBack, texts: Catalogue) -> Text:
    answer = said.answers[0]
    if not (said.aloud and isinstance(answer, Enter)):
        return said.words[0]
    return replace(
        texts.text("heard.typed", value=spelled(texts, _grouped(answer.typed))), privacy=Privacy.MASKED
    )


def _help(said: SaidBack, texts: Catalogue) -> tuple[Text, ...]:
    if len(said.answers) > 1:
        return (texts["heard.which_help"],)
    more = (texts["heard.aloud_help"],) if can_be_said_aloud(said) else ()
    return (texts["heard.help"], *more)


def _said_to(page: Page, said: SaidBack) -> SaidTo:
    """The page as it was on the screen: of a long list, the choices that stood there with their numbers."""
    match said.answers[0]:
        case Enter(typed=typed):
            return SaidTo(page, typed=typed)
        case Choose(id=name):
            at = next((at for at, choice in enumerate(page.choices) if choice.id == name), 0)
            first = max(at - said.number + 1, 0) if said.number else at - at % page.at_once
            return SaidTo(replace(page, choices=page.choices[first : first + page.at_once]), name)


def choice_words(choice: Choice, number: int, texts: Catalogue) -> Text:
    """ "您说的是2，「给家里人办」。对吗？" """
    label = shortened(choice.label.as_written())
    if number:
        return texts.text("heard.numbered", n=number, label=label)
    return texts.text("heard.choice", label=label)


def typed_words(entry: Entry, typed: str, texts: Catalogue) -> Text:
    """What would be typed, said back: in full where the person said it for all to hear, and a private number
    by how many figures it has and the last of them, while the screen shows it to them."""
    if entry.figures is None:
        whole = texts.text("heard.typed", value=shortened(_value(entry, typed, texts)))
        return replace(whole, names=())
    if entry.secret or not typed.isdigit():
        whole = texts.text("heard.typed", value=same(_grouped(typed), Privacy.PRIVATE))
        return replace(whole, parts=(_for_the_hall(typed, texts),))
    return texts.text("heard.typed", value=spelled(texts, _grouped(typed)))


def _grouped(number: str) -> str:
    return " ".join(number[at : at + _GROUPS] for at in range(0, len(number), _GROUPS))


def _for_the_hall(number: str, texts: Catalogue) -> Text:
    """Still a question, and by the number of figures it is noticed if one was lost."""
    if len(number) < _FEWEST_WITH_TAIL:
        return texts.text("heard.figures_few", n=len(number))
    return texts.text("heard.figures", n=len(number), tail=number[-2:])


def _value(entry: Entry, typed: str, texts: Catalogue) -> Text:
    parts = typed.split(" ")
    privacy = Privacy.PRIVATE if entry.secret else Privacy.MASKED
    if entry.keyboard is Keyboard.DATE and len(parts) == 3 and all(map(str.isdigit, parts)):
        date = texts.text("heard.date", year=parts[0], month=parts[1], day=parts[2])
        return replace(date, privacy=privacy)
    if entry.keyboard is Keyboard.MONEY:
        return replace(texts.text("heard.sum", sum=typed), privacy=privacy)
    return same(typed, privacy)


def _yes_or_no(said: SaidBack, texts: Catalogue) -> tuple[Choice, ...]:
    return (
        way(texts, "heard.yes", "yes", Role.ANSWER),
        way(texts, "heard.no", "no", Role.ANSWER),
        *((way(texts, "heard.aloud", ALOUD, Role.ANSWER),) if can_be_said_aloud(said) else ()),
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
