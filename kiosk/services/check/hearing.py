"""W4: what a text is like for somebody who only hears it."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.services.check.finding import Finding
from kiosk.services.check.plain import UNREADABLE, characters, sentences
from kiosk.services.check.texts import SAID_ALONE, Words, texts_of
from kiosk.services.model import Service

LONGEST = 40
"""Han characters of a sentence (K24)."""
SHORTEST = 4
"""Han characters of a phrase (K23)."""
MOST_SENTENCES = 3
"""On a screen (K24)."""
HELP_SENTENCES = 2
"""Of a word of help (K10)."""
MOST_ENGLISH = 25
"""English words of a sentence."""
_NOT_SAID = {"law", "staff_note", "label", "unit"}


def words_can_be_heard(service: Service) -> Iterator[Finding]:
    """Text by text."""
    for words in texts_of(service):
        if words.role not in _NOT_SAID:
            yield from _too_long(words)
            yield from _too_many(words)
            yield from _no_sound(words)
        if words.role in SAID_ALONE and 0 < characters(words.said_zh) < SHORTEST:
            yield "W404", words.at("zh"), {"words": words.said_zh}


def screens_are_short(service: Service) -> Iterator[Finding]:
    """W416: a question and its hint stand on one screen (K24)."""
    for n, question in enumerate(service.question):
        if question.hint is None:
            continue
        count = len(sentences(question.ask.zh)) + len(sentences(question.hint.zh))
        if count > MOST_SENTENCES:
            yield "W416", ("question", n, "hint", "zh"), {"count": count, "most": MOST_SENTENCES}


def _too_long(words: Words) -> Iterator[Finding]:
    longest = max((characters(one) for one in sentences(words.said_zh)), default=0)
    if longest > LONGEST:
        yield "W401", words.said_at("zh"), {"count": longest, "most": LONGEST}
    spoken = max((len(one.split()) for one in sentences(words.said_en)), default=0)
    if spoken > MOST_ENGLISH:
        yield "W415", words.said_at("en"), {"count": spoken, "most": MOST_ENGLISH}


def _too_many(words: Words) -> Iterator[Finding]:
    most = HELP_SENTENCES if words.role == "help" else MOST_SENTENCES
    count = len(sentences(words.said_zh))
    if count > most:
        yield "W402", words.at("zh"), {"count": count, "most": most}


def _no_sound(words: Words) -> Iterator[Finding]:
    for key, said in (("zh", words.said_zh), ("en", words.said_en)):
        found = UNREADABLE.search(said)
        if found:
            yield "W410", words.at(key), {"words": found.group()}
