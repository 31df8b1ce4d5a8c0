"""Asks somebody at a terminal, in plain words; a slip of the finger is told, and asked again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import click

from kiosk.text import Catalogue

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST = 400


class Interview:
    """Questions of a catalogue, one a line, in one language."""

    def __init__(self, texts: Catalogue, language: str) -> None:
        self._texts, self._language = texts, language

    def tell(self, key: str, **values: str | int) -> None:
        """Say something."""
        click.echo(self.words(key, **values))

    def words(self, key: str, **values: str | int) -> str:
        """A text of the catalogue."""
        return self._texts.text(key, **values).show(self._language)

    def line(self, key: str, default: str = "", **values: str | int) -> str:
        """Some words; Enter alone gives the default. Asked again while there is nothing."""
        shown = self.words(key, **values) + (f" [{default}]" if default else "")
        while not (typed := self._typed(shown) or default):
            self.tell("ask.needed")
        return typed

    def _typed(self, shown: str) -> str:
        after = " " if shown.endswith(("？", "?")) else ": "
        while True:
            given = str(click.prompt(shown, "", show_default=False, prompt_suffix=after))
            typed = _CONTROL.sub(" ", given).strip()
            if len(typed) <= _LONGEST:
                return typed
            self.tell("ask.too_long", n=_LONGEST)

    def said(self, key: str, default: dict[str, str] | None = None, **values: str | int) -> dict[str, str]:
        """The same words in Chinese and in English; what has no English yet keeps the Chinese."""
        known = default or {"zh": "", "en": ""}
        zh = self.line(key, known["zh"], **values)
        kept = known["en"] if zh == known["zh"] else ""
        shown = self.words("ask.in_english") + (f" [{kept}]" if kept else "")
        return {"zh": zh, "en": self._typed(shown) or kept or zh}

    def yes(self, key: str, *, default: bool = False, **values: str | int) -> bool:
        """Yes or no, by number."""
        options = [self.words("ask.yes"), self.words("ask.no")]
        return self.one_of(self.words(key, **values), options, 0 if default else 1) == 0

    def number(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number within bounds."""
        while True:
            typed = unicodedata.normalize("NFKC", self.line(key, str(default)))
            if typed.isdecimal() and low <= int(typed) <= high:
                return int(typed)
            self.tell("ask.number", low=low, high=high)

    def one_of(self, heading: str, options: Sequence[str], default: int = 0) -> int:
        """Which of them, counted from 0."""
        click.echo(heading)
        for number, option in enumerate(options, 1):
            click.echo(f"  {number}  {option}")
        return self.number("ask.which", default + 1, 1, len(options)) - 1
