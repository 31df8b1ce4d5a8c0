"""Who may hear what (K26): the loudspeaker never says a private number in full."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Protocol

from kiosk.hanzi.surnames import begins_with_surname
from kiosk.text import Privacy, Text
from voice.spoken_forms.patterns import plain_width


class Output(StrEnum):
    """Where the sound goes."""

    LOUDSPEAKER = "loudspeaker"
    """The whole room hears it."""
    PRIVATE = "private"
    """Headphones or a handset, or the person chose to have it read out."""


class Wording(Protocol):
    """The words this part says by itself: the catalogue `voice`."""

    def text(self, key: str, /, **values: str | int | Text) -> Text:
        """The text with its placeholders filled."""
        ...


_HIDING = r"[*＊•●]"
_MASKED_NUMBER = re.compile(rf"[0-9]{{0,6}}[ ]?(?:{_HIDING}[ ]?){{2,}}([0-9]{{1,4}}[Xx]?)")
_HIDDEN_CHARACTERS = re.compile(r"[*＊•●]+")
_LONG_RUN = re.compile(r"[0-9](?:[ \-·.]?[0-9]){4,}[Xx]?")
_NOT_A_SECRET = re.compile(
    r"(?<!\d)[12][0-9]{3}([-/. ])[01]?[0-9]\1[0-3]?[0-9](?![ -]?\d)"  # a date, as it is typed, too
    r"|(?<![\d.])[0-9]{1,8}(?:\.[0-9]{1,2})?(?=\s?(?:元|块|yuan))"  # an amount of money
    r"|(?:(?<=[打拨])|(?<=[打拨] )|(?<=[Cc]all ))[0-9]{5}(?![ \-·]?\d)"  # a number for everybody: 12345
)
_LABEL = re.compile(r"^([^0-9:：]{1,24})[:：]\s*(?=\S)")
_SENTENCE_SIGN = re.compile(r"[，。？！?!]|[,.](?!\d)")
_HAN_NAME = re.compile(r"^[一-鿿·]{2,4}$")
_SHORT_NAME = re.compile(r"^[一-鿿][一-鿿*＊]{1,3}$")
"""A name of few characters, also one that the screen masks."""
_LONG_NAME = re.compile(r"^(?:[^\W\d_]+(?:[·・' ,-]+[^\W\d_]+){1,3}|\w[*＊]+)$")
"""With its dots or spaces, or what masking has left of it."""
_SOURCE = re.compile(r"(.*?)(\s*[（(][^（()）]*[)）])?", re.DOTALL)
"""A value, and what is said in brackets after it: where it came from."""
_FIGURES = re.compile(r"[0-9][0-9Xx*＊•● \-·]*")
_FEWEST_FIGURES = 5
"""Two figures of fewer than this would give away too much of the number."""
_FULL_VALUE = 6
"""A masked value longer than this is said as its first three characters."""


def heard(text: Text, language: str, output: Output, words: Wording) -> str:
    """What may be said of `text` there, in written form; a private number as its last two figures."""
    said = plain_width(text.say(language))
    if output is Output.PRIVATE:
        return said
    if text.parts:
        between = words.text("private.between").say(language)
        return between.join(heard(part, language, output, words) for part in text.parts)
    if text.privacy is Privacy.PRIVATE:
        return _announced(said, language, words)
    if text.names and _SENTENCE_SIGN.search(said):
        return safe_for_room(_names_in_part(said, text, language, words), language, words)
    safe = safe_for_room(said, language, words)
    return _in_part(said, language, words) if text.privacy is Privacy.MASKED and safe == said else safe


def safe_for_room(said: str, language: str, words: Wording) -> str:
    """The last net, whatever a text was marked as: no long number in full, dates and amounts excepted."""
    said = _MASKED_NUMBER.sub(lambda m: _tail(m[1], language, words), said)
    kept = [match.span() for match in _NOT_A_SECRET.finditer(said)]

    def shortened(match: re.Match[str]) -> str:
        inside = any(start <= match.start() and match.end() <= end for start, end in kept)
        return match[0] if inside else _tail(match[0], language, words)

    said = _LONG_RUN.sub(shortened, said)
    hidden = words.text("private.hidden_character").say(language)
    return _HIDDEN_CHARACTERS.sub(lambda m: hidden, said)


def _announced(said: str, language: str, words: Wording) -> str:
    """已读取，尾号零二: the label before the colon stays, nothing of the value but two figures."""
    label, value = _split_label(said)
    figures = re.findall(r"[0-9Xx]", "".join(_FIGURES.findall(value)))
    if len(figures) >= _FEWEST_FIGURES or (figures and _HIDDEN_CHARACTERS.search(value)):
        return label + words.text("private.read_number", tail="".join(figures[-2:])).say(language)
    return label + words.text("private.read").say(language)


def _in_part(said: str, language: str, words: Wording) -> str:
    """王某某 for a name, the first characters for anything longer; a sentence is said as it is shown,
    unless it is what a person wrote: that stands behind its label."""
    label, value = _split_label(said)
    value, source = _split_source(value)
    if not value or (not label and _SENTENCE_SIGN.search(value)):
        return said
    if _HAN_NAME.match(value):
        if not begins_with_surname(value):
            return label + words.text("private.read").say(language) + source
        return label + _surname_only(value, language, words) + source
    if len(value) <= _FULL_VALUE and not re.search(r"\d", value):
        return said
    first = re.split(r"[\d ]", value)[0][:20] if " " in value.strip() else re.split(r"\d", value[:3])[0]
    if not any(sign.isalpha() for sign in first):
        return label + words.text("private.read").say(language)
    return label + words.text("private.first_part", first=first).say(language)


def _names_in_part(said: str, text: Text, language: str, words: Wording) -> str:
    """A sentence with what stands for each name in it."""
    for name in text.names:
        whole = plain_width(name.say(language))
        said = said.replace(whole, _called(whole, language, words)) if whole else said
    return said


def _called(name: str, language: str, words: Wording) -> str:
    """王某某 inside a sentence; "Wang" in an English one; 这位 for whose surname cannot be told."""
    if not _SHORT_NAME.match(name) or not begins_with_surname(name):
        known = _SHORT_NAME.match(name) or _LONG_NAME.match(name)
        return words.text("private.somebody").say(language) if known else _in_part(name, language, words)
    if language == "zh":
        return name[0] + words.text("private.hidden_character").say(language) * (len(name) - 1)
    return _surname_sound(name)


def _surname_only(name: str, language: str, words: Wording) -> str:
    """王某某; to English ears, who have no characters, "Wang, the rest is not said aloud"."""
    if language == "zh":
        return name[0] + words.text("private.hidden_character").say(language) * (len(name) - 1)
    return words.text("private.first_part", first=_surname_sound(name)).say(language)


def _surname_sound(name: str) -> str:
    from kiosk.hanzi.readings import syllables

    return syllables(name)[0].rstrip("012345").replace("v", "ü").capitalize()


def _split_source(value: str) -> tuple[str, str]:
    match = _SOURCE.fullmatch(value)
    return (match.group(1), match.group(2) or "") if match else (value, "")


def _split_label(said: str) -> tuple[str, str]:
    match = _LABEL.match(said)
    if not match:
        return "", said
    return f"{match[1]}：" if "：" in match[0] else f"{match[1]}: ", said[match.end() :]


def _tail(number: str, language: str, words: Wording) -> str:
    figures = re.findall(r"[0-9Xx]", number)
    return words.text("private.tail", tail="".join(figures[-2:])).say(language)
