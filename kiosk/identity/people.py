"""Fictional people whose cards the emulator can lay on the reader."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kiosk.identity.card import CardKind
from kiosk.identity.ethnic import CODE
from kiosk.identity.layout import BLOCK_SIZE, LAYOUTS
from kiosk.paths import data_file


def _at_most(characters: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=characters)


class Person(BaseModel):
    """One entry of `cards.toml`: what is printed on a resident card."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: Annotated[str, _at_most(15)]
    sex: Literal["男", "女"]
    ethnic: str = "汉"
    birth: date
    address: Annotated[str, _at_most(35)]
    number: Annotated[str, StringConstraints(pattern=r"^990101\d{11}[\dX]$")]
    """With a region code that does not exist, so that it can be nobody's."""
    authority: Annotated[str, _at_most(15)]
    valid_from: date
    valid_to: date | Literal["长期"] = "长期"

    def text_block(self) -> bytes:
        """The 256 bytes that a card of this person holds."""
        return resident_block(
            name=self.name,
            sex_code="1" if self.sex == "男" else "2",
            ethnic_code=CODE.get(self.ethnic, ""),
            birth=f"{self.birth:%Y%m%d}",
            address=self.address,
            number=self.number,
            authority=self.authority,
            valid_from=f"{self.valid_from:%Y%m%d}",
            valid_to=self.valid_to if isinstance(self.valid_to, str) else f"{self.valid_to:%Y%m%d}",
        )


class _People(BaseModel):
    model_config = ConfigDict(extra="forbid")

    card: Annotated[list[Person], Field(min_length=1)]


def load_people(path: Path | None = None) -> list[Person]:
    """The people of a file, by default the shipped ones. Raises OSError, or ValueError for a bad file."""
    with (path or data_file("demo/cards.toml")).open("rb") as file:
        return _People.model_validate(tomllib.load(file)).card


def resident_block(**texts: str) -> bytes:
    """A text block in the resident layout, padded with spaces; what does not fit is cut."""
    block = bytearray(" ".encode("utf-16-le") * (BLOCK_SIZE // 2))
    for name, text in texts.items():
        ((start, size),) = LAYOUTS[CardKind.RESIDENT][name]
        stored = text.encode("utf-16-le", "surrogatepass")[:size]
        block[start : start + len(stored)] = stored
    return bytes(block)
