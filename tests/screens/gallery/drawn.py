"""A page as rows of coloured words, each kind of row kept once: light enough to hang them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.cells import cell_len

from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Page
from kiosk.text import Catalogue
from screens.captions import caption_pieces
from screens.field_layout import lay_field
from screens.grid import Grid
from screens.layout import lay_out
from screens.paginate import paginate
from screens.spans import Layout, Look, Span
from screens.theme import PALETTES
from tests.flow.residents import WORLD
from tests.screens.every_try import WORLD as OF_A_TRY
from tests.screens.gallery.pages import TRIED, Shown
from voice.privacy import Output
from voice.script import Reading, script

LETTERS = dict(zip(Look, "tsqbfcakm", strict=True))
"""One letter a look; a capital where the signs are two columns wide."""
BETWEEN = "\t"
_VOICE = load_catalogue("voice")


class _Once:
    """Keeps each string once and gives its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, words: str) -> int:
        return self._numbers.setdefault(words, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)


def sheet(pages: Sequence[Shown], grid: Grid, language: str) -> dict[str, Any]:
    """All pages at this size: rows and sentences once, and which of them each screen has."""
    rows, sentences = _Once(), _Once()
    hung = []
    for shown in pages:
        texts = (OF_A_TRY if shown.group == TRIED else WORLD).texts
        for part, layout, said in _parts(shown.page, grid, language, texts):
            drawn = [rows.number(row_of(layout, row)) for row in range(grid.rows)]
            heard = [sentences.number(sentence) for sentence in said]
            hung.append([shown.group, part.id, part.part, part.parts, drawn, heard])
    size = [grid.columns, grid.rows]
    return {"size": size, "rows": rows.all(), "said": sentences.all(), "pages": hung}


def _parts(
    page: Page, grid: Grid, language: str, texts: Catalogue
) -> Iterator[tuple[Page, Layout, list[str]]]:
    """`texts`: of the bar below every page."""
    reading = Reading(language, Output.LOUDSPEAKER, _VOICE)
    for part in paginate(page, grid, language, texts["common.more"], texts["bar.chosen"].show(language)):
        ids = [choice.id for choice in part.choices]
        focus = ids.index(part.focus) if part.focus in ids else 0
        layout = lay_out(part, grid, language, texts, None if part.entry else focus)
        if part.entry is not None:
            lay_field(layout, part.entry, language)
        said = [sentence.text for sentence in script(part, reading)]
        _caption(layout, said[0] if said else "")
        yield part, layout, said


def _caption(layout: Layout, words: str) -> None:
    """The beginning of what is said, in its place."""
    grid = layout.grid
    lines = caption_pieces(words, grid.width, grid.caption_rows)[0] if words else []
    for row, line in enumerate(lines, layout.caption_row):
        layout.rows[row].append(Span(grid.margin, line, Look.QUIET))


def row_of(layout: Layout, row: int) -> str:
    """A row as its runs: the letter of the look, then the words."""
    runs = []
    for span in layout.painted(row):
        for wide, signs in groupby(span.words, key=lambda sign: cell_len(sign) == 2):
            letter = LETTERS[span.look]
            runs.append((letter.upper() if wide else letter) + "".join(signs))
    if runs and runs[-1][0] == LETTERS[Look.TEXT]:
        runs[-1] = runs[-1].rstrip()
    return BETWEEN.join(run for run in runs if run != LETTERS[Look.TEXT])


def colours() -> dict[str, dict[str, str]]:
    """For each palette the colours of each look: words, ground, and `b` where they are bold."""
    return {
        palette.name: {LETTERS[look]: _style(palette.style(look)) for look in Look} for palette in PALETTES
    }


def _style(style: Any) -> str:
    lines = ("font-weight:bold;" if style.bold else "") + (
        "text-decoration:underline;" if style.underline else ""
    )
    return f"color:{style.color.name};background:{style.bgcolor.name};{lines}"
