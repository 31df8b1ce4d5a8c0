"""Which of a service's questions is meant, once it is known which service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.ask.lexicon import Lexicon
from kiosk.ask.segment import Segments, segment
from kiosk.services.guide import Faq
from kiosk.services.model import Service

_MEANT = 0.5
_MEANT_BY = 2
"""With less of its own words in what was asked, something else was meant, and the guide is never wrong."""
_ASPECT_WEIGHS = 2


@dataclass(frozen=True, slots=True)
class _Own:
    """What a question asks beyond the name of its service, in one language."""

    tokens: frozenset[str]
    aspects: frozenset[str]

    def share(self, tokens: frozenset[str], aspects: frozenset[str]) -> float:
        """How much of it was asked; 0 where that could be chance."""
        whole = len(self.tokens) + len(self.aspects) * _ASPECT_WEIGHS
        found = len(self.tokens & tokens) + len(self.aspects & aspects) * _ASPECT_WEIGHS
        return found / whole if found >= _MEANT_BY else 0.0


class Passages:
    """The questions of one service."""

    def __init__(self, service: Service, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        named = (service.title.zh, service.title.en, *service.also_called)
        name = {term.token for text in named for term in segment(text, lexicon).terms}
        self._own = [self._of(faq, name) for faq in service.faq]

    def meant(self, asked: Segments) -> int | None:
        """The number of the question; None where the guide is the better answer."""
        tokens = frozenset(term.token for term in asked.terms)
        shares = [max(own.share(tokens, asked.aspects) for own in each) for each in self._own]
        best = max(shares, default=0.0)
        return shares.index(best) if best >= _MEANT else None

    def _of(self, faq: Faq, name: Iterable[str]) -> tuple[_Own, ...]:
        parts = (segment(words, self._lexicon) for words in (faq.ask.zh, faq.ask.en))
        return tuple(
            _Own(frozenset(t.token for t in part.terms if not t.sound).difference(name), part.aspects)
            for part in parts
        )
