"""A page as a question to the ears, and what was said as an answer to the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from kiosk.flow.page import Page
from kiosk.ports import NotUnderstood, Understood, Unsure, Wished
from voice.listening.asking import question_for
from voice.listening.messages import Listen
from voice.understanding import Pack, expectation, load_pack, understand


@lru_cache(maxsize=4)
def _pack(language: str, accents: Path | None) -> Pack:
    return load_pack(language, accents)


class PageQuestion:
    """What is asked on one page, in one language."""

    def __init__(self, page: Page, language: str, accents: Path | None) -> None:
        """Raises PackFault where the words of that language cannot be used."""
        self._expected = expectation(page, language)
        self._pack = _pack(language, accents)

    def listen(self, number: int) -> Listen:
        """The order to listen for it, under this number."""
        question = question_for(self._expected, self._pack)
        patience = question.patience
        return Listen(
            number,
            None if question.phrases is None else list(question.phrases),
            hang=patience.hang,
            silence=patience.silence,
            longest=patience.longest,
            lengths=list(patience.lengths),
            digit_words=list(patience.digit_words),
        )

    def understood(self, texts: Sequence[str]) -> Understood | Unsure | Wished | NotUnderstood:
        """What these words, the likeliest first, mean on this page."""
        return understand(texts, self._expected, self._pack)
