"""W4 and E409: what a text is like for somebody who reads it on a small screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.services.check.asked import all_asked
from kiosk.services.check.finding import Finding
from kiosk.services.check.plain import BLAMING, HAN, common_characters, jargon
from kiosk.services.check.spelling import unseen
from kiosk.services.check.texts import OFFICIAL, Words, texts_of
from kiosk.services.model import Service

MOST_OPTIONS = 8
"""Two pages of four (K01)."""
LABELS = {"options": (14, 36), "label": (10, 28)}
"""Han characters and letters that fit one line or two of a small screen."""


def words_can_be_read(service: Service) -> Iterator[Finding]:
    """Text by text."""
    for words in texts_of(service):
        yield from _blaming(words)
        yield from _invisible(words)
        yield from _other_language(words)
        yield from _too_long_a_label(words)
        if words.role not in OFFICIAL:
            yield from _uncommon(words)
            yield from _office_language(words)
        if "你" in words.zh and words.role != "staff_note":
            yield "W414", words.at("zh"), {}


def questions_can_be_answered(service: Service) -> Iterator[Finding]:
    """W403, W405, W406: one thing asked, few options, a word of help."""
    for at, one in all_asked(service):
        if one.help is None:
            yield "W406", (*at, "ask"), {"key": one.id}
        if len(one.options) > MOST_OPTIONS:
            yield "W405", (*at, "options"), {"count": len(one.options)}
        if _asks_twice(one.ask.zh):
            yield "W403", (*at, "ask", "zh"), {}


def nothing_is_asked_twice(service: Service) -> Iterator[Finding]:
    """W320: an answer that was given is not asked for again (K02, WCAG 3.3.7)."""
    asked: dict[str, str] = {}
    for n, question in enumerate(service.question):
        other = asked.setdefault(question.ask.zh, question.id)
        if other != question.id:
            yield "W320", ("question", n, "ask", "zh"), {"key": question.id, "other": other}


def _asks_twice(ask: str) -> bool:
    return len(re.findall("[？?]", ask)) > 1 or re.search("以及|并且|，同时|顺便", ask) is not None


def _blaming(words: Words) -> Iterator[Finding]:
    for key in ("zh", "en", "say_zh", "say_en"):
        found = BLAMING.search(getattr(words, key) or "")
        if found:
            yield "E409", words.at(key), {"words": found.group()}


def _invisible(words: Words) -> Iterator[Finding]:
    for key in ("zh", "en", "say_zh", "say_en"):
        found = unseen(getattr(words, key) or "")
        if found:
            yield "W411", words.at(key), found


def _other_language(words: Words) -> Iterator[Finding]:
    letters = re.search("[A-Za-z]{3}", words.zh)
    if HAN.search(words.en):
        yield "W412", words.at("en"), {}
    elif letters and not HAN.search(words.zh):
        yield "W412", words.at("zh"), {}


def _too_long_a_label(words: Words) -> Iterator[Finding]:
    most, letters = LABELS.get(words.role, (0, 0))
    if most and len(words.zh) > most:
        yield "W413", words.at("zh"), {"words": words.zh, "most": most, "letters": letters}
    elif most and len(words.en) > letters:
        yield "W413", words.at("en"), {"words": words.en, "most": most, "letters": letters}


def _uncommon(words: Words) -> Iterator[Finding]:
    """W407. Where `say_zh` gives the sound, the sign may stay."""
    common = common_characters()
    rare = [] if words.say_zh else [one for one in HAN.findall(words.zh) if one not in common]
    if rare:
        yield "W407", words.at("zh"), {"words": "、".join(dict.fromkeys(rare))}


def _office_language(words: Words) -> Iterator[Finding]:
    for language, text in (("zh", words.zh), ("en", words.en)):
        rest = text if language == "zh" else text.lower()
        for word, plain in jargon(language):
            if word in rest:
                yield "W408", words.at(language), {"words": word, "near": plain}
                rest = rest.replace(word, "")
