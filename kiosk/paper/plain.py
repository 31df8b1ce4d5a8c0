"""A document as plain text: for a receipt roll, a text file, a screen."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from kiosk.flow.document import Block, Document, Listing, Rows
from kiosk.line_break import break_lines
from kiosk.text import Text

BOX = "[ ] "
"""A box to tick, in signs that every font has."""
_COLON = {"zh": "：", "en": ": "}


def plain_text(document: Document, columns: int, language: str) -> str:
    """Lines of at most `columns` cells: 32 and 48 are the usual receipt rolls."""
    title = [_centred(line, columns) for line in break_lines(document.title.show(language), columns)]
    lines = [*title, "=" * columns]
    before: Block | None = None
    for block in document.blocks:
        if before is not None and type(block) is not type(before):
            lines.append("")
        lines += _lines(block, columns, language)
        before = block
    foot = document.foot.show(language)
    lines += ["-" * columns, *break_lines(foot, columns)] if foot else []
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _lines(block: Block, columns: int, language: str) -> Iterator[str]:
    match block:
        case Listing():
            yield from break_lines(block.heading.show(language), columns)
            for item in block.items:
                yield from _hung(BOX, item.show(language), columns)
        case Rows():
            for label, value in block.rows:
                yield from _hung(lead(label, language), value.show(language), columns)
        case _:
            yield from break_lines(block.text.show(language), columns)


def lead(label: Text, language: str) -> str:
    """A label before its value."""
    return f"{label.show(language)}{_COLON[language]}"


def _hung(label: str, words: str, columns: int) -> Iterator[str]:
    """The words after their label, and below it where they go on; below the label where it is long."""
    indent = cell_len(label)
    if indent > columns // 2:
        yield from break_lines(label + words, columns)
        return
    first, *rest = break_lines(words, columns - indent)
    yield label + first
    for line in rest:
        yield " " * indent + line


def _centred(line: str, columns: int) -> str:
    return " " * ((columns - cell_len(line)) // 2) + line
