"""What is wrong with a service file: where, in words, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a service file. `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    code: str
    what: Text
    fix: Text
    source: str = ""
    """The line itself, as the author wrote it."""

    def show(self, language: str) -> str:
        """`elderly-allowance.toml:60:9 E101 … → …`"""
        where = f"{self.file}:{self.line}:{self.column} {self.code}"
        return f"{where} {self.what.show(language)} → {self.fix.show(language)}"
