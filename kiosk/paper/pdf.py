"""A document as A4 in large type, to be read at arm's length by somebody of 82."""

from __future__ import annotations

from collections.abc import Iterable

from fpdf import FPDF
from fpdf.fonts import TTFFont

from kiosk.flow.document import Big, Block, Code, Document, Drawn, Form, Listing, Paragraph, Rows, Window
from kiosk.flow.signature import pictured
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
_PICTURE = (80.0, 25.0)
"""Millimetres of a drawn signature at the most."""
_PEN = 0.7
_PAD = 2.0
_WINDOW = (25.0, 50.0, 80.0, 38.0)
"""Left, top, width, height in millimetres of an A4 sheet folded in three, within the window of a DL envelope
(ISO 269; window 90 x 45 mm, 20 mm from the left and 15 mm from the bottom, DIN 680)."""
_IN_WINDOW = (16.0, 14.0, 12.0, 10.0, 8.0)
"""Points: the largest that fits."""
_BELOW_WINDOW = 100.0
_CODE = 32.0
"""Millimetres of a code: with its quiet zone a module is more than a millimetre, which any phone reads."""


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
        for block in document.blocks:
            if isinstance(block, Window):
                self._window(block)
        self._write(self._show(document.title), _TITLE)
        self._rule()
        for block in document.blocks:
            if not isinstance(block, Window):
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
            case Form():
                self._form(block)
            case Code():
                self._code(block)
            case Drawn():
                self._picture(block)
            case Listing():
                self._write(self._show(block.heading), _BODY)
                for item in block.items:
                    self._tick_off(self._show(item), block.ticked)

    def _form(self, form: Form) -> None:
        """A frame around each field, the label small above what stands there; an empty one to write in."""
        for row in form.rows:
            width = self._pdf.epw / len(row)
            room = width - 2 * _PAD
            cells = [
                (self._broken(label.show(self._language), _FOOT, room), self._field(value, room))
                for label, value in row
            ]
            height = max(
                (len(label) * _FOOT + max(len(value), 1) * _BODY) * _MM * _LINE for label, value in cells
            )
            height += 2 * _PAD
            self._keep_together(height)
            top = self._pdf.get_y()
            for place, (label, value) in enumerate(cells):
                left = place * width
                self._pdf.set_line_width(0.3)
                self._pdf.rect(self._pdf.l_margin + left, top, width, height)
                self._pdf.set_y(top + _PAD)
                self._lines(label, _FOOT, left + _PAD)
                self._lines(value, _BODY, left + _PAD)
            self._pdf.set_y(top + height)

    def _field(self, value: Text, room: float) -> list[str]:
        words = self._show(value)
        return self._broken(words, _BODY, room) if words else []

    def _window(self, window: Window) -> None:
        """Smaller where it is long: what the window cuts off, the post does not find."""
        left, top, width, height = _WINDOW
        words = self._show(window.text)
        fitting = (size for size in _IN_WINDOW if self._height(words, size, width) <= height)
        size = next(fitting, _IN_WINDOW[-1])
        self._pdf.set_y(top)
        self._lines(self._broken(words, size, width), size, left - self._pdf.l_margin)
        self._pdf.set_y(_BELOW_WINDOW)

    def _height(self, words: str, size: float, width: float) -> float:
        return len(self._broken(words, size, width)) * size * _MM * _LINE

    def _code(self, code: Code) -> None:
        """The code, and beside it the same number to be read."""
        from kiosk.paper.code import modules

        rows = modules(code.words)
        side = _CODE / len(rows)
        self._keep_together(_CODE)
        left, top = self._pdf.l_margin, self._pdf.get_y()
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    self._pdf.rect(left + x * side, top + y * side, side, side, style="F")
        self._pdf.set_y(top + _CODE / 4)
        room = self._pdf.epw - _CODE - _GAP
        words = lead(code.label, self._language) + code.words
        self._lines(self._broken(words, _BODY, room), _BODY, _CODE + _GAP)
        self._pdf.set_y(max(top + _CODE, self._pdf.get_y()))

    def _picture(self, drawn: Drawn) -> None:
        """Its label, and below it the lines that the finger drew; a touch is a dot."""
        self._keep_together(_PICTURE[1] + _BODY * _MM * _LINE)
        self._write(lead(drawn.label, self._language), _BODY)
        left, top = self._pdf.l_margin + _GAP, self._pdf.get_y()
        for line in pictured(drawn.strokes, *_PICTURE):
            points = [(left + x, top + y) for x, y in line]
            if len(set(points)) == 1:
                (x, y), *_ = points
                self._pdf.circle(x, y, _PEN / 2, style="F")
                continue
            self._pdf.set_line_width(_PEN)
            self._pdf.polyline(points)
        self._pdf.set_y(top + _PICTURE[1])

    def _tick_off(self, words: str, ticked: bool) -> None:
        """A box, drawn: few Chinese fonts have a sign for it."""
        indent = _BOX + 2 * _GAP
        height = _BODY * _MM * _LINE
        lines = self._broken(words, _BODY, self._pdf.epw - indent)
        self._keep_together(len(lines) * height)
        top = self._pdf.get_y() + (height - _BOX) / 2
        self._pdf.set_line_width(0.5)
        left = self._pdf.l_margin + _GAP / 2
        self._pdf.rect(left, top, _BOX, _BOX)
        if ticked:
            corners = ((0.2, 0.5), (0.42, 0.75), (0.85, 0.2))
            self._pdf.polyline([(left + x * _BOX, top + y * _BOX) for x, y in corners])
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
            # the library refuses an empty text
            self._pdf.cell(text=line or " ", h=size * _MM * _LINE, new_x="LMARGIN", new_y="NEXT")

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
