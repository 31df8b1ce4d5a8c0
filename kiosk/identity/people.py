"""Fictional people whose cards the emulator can lay on the reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.identity.card import CardKind
from kiosk.identity.content import FOREVER
from kiosk.identity.ethnic import CODE
from kiosk.identity.layout import ADDRESS_SIZE, LAYOUTS, MOST_ADDRESSES, compose
from kiosk.paths import data_file

NOBODYS: Mapping[CardKind, re.Pattern[str]] = {
    CardKind.RESIDENT: re.compile(r"990101\d{11}[\dX]"),
    CardKind.HMT: re.compile(r"810000199408230021|820000194103150011|830000199201300022"),
    CardKind.FOREIGN_2023: re.compile(r"999\d{14}[\dX]|911124198108030024|932682198501010017"),
    CardKind.FOREIGN_2017: re.compile(r"X[A-Z]{2}\d{12}"),
}
"""Numbers that belong to nobody: regions, provinces and countries that do not exist, published samples."""

_Text = Annotated[str, StringConstraints(min_length=1)]


class Person(BaseModel):
    """One entry of `cards.toml`: what is printed on a card, and what is only on its chip."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: CardKind = CardKind.RESIDENT
    name: str = ""
    """In Chinese; foreign permanent residents may have none."""
    name_latin: str = ""
    sex: Literal["男", "女"]
    ethnic: str = ""
    """Of a resident card; 汉 where it says nothing."""
    birth: date
    address: str = ""
    number: str
    """One of `NOBODYS`."""
    nationality: str = ""
    pass_number: str = ""
    issue_count: str = ""
    authority: str = ""
    valid_from: date
    valid_to: date | Literal["长期"] = "长期"
    moved_to: Annotated[tuple[_Text, ...], Field(max_length=MOST_ADDRESSES)] = ()
    """Addresses appended to the chip after moves; the last one is where the person lives now."""

    @model_validator(mode="after")
    def _fits_its_card(self) -> Self:
        if not NOBODYS[self.kind].fullmatch(self.number):
            raise ValueError(f"{self.id}: the number could be somebody's, or is not one of this kind of card")
        if not (self.name or self.name_latin):
            raise ValueError(f"{self.id}: no name")
        layout = LAYOUTS[self.kind]
        for field, text in self._printed().items():
            room = sum(size for _, size in layout.get(field, ())) // 2
            if len(text) > room:
                raise ValueError(f"{self.id}: such a card has room for {room} characters of {field}")
        if any(len(address) > ADDRESS_SIZE // 2 for address in self.moved_to):
            raise ValueError(f"{self.id}: an appended address has room for {ADDRESS_SIZE // 2} characters")
        return self

    @property
    def label(self) -> str:
        """What lists call this person."""
        return self.name or self.name_latin

    def text_block(self) -> bytes:
        """The 256 bytes that a card of this person holds."""
        return compose(self.kind, {field: text for field, text in self._printed().items() if text})

    def memory(self) -> bytes:
        """The text block and, behind it, the slots of the appended addresses: what an emulated card is."""
        slots = [address.ljust(ADDRESS_SIZE // 2).encode("utf-16-le") for address in self.moved_to]
        return self.text_block() + b"".join(slots)

    def _printed(self) -> dict[str, str]:
        ethnic = self.ethnic or ("汉" if self.kind is CardKind.RESIDENT else "")
        return {
            "name": self.name,
            "name_latin": self.name_latin,
            "sex_code": "1" if self.sex == "男" else "2",
            "ethnic_code": CODE.get(ethnic, ethnic),
            "birth": f"{self.birth:%Y%m%d}",
            "address": self.address,
            "number": self.number,
            "nationality": self.nationality,
            "pass_number": self.pass_number,
            "issue_count": self.issue_count,
            "authority": self.authority,
            "valid_from": f"{self.valid_from:%Y%m%d}",
            "valid_to": FOREVER if isinstance(self.valid_to, str) else f"{self.valid_to:%Y%m%d}",
        }


class _People(BaseModel):
    model_config = ConfigDict(extra="forbid")

    card: Annotated[list[Person], Field(min_length=1)]


def load_people(path: Path | None = None) -> list[Person]:
    """The people of a file, by default the shipped ones. Raises OSError, or ValueError for a bad file."""
    with (path or data_file("demo/cards.toml")).open("rb") as file:
        return _People.model_validate(tomllib.load(file)).card
