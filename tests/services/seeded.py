"""A sound service with one slip in it: what was written, what is told, and on which line of which file.

The market stall and its shared block are for these tests only; each slip is one that people make.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from kiosk.services.load import look_over
from kiosk.services.model import Service
from kiosk.services.problem import Problem

STALLS = Path(__file__).resolve().parent / "stalls"
GOOD = (STALLS / "market-stall.toml").read_text(encoding="utf-8")
BLOCK = (STALLS / "blocks" / "holder.toml").read_text(encoding="utf-8")
BLOCK_NAME = "blocks/holder.toml"
TODAY = datetime.date(2026, 11, 2)


@dataclass(frozen=True)
class Slip:
    """`wrong` stands where `right` stood; `code` is told on the line of `at`, else on that of the slip."""

    right: str
    wrong: str
    code: str
    at: str = ""
    block: bool = False
    """The slip is in the shared block, and told there."""
    told_in_block: bool | None = None
    """Where it is told, if not in the file with the slip."""
    then: tuple[tuple[str, str], ...] = ()
    """More of the same kind: a slip that takes several places."""

    def spoil(self) -> tuple[str, str]:
        """The service and its block with the slip in one of them."""
        whole = BLOCK if self.block else GOOD
        assert self.right in whole, self.right
        spoiled = whole.replace(self.right, self.wrong, 1)
        for right, wrong in self.then:
            assert right in spoiled, right
            spoiled = spoiled.replace(right, wrong)
        return (GOOD, spoiled) if self.block else (spoiled, BLOCK)

    @property
    def file(self) -> str:
        """The file it is told in."""
        inside = self.block if self.told_in_block is None else self.told_in_block
        return BLOCK_NAME if inside else "service.toml"

    def line(self) -> int:
        """Where it should be told, from 1."""
        told = self.spoil()[self.file == BLOCK_NAME]
        if self.at:
            return told[: told.index(self.at)].count("\n") + 1
        good = BLOCK if self.block else GOOD
        start = next(n for n, (a, b) in enumerate(zip(good, told, strict=False)) if a != b)
        return told[:start].count("\n") + 1


def part(start: str, end: str) -> str:
    """The text of the sound service from one mark up to another."""
    begin = GOOD.index(start)
    return GOOD[begin : GOOD.index(end, begin)]


def looked_over(
    folder: Path, service: str | bytes = GOOD, block: str | bytes = BLOCK
) -> tuple[Service | None, tuple[Problem, ...]]:
    """What an author is told about these two files."""
    (folder / "blocks").mkdir(exist_ok=True)
    for name, source in (("service.toml", service), (BLOCK_NAME, block)):
        (folder / name).write_bytes(source if isinstance(source, bytes) else source.encode())
    return look_over(folder / "service.toml", TODAY)
