"""Notices of the centre, from files: one notice a file, a broken one is left out and named in the log."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from kiosk.flow.notices import Notice
from kiosk.services.check.plain import HAN
from kiosk.services.condition import Id
from kiosk.services.side_file import read_side_file
from kiosk.services.wording import Wording

_LONGEST = 40
"""Han characters of a notice: it is read out to everybody (K24)."""


class _NoticeFile(Wording):
    """What a file says."""

    id: Id
    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def can_be_told(self) -> Self:
        """In its time, and in one breath."""
        if self.last < self.first:
            raise ValueError("to: before from")
        if max(len(HAN.findall(words)) for words in (self.zh, self.say_zh or "")) > _LONGEST:
            raise ValueError(f"zh: longer than {_LONGEST} characters")
        return self


def load_notices(folder: Path) -> tuple[Notice, ...]:
    """All notices of a folder, in their time or not; a folder that is not there has none."""
    read = (_read(path) for path in sorted(folder.glob("*.toml")))
    return tuple(notice for notice in read if notice is not None)


def _read(path: Path) -> Notice | None:
    file = read_side_file(path, _NoticeFile)
    return Notice(file.id, file.first, file.last, file.text()) if file else None
