"""A text on its way from written to spoken; each of its characters remembers where it was written. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Words = Callable[[re.Match[str]], str]
Rule = tuple[re.Pattern[str], Words]
Span = tuple[int, int]
"""From, and up to: of the written text."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Words to say, each character with the place of what it stands for."""

    words: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, written: str) -> Traced:
        """Nothing changed yet: each character is where it was written."""
        return cls(written, tuple((at, at + 1) for at in range(len(written))))

    def sub(self, pattern: re.Pattern[str], words: Words) -> Traced:
        """As `re.sub`; all words of a replacement stand for the whole of what they replace."""
        said, spans, at = "", list[Span](), 0
        for match in pattern.finditer(self.words):
            told = words(match)
            said += self.words[at : match.start()] + told
            spans += self.spans[at : match.start()]
            spans += [self._span(*match.span())] * len(told)
            at = match.end()
        if not at and not said:
            return self
        return Traced(said + self.words[at:], (*spans, *self.spans[at:]))

    def apply(self, rules: tuple[Rule, ...]) -> Traced:
        """Each rule in turn over the whole text."""
        text = self
        for pattern, words in rules:
            text = text.sub(pattern, words)
        return text

    def strip(self, signs: str) -> Traced:
        """Without these at its ends."""
        start = len(self.words) - len(self.words.lstrip(signs))
        end = max(len(self.words.rstrip(signs)), start)
        return Traced(self.words[start:end], self.spans[start:end])

    def written(self, start: int, length: int) -> Span:
        """Start and length, in the written text, of what these words stand for: of a number all of it."""
        begin, end = self._span(start, start + max(length, 1))
        return begin, end - begin

    def _span(self, start: int, end: int) -> Span:
        """What is put in between two characters stands for neither, and has no length."""
        covered = self.spans[start:end]
        if covered:
            return min(begin for begin, _ in covered), max(last for _, last in covered)
        before = self.spans[start - 1][1] if 0 < start <= len(self.spans) else 0
        return before, before
