"""A document for a receipt roll: its lines in large type, and the bytes that an ESC/POS printer prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.flow.document import Big, Block, Code, Document
from kiosk.line_break import break_measured
from kiosk.paper.font import MissingSign, NoFont, find_font
from kiosk.paper.plain import block_lines, centred
from kiosk.text import Text

GB18030, IMAGE = "gb18030", "image"
_MULTI_BYTE = {GB18030: b"\x1c&", "gbk": b"\x1c&", "utf-8": b"\x1c."}
"""How a printer is told what comes: Chinese in two bytes, or not, where it is set to UTF-8."""
_FEED_TO_CUT = 3
_HUGE = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the roll, and how many times wider and higher than the printer's own type it is.

    The own type is 3 mm high, so everything that is to be read is at least twice as high: K36 asks for 4 mm.
    """

    words: str
    wide: int = 1
    high: int = 2
    code: bool = False
    """The words are to be printed as a code for a phone."""


def receipt_lines(document: Document, columns: int, language: str) -> list[Line]:
    """The document in lines that fit a roll of so many columns; a Han character takes two.

    Raises MissingSign, before anything is laid out, for what neither printers nor the fonts here have.
    """
    look_for_signs(text.show(language) for text in document.texts())
    lines = [*_large(document.title, columns, language, 2), Line("=" * columns, high=1)]
    before: Block | None = None
    for block in document.blocks:
        if before is not None and type(block) is not type(before):
            lines.append(Line("", high=1))
        if isinstance(block, Big):
            lines += _large(block.text, columns, language, _HUGE)
        else:
            if isinstance(block, Code):
                lines.append(Line(block.words, code=True))
            lines += [Line(words.rstrip()) for words in block_lines(block, columns, language, printed_width)]
        before = block
    foot = document.foot.show(language)
    if foot:
        lines.append(Line("-" * columns, high=1))
        lines += [Line(words) for words in break_measured(foot, columns, printed_width)]
    return lines


def printed_width(words: str) -> int:
    """Columns on the roll: whatever is not ASCII is as wide as a Han character, quotation marks too."""
    return sum(1 if sign.isascii() else 2 for sign in words)


def look_for_signs(texts: Iterable[str]) -> None:
    """Can every character be printed, or drawn with a font of this machine? Raises MissingSign.

    Controls are no characters: to a printer they are commands.
    """
    rare = {sign for text in texts for sign in text if sign != "\n" and not _has_sign(sign)}
    missing = {sign for sign in rare if not sign.isprintable() or not _can_be_drawn(sign)}
    if missing:
        raise MissingSign(missing)


def _can_be_drawn(sign: str) -> bool:
    from kiosk.paper.raster import signs_of

    try:
        return ord(sign) in signs_of(find_font())
    except NoFont:
        return False


def _has_sign(sign: str) -> bool:
    """Is it in the fonts that printers are sold with? Those hold what GBK holds."""
    try:
        return " " <= sign != "\x7f" and sign.encode("gbk") == sign.encode(GB18030)
    except UnicodeEncodeError:
        return False


def _large(text: Text, columns: int, language: str, times: int) -> Iterator[Line]:
    """In the middle, and as many times larger as there is room for, at least twice."""
    words = text.show(language)
    while times > 2 and printed_width(words) * times > columns:
        times -= 1
    room = columns // times
    for line in break_measured(words, room, printed_width):
        yield Line(centred(line, room, printed_width), times, times)


def receipt_bytes(lines: Iterable[Line], encoding: str = GB18030) -> bytes:
    """What a printer is sent, from waking it to cutting the paper.

    `encoding` is what it was set to, or `image`: every line is drawn. A line with a sign that printers lack
    is always drawn, so that a name is never a question mark.
    """
    printer = _encoder()
    printer.hw("INIT")
    printer._raw(_MULTI_BYTE.get(encoding, b""))
    size = (0, 0)
    for line in lines:
        picture = _picture(line, encoding)
        if picture:
            printer._raw(picture)
            continue
        if size != (line.wide, line.high):
            size = (line.wide, line.high)
            printer.set(custom_size=True, width=line.wide, height=line.high)
        # its own text() would turn characters into question marks that the printer could print
        printer._raw(line.words.encode(_SPELLED.get(encoding, encoding)) + b"\n")
    printer.set(custom_size=True, width=1, height=1)
    printer.print_and_feed(_FEED_TO_CUT)
    printer.cut(feed=False)
    return bytes(printer.output)


_SPELLED = {IMAGE: "ascii"}
"""All that is not drawn there are empty lines."""


def _picture(line: Line, encoding: str) -> bytes:
    """The line as a picture; nothing where the printer has the signs itself."""
    if line.code:
        from kiosk.paper.raster import code_picture

        return code_picture(line.words)
    if not line.words.strip() or (encoding != IMAGE and all(map(_has_sign, line.words))):
        return b""
    from kiosk.paper.raster import line_picture

    return line_picture(line.words, line.wide, line.high, find_font())


def _encoder() -> Any:
    """python-escpos's printer that only keeps its bytes. It is slow to load: only when somebody prints."""
    from escpos import capabilities  # type: ignore[import-untyped]
    from escpos.printer import Dummy  # type: ignore[import-untyped]

    # When loaded it leaves a temporary folder behind, each time another one.
    with suppress(OSError):
        Path(capabilities.pickle_path).unlink(missing_ok=True)
        Path(capabilities.pickle_dir).rmdir()
    return Dummy()
