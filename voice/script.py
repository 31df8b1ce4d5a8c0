"""Page -> the sentences that are said, in the order a listener needs them (K03, K04). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.flow.fields.base import mask_digits
from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind, Role
from kiosk.text import Privacy, Text, same
from voice.privacy import Output, Wording, heard

LONGEST = 40
"""Han characters in a sentence (K24)."""
SHORTEST = 4
"""Han characters in a phrase, where the texts allow (K23)."""

_STOPS = re.compile(r"(?<=[。！？!?；;])\s*|(?<=[a-z\d]\.)\s+(?=[A-Z])")
_PAUSES = re.compile(r"(?<=[，：,])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing said in one breath, already fit for the output it was made for."""

    text: str
    """As the caption shows it; numbers are turned into words when it is spoken."""
    privacy: Privacy
    place: str
    """error, heading, body, entry, help, or the id of the choice it names."""
    said: str = ""
    """What is heard instead of `text`, where one person may hear more than a screen may show."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page is read: the language, who hears it, and the voice's own words."""

    language: str
    output: Output
    words: Wording

    def heard(self, text: Text) -> str:
        return heard(text, self.language, self.output, self.words)

    def own(self, key: str, **values: str | int) -> str:
        return self.words.text(key, **values).say(self.language)


def script(page: Page, reading: Reading) -> tuple[Sentence, ...]:
    """All of a page: error, heading, body, choices, how to answer, and last where in the service we are."""
    said = [
        *(_texts((page.error,), "error", reading) if page.error and not page.mending else ()),
        *_joined_heading(page, reading),
        *(_entry(page.entry, reading) if page.entry else ()),
        *(() if page.entry else _choices(page, reading)),
        *_how_to_answer(page, reading),
        *(_choices(page, reading) if page.entry else ()),
        *_texts((page.banner, page.progress), "body", reading),
        *_part(page, reading),
    ]
    return tuple(said)


def choice_script(choice: Choice, number: int, reading: Reading) -> tuple[Sentence, ...]:
    """ "一，给我自己办。" Without its number where that is 0.

    Its detail follows as a sentence of its own, because it may be private.
    """
    label = reading.heard(choice.label).rstrip("。.")
    key = "choice.short" if 0 < han(label) < SHORTEST - 1 else "choice.numbered"
    line = reading.own(key, n=number, label=label) if number else label
    line += reading.own("choice.chosen") if choice.chosen else ""
    named = Sentence(_ended(line, reading.language), choice.label.privacy, choice.id)
    return (named, *_texts((choice.detail,), choice.id, reading))


def text_script(text: Text, place: str, reading: Reading) -> tuple[Sentence, ...]:
    """A text outside a page: a notice or a word of help."""
    return tuple(_texts((text,), place, reading))


def han(text: str) -> int:
    """How many Chinese characters there are."""
    return sum("一" <= character <= "鿿" for character in text)


def _texts(texts: tuple[Text, ...], place: str, reading: Reading) -> Iterator[Sentence]:
    for text in texts:
        if text.decoration:
            continue
        for piece in pieces(reading.heard(text)):
            yield Sentence(_ended(piece, reading.language), text.privacy, place)


def _choices(page: Page, reading: Reading) -> Iterator[Sentence]:
    """With their numbers, but not beside a field, where a number key types."""
    for number, choice in enumerate(page.choices, 1):
        yield from choice_script(choice, 0 if page.entry else number, reading)


def _joined_heading(page: Page, reading: Reading) -> Iterator[Sentence]:
    """Heading, the big number and body; a heading of two or three characters leans on what follows (K23)."""
    head = list(_texts((page.heading,), "heading", reading))
    rest = list(_texts((page.big, *page.body), "body", reading))
    if len(head) == 1 and rest and 0 < han(head[0].text) < SHORTEST:
        first = rest.pop(0)
        start = head.pop().text
        text = (start.rstrip("。") + "，" if start.endswith("。") else start) + first.text
        strict = max(page.heading.privacy, first.privacy, key=list(Privacy).index)
        yield Sentence(text, strict, "heading")
    yield from head
    yield from rest


def _entry(entry: Entry, reading: Reading) -> Iterator[Sentence]:
    """What is typed already."""
    if entry.value and entry.secret and reading.output is Output.PRIVATE:
        yield from entry_script(entry, reading.language, reading.words)
    elif entry.value and (entry.secret or entry.rows > 1):
        # A long text is a complaint or a quarrel: the hall need not hear it again.
        yield Sentence(reading.own("answer.secret"), Privacy.OPEN, "entry")
    elif entry.value:
        value = reading.heard(same(_named(entry, reading), Privacy.MASKED))
        line = reading.own("answer.filled", value=value)
        yield Sentence(_ended(line, reading.language), Privacy.MASKED, "entry")


def entry_script(entry: Entry, language: str, words: Wording) -> tuple[Sentence, ...]:
    """What is typed, in full: on headphones, or because the person chose to have it said (K26).

    Who looks over their shoulder sees of a secret no more than before.
    """
    alone = Reading(language, Output.PRIVATE, words)
    if not entry.value:
        return ()
    said = _ended(alone.own("answer.filled", value=_named(entry, alone)), language)
    if not entry.secret:
        return (Sentence(said, Privacy.MASKED, "entry"),)
    shown = _ended(alone.own("answer.filled", value=mask_digits(entry.value)), language)
    return (Sentence(shown, Privacy.PRIVATE, "entry", said),)


def _named(entry: Entry, reading: Reading) -> str:
    """What is typed, each part beside the name of its box."""
    if entry.keyboard is Keyboard.MONEY:
        return reading.own("answer.sum", value=entry.value)
    parts = entry.value.split(" ")
    if len(parts) != len(entry.boxes):
        return entry.value
    named = zip(parts, _names(entry, reading), strict=True)
    return "".join(reading.own("answer.in_box", value=part, name=name) for part, name in named)


def _names(entry: Entry, reading: Reading) -> list[str]:
    """As they are written: said alone, a name of one character is another."""
    return [name.show(reading.language) for name in entry.boxes]


def _how_to_answer(page: Page, reading: Reading) -> Iterator[Sentence]:
    """Only where it helps: a card page, a signature, or one where keys are tried says so itself."""
    said: list[str] = []
    if page.entry:
        said = [_how_to_fill(page.entry, reading)]
        said += [reading.own("answer.optional")] if page.entry.optional else []
    elif any(choice.role is Role.TOGGLE for choice in page.choices):
        said = [reading.own("answer.several")]
    elif page.kind is PageKind.CHOICE and page.choices:
        said = [reading.own("answer.by_number" if len(page.choices) > 1 else "answer.by_enter")]
    for line in said:
        yield Sentence(line, Privacy.OPEN, "help")


def _how_to_fill(entry: Entry, reading: Reading) -> str:
    if not entry.boxes:
        return reading.own(f"answer.{entry.keyboard}")
    names = reading.own("answer.box_pause").join(_names(entry, reading))
    return reading.own("answer.boxes", names=names)


def _part(page: Page, reading: Reading) -> Iterator[Sentence]:
    if page.parts > 1:
        yield Sentence(reading.own("page.part", part=page.part, parts=page.parts), Privacy.OPEN, "body")


def pieces(text: str) -> list[str]:
    """A text cut into sentences; one that is still too long is cut at its commas, never inside a phrase."""
    cut: list[str] = []
    for sentence in filter(None, (s.strip() for s in _STOPS.split(text))):
        line = ""
        for phrase in _PAUSES.split(sentence):
            if line and han(line + phrase) > LONGEST:
                cut.append(line.strip())
                line = ""
            line += phrase
        if line.strip():
            cut.append(line.strip())
    return cut


def _ended(line: str, language: str) -> str:
    """With a full stop, so that the voice falls at the end."""
    line = line.strip()
    if line.endswith(tuple("。！？；，：!?;:,.")):
        return line
    return line + ("。" if language == "zh" else ".")
