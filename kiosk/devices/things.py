"""Files of things that can be laid on an emulated device or held before it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.devices.emulated import Thing
from kiosk.paths import data_file


class _Entry(BaseModel):
    """One `[[thing]]`: a label, and its content as a text (UTF-8) or as hex digits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Annotated[str, Field(min_length=1)]
    content: str | None = None
    hex: str | None = None
    protocols: Annotated[list[str] | None, Field(alias="for", min_length=1)] = None
    """The protocols of the devices that it can be laid on; left out: any."""

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        if (self.content is None) == (self.hex is None):
            raise ValueError(f"{self.label}: give either content or hex")
        self.thing()
        return self

    def thing(self) -> Thing:
        """Raises ValueError for hex that is none."""
        return Thing(self.label, bytes.fromhex(self.hex or "") or (self.content or "").encode())


class _Entries(BaseModel):
    model_config = ConfigDict(extra="forbid")

    thing: Annotated[list[_Entry], Field(min_length=1)]


def load_things(path: Path | None, shipped: str, protocol: str = "") -> list[Thing]:
    """The things of a file, or of the shipped `demo/<shipped>.toml`; with a protocol, only those for it.

    Raises OSError, or ValueError for a bad file.
    """
    with (path or data_file(f"demo/{shipped}.toml")).open("rb") as file:
        entries = _Entries.model_validate(tomllib.load(file)).thing
    return [
        entry.thing()
        for entry in entries
        if not protocol or entry.protocols is None or protocol in entry.protocols
    ]
