"""A document as A4 in large type, to be read at arm's length by somebody of 82."""

from __future__ import annotations

from collections.abc import Iterable

from fpdf import FPDF
from fpdf.fonts import TTFFont

from kiosk.flow.document import Big, Block, Document, Listing, Paragraph, Rows
from kiosk.line_break import break_measured
from kiosk.paper.font import Font, MissingSign
from kiosk.paper.plain import lead
from kiosk.text import Text

_FACE = "paper"
_BODY, _TITLE, _HUGE, _FOOT = 18.0, 26.0, 54.0, 12.0
"""Points. 18 points make a Han character of 6.3 mm: K36 asks for 4."""
_LINE = 1.45
"""Lines apart, in heights of the type."""
_MARGIN = 20.0
_GAP = 3.0
_BOX = 5.0
_MM = 25.4 / 72


def pdf(document: Document, font: Font, language: str) -> bytes:
    """The document as a PDF of one or more A4 pages. Raises MissingSign before anything is drawn.

    The file's own properties name nobody and nothing of what is on it.
    """
    sheet = _Sheet(font, language)
    sheet.look_for_signs(text.show(language) for text in document.texts())
    sheet.draw(document)
    return sheet.finished()


class _Sheet:
    """A4 from the top down."""

    def __init__(self, font: Font, language: str) -> None:
        self._pdf = FPDF(format="A4")
        self._language = language
        self._pdf.set_margin(_MARGIN)
        self._pdf.set_auto_page_break(auto=True, margin=_MARGIN)
        self._pdf.add_font(_FACE, fname=font.path, collection_font_number=font.face)
        self._pdf.set_producer("")
        self._pdf.add_page()

    def look_for_signs(self, texts: Iterable[str]) -> None:
        """Every character has its glyph, or nothing is printed."""
        face = self._pdf.fonts[_FACE]
        assert isinstance(face, TTFFont)
        missing = {sign for text in texts for sign in text if ord(sign) not in face.cmap and sign != "\n"}
        if missing:
            raise MissingSign(missing)

    def draw(self, document: Document) -> None:
        self._write(self._show(document.title), _TITLE)
        self._rule()
        for block in document.blocks:
            self._draw(block)
            self._pdf.ln(_GAP)
        if document.foot.shown:
            self._rule()
            self._write(self._show(document.foot), _FOOT)

    def finished(self) -> bytes:
        return bytes(self._pdf.output())

    def _draw(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._write(self._show(block.text), _BODY)
            case Big():
                self._write(self._show(block.text), _HUGE)
            case Rows():
                for label, value in block.rows:
                    self._write(lead(label, self._language) + self._show(value), _BODY)
            case Listing():
                self._write(self._show(block.heading), _BODY)
                for item in block.items:
                    self._tick_off(self._show(item))

    def _tick_off(self, words: str) -> None:
        """A box, drawn: few Chinese fonts have a sign for it."""
        indent = _BOX + 2 * _GAP
        height = _BODY * _MM * _LINE
        lines = self._broken(words, _BODY, self._pdf.epw - indent)
        self._keep_together(len(lines) * height)
        top = self._pdf.get_y() + (height - _BOX) / 2
        self._pdf.set_line_width(0.5)
        self._pdf.rect(self._pdf.l_margin + _GAP / 2, top, _BOX, _BOX)
        self._lines(lines, _BODY, indent)

    def _write(self, words: str, size: float) -> None:
        self._lines(self._broken(words, size, self._pdf.epw), size, 0)

    def _broken(self, words: str, size: float, room: float) -> list[str]:
        self._pdf.set_font(_FACE, size=size)
        return break_measured(words, room, self._pdf.get_string_width)

    def _lines(self, lines: Iterable[str], size: float, indent: float) -> None:
        self._pdf.set_font(_FACE, size=size)
        for line in lines:
            self._pdf.set_x(self._pdf.l_margin + indent)
            self._pdf.cell(text=line, h=size * _MM * _LINE, new_x="LMARGIN", new_y="NEXT")

    def _keep_together(self, height: float) -> None:
        if self._pdf.will_page_break(height):
            self._pdf.add_page()

    def _rule(self) -> None:
        y = self._pdf.get_y() + 1
        self._pdf.set_line_width(0.6)
        self._pdf.line(self._pdf.l_margin, y, self._pdf.w - self._pdf.r_margin, y)
        self._pdf.ln(_GAP + 1)

    def _show(self, text: Text) -> str:
        return text.show(self._language)
