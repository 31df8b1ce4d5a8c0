"""A screen as a picture: an SVG that names no other host, or an image. Pure but for the font it is given.

Drawn from rows of coloured words, so that a page that was only laid out and a whole running program come
out alike.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from screens.captions import caption_pieces
from screens.spans import Layout, Look, Span
from screens.theme import Palette

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont
    from rich.style import Style
    from textual.app import App

CELL, LINE = 12.2, 24.4
"""Points of a column and of a row."""
_BASE = 18.5
"""From the top of a row to the line its letters stand on."""
_FONTS = (
    "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', 'WenQuanYi Zen Hei Mono', 'NSimSun', "
    "'PingFang SC', 'Noto Sans CJK SC', 'DejaVu Sans Mono', monospace"
)
_BLOCKS = {"█": (0.0, 1.0), "▀": (0.0, 0.5), "▄": (0.5, 0.5)}
"""Where a piece of a large letter begins in its row, and its height: drawn, whatever a font makes of it."""
_EDGE = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one style, from a column on."""

    column: int
    words: str
    colour: str
    ground: str
    bold: bool = False

    @property
    def columns(self) -> int:
        """How wide it is."""
        return cell_len(self.words)


Rows = Sequence[Sequence[Piece]]


def of_layout(layout: Layout, palette: Palette, caption: str = "") -> list[list[Piece]]:
    """A page that is laid out, in these colours, with the beginning of what is said in its place."""
    rows = [layout.painted(row) for row in range(layout.grid.rows)]
    grid = layout.grid
    said = caption_pieces(caption, grid.width, grid.caption_rows)[0] if caption else []
    for row, words in enumerate(said, layout.caption_row):
        line = " " * grid.margin + words
        rows[row] = [Span(0, line + " " * (grid.columns - cell_len(line)), Look.QUIET)]
    return [[_styled(span.column, span.words, palette.style(span.look)) for span in row] for row in rows]


def of_app(app: App[None]) -> list[list[Piece]]:
    """What a running program shows."""
    rows: list[list[Piece]] = []
    for strip in app.screen._compositor.render_strips():
        rows.append([])
        at = 0
        for segment in strip:
            rows[-1].append(_styled(at, segment.text, segment.style or app.screen.rich_style))
            at += cell_len(segment.text)
    return rows


def _styled(column: int, words: str, style: Style) -> Piece:
    colour = style.color.get_truecolor().hex if style.color else "#ffffff"
    ground = style.bgcolor.get_truecolor(foreground=False).hex if style.bgcolor else "#000000"
    if style.reverse:
        colour, ground = ground, colour
    return Piece(column, words, colour, ground, bool(style.bold))


def svg(rows: Rows) -> str:
    """The picture as SVG, each word as wide as its columns whatever the font."""
    width, height = _columns(rows) * CELL, len(rows) * LINE
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{_EDGE} -{_EDGE} {width + 2 * _EDGE:g} '
        f'{height + 2 * _EDGE:g}" font-family="{_FONTS}" font-size="20" xml:space="preserve">'
    )
    frame = _rectangle("#000000", -_EDGE, -_EDGE, width + 2 * _EDGE, height + 2 * _EDGE)
    grounds = (part for row, pieces in enumerate(rows) for part in _grounds(pieces, row))
    words = (part for row, pieces in enumerate(rows) for piece in pieces for part in _words(piece, row))
    return "\n".join([head, frame, *grounds, *words, "</svg>", ""])


def _columns(rows: Rows) -> int:
    return max((piece.column + piece.columns for row in rows for piece in row), default=0)


def _grounds(pieces: Iterable[Piece], row: int) -> Iterator[str]:
    """Neighbours of one colour are one rectangle."""
    for ground, run in groupby(pieces, key=lambda piece: piece.ground):
        if ground != "#000000":
            joined = list(run)
            width = sum(piece.columns for piece in joined) * CELL
            yield _rectangle(ground, joined[0].column * CELL, row * LINE, width, LINE + 0.3)


def _words(piece: Piece, row: int) -> Iterator[str]:
    left, top = piece.column * CELL, row * LINE
    if set(piece.words) & set(_BLOCKS):
        yield from _blocks(piece, left, top)
        return
    style = f'fill="{piece.colour}"' + (' font-weight="bold"' if piece.bold else "")
    for found in re.finditer(r"\S+(?: \S+)*", piece.words):
        at, shown = left + CELL * cell_len(piece.words[: found.start()]), found.group()
        yield (
            f'<text {style} x="{at:.1f}" y="{top + _BASE:.1f}" textLength="{cell_len(shown) * CELL:.1f}" '
            f'lengthAdjust="spacingAndGlyphs">{escape(shown).replace(" ", "&#160;")}</text>'
        )


def _blocks(piece: Piece, left: float, top: float) -> Iterator[str]:
    for column, sign in enumerate(piece.words):
        if sign in _BLOCKS:
            begins, tall = _BLOCKS[sign]
            x, y = left + column * CELL, top + begins * LINE
            yield _rectangle(piece.colour, x, y, CELL + 0.2, tall * LINE + 0.2)


def _rectangle(fill: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect fill="{fill}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def png(rows: Rows, font: Path, face: int = 0) -> bytes:
    """The picture as PNG, drawn with a font that has the signs. Raises OSError where it cannot be read."""
    from PIL import Image, ImageFont
    from PIL.ImageDraw import Draw

    across, down = round(CELL), round(LINE)
    letters = ImageFont.truetype(font, 20, index=face)
    image = Image.new("RGB", (_columns(rows) * across, len(rows) * down), "#000000")
    pen = Draw(image)
    for row, pieces in enumerate(rows):
        for piece in pieces:
            left, top = piece.column * across, row * down
            pen.rectangle((left, top, left + piece.columns * across, top + down), fill=piece.ground)
    for row, pieces in enumerate(rows):
        for piece in pieces:
            for column, sign in _signs(piece):
                _letter(pen, sign, (column * across, row * down), (across, down), piece, letters)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _signs(piece: Piece) -> Iterator[tuple[int, str]]:
    at = piece.column
    for sign in piece.words:
        if not sign.isspace():
            yield at, sign
        at += cell_len(sign)


def _letter(
    pen: ImageDraw,
    sign: str,
    place: tuple[int, int],
    size: tuple[int, int],
    piece: Piece,
    letters: FreeTypeFont,
) -> None:
    (left, top), (across, down) = place, size
    if sign in _BLOCKS:
        begins, tall = _BLOCKS[sign]
        upper = top + begins * down
        pen.rectangle((left, upper, left + across - 1, upper + tall * down - 1), fill=piece.colour)
        return
    middle = left + across * cell_len(sign) / 2
    width = 0.4 if piece.bold else 0
    pen.text(
        (middle, top + _BASE), sign, piece.colour, letters, "ms", stroke_width=width, stroke_fill=piece.colour
    )
