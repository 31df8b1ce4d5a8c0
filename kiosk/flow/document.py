"""A paper as a value: all that a printer, a receipt roll or a text file needs to know of it. Pure.

As a Page is data for the screen, a Document is data for paper: every text in every language. What
it is printed on decides type, lines and breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.flow.signature import Strokes
from kiosk.text import EMPTY, Text, same


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: Text


@dataclass(frozen=True, slots=True)
class Listing:
    """Things under a heading, one a line, each with a box to tick; the box is drawn, not written."""

    heading: Text
    items: tuple[Text, ...]
    ticked: bool = False
    """They are settled: a consent that was given."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with their values."""

    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Big:
    """A number to be seen from far."""

    text: Text


@dataclass(frozen=True, slots=True)
class Drawn:
    """A signature as it was drawn; `words` for what cannot print a picture."""

    label: Text
    words: Text
    strokes: Strokes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """An official form: rows of one field or several side by side, each its label and what stands there."""

    rows: tuple[tuple[tuple[Text, Text], ...], ...]

    @property
    def fields(self) -> tuple[tuple[Text, Text], ...]:
        """All fields in order, for paper that is too narrow for two side by side."""
        return tuple(field for row in self.rows for field in row)


@dataclass(frozen=True, slots=True)
class Code:
    """A number as a code for a phone, too. Nothing personal may stand in it: everybody can read it."""

    label: Text
    words: str


@dataclass(frozen=True, slots=True)
class Window:
    """To whom a letter goes, line by line: on A4 it stands where the window of a long envelope shows it."""

    text: Text = field(repr=False)


Block = Paragraph | Listing | Rows | Big | Drawn | Form | Code | Window


@dataclass(frozen=True, slots=True)
class Document:
    """A title, blocks from top to bottom, and who gives the paper out."""

    title: Text
    blocks: tuple[Block, ...]
    foot: Text = EMPTY

    def texts(self) -> Iterator[Text]:
        """Every text on it."""
        yield self.title
        for block in self.blocks:
            yield from _texts(block)
        if self.foot.shown:
            yield self.foot


def _texts(block: Block) -> Iterator[Text]:
    match block:
        case Listing():
            yield block.heading
            yield from block.items
        case Rows():
            for row in block.rows:
                yield from row
        case Drawn():
            yield block.label
            yield block.words
        case Form():
            for pair in block.fields:
                yield from pair
        case Code():
            yield block.label
            yield same(block.words)
        case _:
            yield block.text
