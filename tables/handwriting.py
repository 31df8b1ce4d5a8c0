"""`python -m tables.handwriting FOLDER` makes data/handwriting/shapes.bin, which drawings are compared with.

FOLDER is the unpacked npm package hanzi-writer-data 2.0.1: 9,574 characters of Make Me a Hanzi, drawn after
fonts of Arphic under the Arphic Public License, under which the table stands too. Each character is written
three times by made-up hands, besides the copybook; the directions kept are those in which characters differ
and hands do not (linear discriminant analysis). It takes some minutes, so no test makes it again.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.handwriting.shape import SIZE, shape
from kiosk.handwriting.shape_table import HEAD, MAGIC
from kiosk.paths import data_file
from tables.writing import Canvas, Hand, Model, hanzi_writer, written

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Numbers = NDArray[float64]

DIRECTIONS = 64
TIMES = 3
_CANVASES = (
    *(Canvas(2 * rows, rows) for rows in (7, 8, 9, 10, 12, 15, 20)),
    *(Canvas(2 * rows, rows, pixels=True) for rows in (8, 12, 20)),
)
_EVEN = 0.3
"""How far the differences between hands are taken to be the same in every direction: real hands differ in
more ways than made-up ones."""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tables.handwriting", description=__doc__)
    asked.add_argument("folder", type=Path)
    models = hanzi_writer(asked.parse_args().folder)
    with Pool(2) as pool:
        shapes = pool.map(shapes_of, models.items(), chunksize=100)
    to = data_file("handwriting/shapes.bin")
    to.write_bytes(table("".join(models), shapes))


def shapes_of(named: tuple[str, Model]) -> list[list[float]]:
    """One character's copybook shape, and its shapes as some people write it."""
    character, model = named
    rng = random.Random(character)
    hands = (written(model, rng, rng.choice(_CANVASES), Hand()) for _ in range(TIMES))
    return [shape(model), *(shape(strokes) for strokes in hands)]


def table(characters: str, shapes: Sequence[Sequence[Sequence[float]]]) -> bytes:
    """The file: by character, as many shapes of each."""
    import numpy as np

    every = np.array(shapes)
    means = every.mean(axis=1)
    middle = means.mean(axis=0)
    axes = _axes(every - means[:, None], means - middle)
    seen = (means - middle) @ axes.T
    seen /= np.linalg.norm(seen, axis=1, keepdims=True)
    kept = np.rint(seen * (127 / np.abs(seen).max())).astype("int8")
    return b"".join(
        (
            HEAD.pack(MAGIC, len(characters), DIRECTIONS, SIZE),
            middle.astype("<f4").tobytes(),
            axes.astype("<f4").tobytes(),
            kept.tobytes(),
            characters.encode("utf-32-le"),
        )
    )


def _axes(by_hand: Numbers, by_character: Numbers) -> Numbers:
    """The directions, the most telling first: much between characters, little between hands."""
    import numpy as np

    flat = by_hand.reshape(-1, SIZE)
    within = flat.T @ flat / len(flat)
    within += _EVEN * np.trace(within) / SIZE * np.eye(SIZE)
    between = by_character.T @ by_character / len(by_character)
    unmix = np.linalg.inv(np.linalg.cholesky(within))
    _, vectors = np.linalg.eigh(unmix @ between @ unmix.T)
    best: Numbers = (unmix.T @ vectors[:, ::-1][:, :DIRECTIONS]).T
    return best


if __name__ == "__main__":
    main()
