"""The shapes of 9,574 characters, from a file of 0.9 MB.

`tables/handwriting.py` writes it and says where it comes from. Little-endian: a head; the middle of all
shapes and the directions in which characters differ most, as 32-bit floats; for each character a signed byte
for each direction; the characters, four bytes each.
"""

from __future__ import annotations

import heapq
import mmap
import struct
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path

from kiosk.handwriting.shape import SIZE
from kiosk.paths import data_file

MAGIC = b"BBHW0001"
HEAD = struct.Struct("<8s3I")
_FROM_NOUGHT = bytes(number ^ 0x80 for number in range(256))
"""Signed bytes to unsigned ones, which Python reads faster; who is nearest stays the same."""
_FIRST = 16
"""The most telling directions; by them alone most characters are out of the question."""
_LEFT = 800
"""Of so many the other directions are looked at too."""
_FINE = 1000
"""A drawing's numbers are whole numbers from here on: half the time of fractions."""


@dataclass(frozen=True, slots=True, repr=False)
class ShapeTable:
    """The parts of the file."""

    directions: int
    middle: memoryview[float]
    axes: memoryview[float]
    shapes: bytes
    characters: str

    def nearest(self, shape: list[float], limit: int) -> list[tuple[int, str]]:
        """The characters most like the shape, and how like it they are; more is nearer."""
        seen = self._seen(shape)
        every, shapes = self.directions, self.shapes
        rough = [sum(map(mul, seen, shapes[at : at + _FIRST])) for at in range(0, len(shapes), every)]
        # What nothing at all would score: taken off, so that what is told is about the shape alone.
        nothing = 0x80 * sum(seen)
        whole = (
            (sum(map(mul, seen, shapes[at * every : (at + 1) * every])) - nothing, self.characters[at])
            for at in heapq.nlargest(_LEFT, range(len(rough)), key=rough.__getitem__)
        )
        return heapq.nlargest(limit, whole)

    def _seen(self, shape: list[float]) -> tuple[int, ...]:
        """The shape in the directions of the table, of the same length whatever was drawn."""
        off = [amount - usual for amount, usual in zip(shape, self.middle, strict=True)]
        along = [
            sum(map(mul, off, self.axes[at : at + SIZE])) for at in range(0, self.directions * SIZE, SIZE)
        ]
        whole = sum(part * part for part in along) ** 0.5 or 1.0
        return tuple(round(_FINE * part / whole) for part in along)


def open_table(path: Path) -> ShapeTable:
    """Map the file. It stays mapped as long as the table is in use."""
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    magic, count, directions, size = HEAD.unpack_from(whole)
    if magic != MAGIC or size != SIZE:
        raise ValueError(f"{path.name} is no table of this version")
    middle = HEAD.size
    axes = middle + 4 * SIZE
    shapes = axes + 4 * SIZE * directions
    characters = shapes + count * directions
    return ShapeTable(
        directions,
        whole[middle:axes].cast("f"),
        whole[axes:shapes].cast("f"),
        bytes(whole[shapes:characters]).translate(_FROM_NOUGHT),
        bytes(whole[characters:]).decode("utf-32-le"),
    )


@cache
def shape_table() -> ShapeTable:
    """The shipped table."""
    return open_table(data_file("handwriting/shapes.bin"))
