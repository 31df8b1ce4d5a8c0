"""W417: an official name is met together with an everyday word (K25)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kiosk.services.check.finding import Finding
from kiosk.services.check.plain import official
from kiosk.services.check.texts import Words, texts_of
from kiosk.services.model import Service
from kiosk.services.positions import Part

_TO_TAKE_HOME = {"title", "guide", "faq", "material"}
"""Parts that a person reads before deciding to begin; all others are pages that are answered."""
_FOR_THE_DESK = {"law", "staff_note"}


def official_names_are_told_plainly(service: Service) -> Iterator[Finding]:
    """In what is read beforehand, and on the first page that has the name: not the same people read both."""
    texts = [words for words in texts_of(service) if words.role not in _FOR_THE_DESK]
    texts = [words for words in texts if words.path[0] != "print"]
    beforehand = [words for words in texts if words.path[0] in _TO_TAKE_HOME]
    pages = groupby((words for words in texts if words not in beforehand), key=_page)
    yield from _untold([beforehand])
    yield from _untold([list(page) for _, page in pages])


def _page(words: Words) -> tuple[Part, ...]:
    return words.path[:2]


def _untold(pages: Iterable[list[Words]]) -> Iterator[Finding]:
    """Names whose first page has no everyday word. A longer name that is told tells the shorter one in it."""
    met: set[str] = set()
    for page in pages:
        told = "\n".join(f"{words.zh}\n{words.said_zh}" for words in page)
        for name, plain in official():
            first = next((words for words in page if name in words.zh), None)
            if first is None or any(name in longer for longer in met):
                continue
            met.add(name)
            if not any(word in told for word in plain):
                yield "W417", first.at("zh"), {"words": name, "near": "、".join(plain)}
