"""What is wrong with a service file: where, in words, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.services.positions import Part
from kiosk.text import Text


class Severity(StrEnum):
    """What follows from a problem."""

    ERROR = "error"
    """It must be mended: `kiosk service check` ends with code 1."""
    REMARK = "remark"
    """Worth another look; the service can be used as it is."""


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
    path: tuple[Part, ...] = ()
    """The key it is about, in the file's own numbering (`("question", 3, "ask", "zh")`)."""

    @property
    def severity(self) -> Severity:
        """The letter of its code tells."""
        return Severity.REMARK if self.code.startswith("W") else Severity.ERROR

    def show(self, language: str) -> str:
        """`elderly-allowance.toml:60:9 E101 … → …`"""
        where = f"{self.file}:{self.line}:{self.column} {self.code}"
        return f"{where} {self.what.show(language)} → {self.fix.show(language)}"
