"""A paper as a value: all that a printer, a receipt roll or a text file needs to know of it. Pure.

As a Page is data for the screen, a Document is data for paper: every text in every language. What
it is printed on decides type, lines and breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: Text


@dataclass(frozen=True, slots=True)
class Listing:
    """Things under a heading, one a line, each with a box to tick; the box is drawn, not written."""

    heading: Text
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with their values."""

    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Big:
    """A number to be seen from far."""

    text: Text


Block = Paragraph | Listing | Rows | Big


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
        case _:
            yield block.text
