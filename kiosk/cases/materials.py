"""The papers a case asks for: how each of them stands, and the copies that are kept of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.cases.states import Role

ATTACHED = "attached"
"""The event of a copy that was added; its note is the material."""
LEFT_OUT = "left_out"
"""The event of a copy that was left out again: what it showed is gone. Its note: `left_out_note`."""
OTHER = "other"
"""Of a copy that belongs to none of the papers asked for."""
LOOKED_AT = "material/"
"""What stands before the material in the note of a look at a copy."""


class Standing(StrEnum):
    """How a paper stands; each is the event that staff write, with the material as its note."""

    SEEN = "material_seen"
    """The original was shown, and went home again."""
    KEPT = "material_kept"
    """A copy is here."""
    MISSING = "material_missing"


class Kind(StrEnum):
    """What a copy is, by its content."""

    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Copy:
    """A paper as a picture or a PDF, before it is sealed."""

    kind: Kind
    content: bytes = dataclasses.field(repr=False)


@dataclass(frozen=True, slots=True)
class Brought:
    """A copy of a paper, on its way into a case."""

    material: str
    copy: Copy


@dataclass(frozen=True, slots=True)
class Attachment:
    """A copy that is kept with a case; what it shows lies sealed."""

    n: int
    """Its number in its case, from 1."""
    material: str
    kind: Kind
    size: int
    """Bytes, before it was sealed."""
    by: str
    at: datetime


def left_out_note(n: int, material: str) -> str:
    """Which copy of a case was left out, and of which paper."""
    return f"{n}/{material}"


def left_out(note: str) -> tuple[int, str]:
    """The copy's number and its paper, from the note of LEFT_OUT."""
    n, _, material = note.partition("/")
    return int(n), material


def standings(events: Iterable[tuple[str, str, str]]) -> dict[str, Standing]:
    """How each paper stands that staff said something of. `events`: kind, note and role, in order.

    What a resident laid under the kiosk's camera is a copy that nobody has looked at yet. Without its last
    copy a paper stands again as staff had said before there was one.
    """
    found: dict[str, Standing] = {}
    said: dict[str, Standing] = {}
    by_staff: dict[int, str] = {}
    attached = 0
    for kind, note, role in events:
        if kind == ATTACHED:
            attached += 1
            if role != Role.RESIDENT:
                found[note] = Standing.KEPT
                by_staff[attached] = note
        elif kind == LEFT_OUT:
            material = by_staff.pop(left_out(note)[0], "")
            if material and material not in by_staff.values():
                _as_said(found, said, material)
        elif kind in {*Standing}:
            found[note] = said[note] = Standing(kind)
    return found


def _as_said(found: dict[str, Standing], said: dict[str, Standing], material: str) -> None:
    if material in said:
        found[material] = said[material]
    else:
        found.pop(material, None)
