"""Made-up hands: a character as a person with an unsteady finger would write it on a canvas of cells.

For making the table of shapes and for measuring what is recognised; nothing here runs in the kiosk.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kiosk.hanzi.strokes import CELL_HEIGHT, Point, Stroke, drawn, walked

Model = tuple[Stroke, ...]
"""A character as it stands in a copybook, in a square of side 1."""

CELL = 4.3
"""Millimetres of a cell's width: 80 columns on a 15.6-inch panel."""
SCATTER = 3.4
"""Millimetres by which a finger lands beside where it was meant to."""
_EM = 1024
_ASCENT = 900
_KANJIVG = 109
_TOKEN = re.compile(r"[MmLlCcSs]|-?\d*\.?\d+(?:e-?\d+)?")
_PATH = re.compile(r'<path [^>]*\bd="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where somebody writes."""

    columns: int
    rows: int
    pixels: bool = False
    """Does the terminal tell fractions of cells?"""


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody writes: in which part of the characters two strokes change places, or are joined."""

    reordered: float = 0.15
    joined: float = 0.15
    scatter: float = SCATTER


def hanzi_writer(folder: Path) -> dict[str, Model]:
    """The middle lines of Make Me a Hanzi, as the npm package hanzi-writer-data 2.0.1 holds them."""
    return {
        path.stem: tuple(
            Stroke(tuple((x / _EM, (_ASCENT - y) / _EM) for x, y in line))
            for line in json.loads(path.read_text("utf-8"))["medians"]
        )
        for path in sorted(folder.glob("?.json"))
    }


def kanjivg(folder: Path, character: str) -> Model:
    """The pen's way in KanjiVG (the folder `kanji` of the PyPI package kanjivg); empty if it is not there."""
    path = folder / f"{ord(character):05x}.svg"
    if not path.is_file():
        return ()
    return tuple(
        Stroke(tuple((x / _KANJIVG, y / _KANJIVG) for x, y in _followed(_TOKEN.findall(way))))
        for way in _PATH.findall(path.read_text("utf-8"))
    )


def written(model: Model, rng: random.Random, canvas: Canvas, hand: Hand) -> tuple[Stroke, ...]:
    """The strokes the kiosk would be told, once somebody has written the character."""
    strokes = [_mixed(stroke) for stroke in _in_own_way(model, rng, hand)]
    wide, high = canvas.columns * CELL, canvas.rows * CELL * CELL_HEIGHT
    side = min(wide, high) * rng.uniform(0.72, 0.92)
    across, down, slant = rng.gauss(1, 0.07), rng.gauss(1, 0.07), rng.gauss(0, 0.06)
    told = []
    for stroke in strokes:
        meant = [
            (wide / 2 + ((x - 0.5) * across - slant * (y - 0.45)) * side, high / 2 + (y - 0.45) * down * side)
            for x, y in stroke
        ]
        landed = [
            (min(max(x, 0.0), wide - 0.001), min(max(y, 0.0), high - 0.001))
            for x, y in _shaken(meant, rng, hand)
        ]
        cells = [(x / CELL, y / CELL / CELL_HEIGHT) for x, y in landed]
        told.append(cells if canvas.pixels else [(float(int(x)), float(int(y))) for x, y in cells])
    return drawn(told, whole=not canvas.pixels)


def _in_own_way(model: Model, rng: random.Random, hand: Hand) -> list[Stroke]:
    strokes = list(model)
    if len(strokes) > 1 and rng.random() < hand.reordered:
        first = rng.randrange(len(strokes) - 1)
        strokes[first : first + 2] = strokes[first + 1], strokes[first]
    if len(strokes) > 1 and rng.random() < hand.joined:
        first = rng.randrange(len(strokes) - 1)
        strokes[first : first + 2] = [Stroke(strokes[first].points + strokes[first + 1].points)]
    return strokes


def _mixed(stroke: Stroke) -> list[Point]:
    """The corners and enough of the way between."""
    return [
        point for one, other in pairwise(stroke.points) for point in walked(Stroke((one, other)), 0.01)
    ] or list(stroke.points)


def _shaken(points: Sequence[Point], rng: random.Random, hand: Hand) -> Iterator[Point]:
    """Moved as a whole, and its two ends apart from one another, by the scatter of a finger."""
    each = hand.scatter / math.sqrt(2)
    whole, start, end = ((rng.gauss(0, each * part), rng.gauss(0, each * part)) for part in (0.6, 0.8, 0.8))
    last = max(1, len(points) - 1)
    for number, (x, y) in enumerate(points):
        part = number / last
        yield (
            x + whole[0] + start[0] * (1 - part) + end[0] * part,
            y + whole[1] + start[1] * (1 - part) + end[1] * part,
        )


def _followed(tokens: Sequence[str]) -> Iterator[Point]:
    """The points of a path of moves, lines and cubic curves, eight for each curve."""
    here, bend, command = (0.0, 0.0), None, "M"
    numbers = iter(tokens)
    for token in numbers:
        if token.isalpha():
            command = token
            token = next(numbers)
        base = here if command.islower() else (0.0, 0.0)
        count = {"m": 2, "l": 2, "s": 4, "c": 6}[command.lower()]
        values = [float(token), *(float(next(numbers)) for _ in range(count - 1))]
        corners = [(base[0] + x, base[1] + y) for x, y in zip(values[::2], values[1::2], strict=True)]
        if command in "sS":
            corners.insert(0, (2 * here[0] - bend[0], 2 * here[1] - bend[1]) if bend else here)
        if len(corners) == 3:
            yield from _curve(here, corners)
        else:
            yield corners[-1]
        bend = corners[1] if len(corners) == 3 else None
        here = corners[-1]


def _curve(start: Point, corners: Sequence[Point]) -> Iterator[Point]:
    for number in range(1, 9):
        t = number / 8
        parts = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
        ways = (start, *corners)
        yield (
            sum(part * x for part, (x, _) in zip(parts, ways, strict=True)),
            sum(part * y for part, (_, y) in zip(parts, ways, strict=True)),
        )
