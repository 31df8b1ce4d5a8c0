"""A document as plain text: for a text file, a screen, and the lines of a receipt roll."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from kiosk.flow.document import Block, Code, Document, Drawn, Form, Listing, Rows
from kiosk.line_break import Width, break_measured
from kiosk.text import Text

BOX = "[ ] "
"""A box to tick, in signs that every font has."""
TICKED = "[x] "
_COLON = {"zh": "：", "en": ": "}


def plain_text(document: Document, columns: int, language: str) -> str:
    """Lines of at most `columns` cells."""
    title = [centred(line, columns) for line in _broken(document.title.show(language), columns, cell_len)]
    lines = [*title, "=" * columns]
    before: Block | None = None
    for block in document.blocks:
        if before is not None and type(block) is not type(before):
            lines.append("")
        lines += block_lines(block, columns, language)
        before = block
    foot = document.foot.show(language)
    lines += ["-" * columns, *_broken(foot, columns, cell_len)] if foot else []
    return "\n".join(line.rstrip() for line in lines) + "\n"


def block_lines(block: Block, columns: int, language: str, width: Width = cell_len) -> Iterator[str]:
    """One block in lines of at most `columns`, as `width` measures them."""
    match block:
        case Listing():
            yield from _broken(block.heading.show(language), columns, width)
            for item in block.items:
                yield from _hung(TICKED if block.ticked else BOX, item.show(language), columns, width)
        case Rows():
            for label, value in block.rows:
                yield from _hung(lead(label, language), value.show(language), columns, width)
        case Form():
            yield from block_lines(Rows(block.fields), columns, language, width)
        case Code():
            yield from _hung(lead(block.label, language), block.words, columns, width)
        case Drawn():
            yield from _hung(lead(block.label, language), block.words.show(language), columns, width)
        case _:
            yield from _broken(block.text.show(language), columns, width)


def lead(label: Text, language: str) -> str:
    """A label before its value."""
    return f"{label.show(language)}{_COLON[language]}"


def centred(line: str, columns: int, width: Width = cell_len) -> str:
    """The line with as much room before it as behind it."""
    return " " * int((columns - width(line)) // 2) + line


def _hung(label: str, words: str, columns: int, width: Width) -> Iterator[str]:
    """The words after their label, and below it where they go on; below the label where it is long."""
    indent = int(width(label))
    if indent > columns // 2:
        yield from _broken(label + words, columns, width)
        return
    first, *rest = _broken(words, columns - indent, width)
    yield label + first
    for line in rest:
        yield " " * indent + line


def _broken(words: str, columns: int, width: Width) -> list[str]:
    return break_measured(words, max(columns, 2), width)
