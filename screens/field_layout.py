"""How a field is drawn: its lines or its boxes, the caret, and what a touch in it means. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rich.cells import cell_len

from kiosk.flow.page import Entry
from kiosk.line_break import units
from screens.spans import Layout, Look, Span, Target
from screens.typed import Boxes, Line, Typed, typed_in

MARK = "＞"
"""Before the line or the box that is typed into, as before a choice that has the focus."""
_MARK_CELLS = 2
_PADDING = 2
"""Cells inside a line or a box that are not typed into, one on each side."""
EDGES = "[", "]"
"""They stand there while it does not have the focus: its ground is hardly lighter than the page's."""
_TEXT_AT = _MARK_CELLS + 1
"""The column where the text of a line begins."""
_SHOWN_FIRST, _SHOWN_LAST = 3, 2
"""Characters of a secret that are not hidden."""


@dataclass(frozen=True, slots=True)
class FieldSize:
    """The room a field has."""

    columns: int
    rows: int
    """Rows on the screen."""
    lines: int = 1
    """Lines of writing that are wanted, where there are so many rows."""


@dataclass(frozen=True, slots=True)
class FieldState:
    """What is going on with a field."""

    focused: bool = True
    """Keys go into it."""
    served: bool = True
    """It is being filled: by keys, or by those on the screen."""
    secret: bool = False
    """Hidden while it is not being filled."""
    hidden: bool = False
    """Always hidden, all of it."""
    composing: str = field(default="", repr=False)
    """What is half written where the caret stands."""

    @property
    def caret(self) -> Look:
        """How the caret is drawn: away from the ground that the field has now."""
        return Look.CARET if self.focused else Look.MARK


@dataclass(frozen=True, slots=True)
class FieldDrawing:
    """The rows of a field, and where things are in it."""

    rows: tuple[tuple[Span, ...], ...]
    caret: tuple[int, int]
    """Column and row."""
    boxes: tuple[Target, ...] = ()
    """Where each box can be touched; none for a line."""
    lines: tuple[tuple[int, int], ...] = ()
    """From and to which place in the text each drawn line goes; none for boxes."""
    top: int = 0
    """The row of the first line."""


def draw_field(typed: Typed, names: Sequence[str], size: FieldSize, state: FieldState) -> FieldDrawing:
    """The field as it looks; `names` are those of the boxes."""
    if isinstance(typed, Boxes):
        return _draw_boxes(typed, names, size, state)
    return _draw_line(typed, size, state)


def lay_field(layout: Layout, entry: Entry, language: str) -> None:
    """Put the field of a page that was just opened into its layout: for pictures, where nobody types."""
    place = layout.field
    if place is None:
        return
    names = [name.show(language) for name in entry.boxes]
    drawing = draw_field(
        typed_in(entry), names, FieldSize(place.columns, place.rows, entry.rows), FieldState()
    )
    for number, row in enumerate(drawing.rows):
        spans = [replace(span, column=place.column + span.column) for span in row]
        layout.rows[place.row + number].extend(spans)


def place_at(typed: Line, drawing: FieldDrawing, column: int, row: int) -> int:
    """The place in the text that stands there."""
    start, end = drawing.lines[min(max(row - drawing.top, 0), len(drawing.lines) - 1)]
    left = column - _TEXT_AT
    for place in range(start, end):
        left -= cell_len(typed.text[place])
        if left < 0:
            return place
    return end


def line_beside(typed: Line, columns: int, by: int) -> Line | None:
    """The caret one line up or down in a text over several lines; None where there is none."""
    lines = wrapped(typed.text, _room(columns))
    at = _line_of(lines, typed.caret)
    if not 0 <= at + by < len(lines):
        return None
    start, end = lines[at + by]
    return typed.to(min(start + typed.caret - lines[at][0], end if at + by == len(lines) - 1 else end - 1))


def wrapped(text: str, columns: int) -> list[tuple[int, int]]:
    """The lines of a text, each from and to a place in it; nothing of it is left out, as in `break_lines`."""
    lines: list[tuple[int, int]] = []
    start = at = 0
    for unit in units(text):
        if at > start and cell_len(text[start : at + len(unit)].rstrip()) > columns:
            lines.append((start, at))
            start = at
        for place in range(at + 1, at + len(unit)):
            if cell_len(text[start : place + 1].rstrip()) > columns:
                lines.append((start, place))
                start = place
        at += len(unit)
    lines.append((start, at))
    if cell_len(text[start:]) >= columns:
        # Room for the caret behind a full line.
        lines.append((at, at))
    return lines


def _draw_line(typed: Line, size: FieldSize, state: FieldState) -> FieldDrawing:
    typed = _with_half_written(typed, state.composing)
    text = _masked(typed.text) if state.secret and not state.served else typed.text
    text = "*" * len(typed.text) if state.hidden else text
    count = min(size.lines, size.rows)
    several = count > 1
    lines = (_window_of_lines if several else _window)(text, typed.caret, _room(size.columns), count)
    top = (size.rows - count) // 2
    rows: list[list[Span]] = [[] for _ in range(size.rows)]
    for n in range(count):
        words = " " + (text[slice(*lines[n])] if n < len(lines) else "")
        look = Look.FOCUS if state.focused else Look.CHOICE
        filled = words + " " * (size.columns - _MARK_CELLS - cell_len(words))
        rows[top + n] += [Span(0, "  ", Look.TEXT), Span(_MARK_CELLS, filled, look)]
    line = _line_of(lines, typed.caret)
    column = min(_TEXT_AT + cell_len(text[lines[line][0] : typed.caret]), size.columns - 1)
    if state.focused:
        rows[top].append(Span(0, MARK, Look.TEXT))
    else:
        for n in range(count):
            rows[top + n] += _edges(_MARK_CELLS, size.columns - 1)
    if state.served:
        for n, (start, end) in enumerate(lines):
            first = max(start, typed.caret - len(state.composing))
            half = text[first : min(end, typed.caret)]
            rows[top + n].append(Span(_TEXT_AT + cell_len(text[start:first]), half, state.caret))
        under = text[typed.caret] if typed.caret < lines[line][1] else " "
        rows[top + line].append(Span(column, under, state.caret))
    return FieldDrawing(_fixed(rows), (column, top + line), lines=tuple(lines), top=top)


def _edges(first: int, last: int) -> list[Span]:
    """Where a line or a box begins and ends."""
    return [Span(at, edge, Look.CHOICE) for at, edge in zip((first, last), EDGES, strict=True)]


def _with_half_written(typed: Line, composing: str) -> Line:
    """The line as it would be with it, the caret behind it."""
    if not composing:
        return typed
    text = typed.text[: typed.caret] + composing + typed.text[typed.caret :]
    return replace(typed, text=text, caret=typed.caret + len(composing))


def _room(columns: int) -> int:
    """Cells for the text of a line."""
    return columns - _MARK_CELLS - _PADDING


def _window_of_lines(text: str, caret: int, columns: int, count: int) -> list[tuple[int, int]]:
    """As many lines as there is room for, the caret's among them."""
    lines = wrapped(text, columns)
    first = min(max(_line_of(lines, caret) - count + 1, 0), max(len(lines) - count, 0))
    return lines[first : first + count]


def _window(text: str, caret: int, columns: int, count: int) -> list[tuple[int, int]]:
    """As much of a long line as there is room for, with the caret in it."""
    start = 0
    while cell_len(text[start:caret]) >= columns:
        start += 1
    end = start
    while end < len(text) and cell_len(text[start : end + 1]) <= columns:
        end += 1
    return [(start, end)]


def _line_of(lines: Sequence[tuple[int, int]], place: int) -> int:
    return max(n for n, (start, _) in enumerate(lines) if start <= place or n == 0)


def _masked(text: str) -> str:
    """What the field shows of a secret that is not being typed (K26)."""
    hidden = len(text) - _SHOWN_FIRST - _SHOWN_LAST
    if hidden <= 0:
        return "*" * len(text)
    return text[:_SHOWN_FIRST] + "*" * hidden + text[-_SHOWN_LAST:]


def _draw_boxes(typed: Boxes, names: Sequence[str], size: FieldSize, state: FieldState) -> FieldDrawing:
    rows: list[list[Span]] = [[] for _ in range(size.rows)]
    places: list[Target] = []
    gap = _gap(typed, names, size)
    middle, column, caret = (size.rows - 1) // 2, 0, (0, 0)
    for n, name in enumerate(names):
        here, start = n == typed.at and state.served, column
        rows[middle].append(Span(start, MARK if here and state.focused else "  ", Look.TEXT))
        column += _MARK_CELLS
        for row in range(size.rows):
            words = " " + ((typed.parts[n] or "_" * typed.size(n)) if row == middle else "")
            look = Look.FOCUS if here and state.focused else Look.CHOICE
            rows[row].append(Span(column, words.ljust(typed.size(n) + _PADDING), look))
        if look is not Look.FOCUS:
            rows[middle] += _edges(column, column + typed.size(n) + 1)
        if here:
            caret = (column + 1 + len(typed.parts[n]), middle)
            under = " " if typed.parts[n] else "_"
            rows[middle].append(Span(caret[0], under, state.caret))
        column += typed.size(n) + _PADDING
        rows[middle].append(Span(column, f" {name}", Look.STRONG))
        column += 1 + cell_len(name)
        places.append(Target(str(n), start, 0, column - start, size.rows))
        column += gap
    return FieldDrawing(_fixed(rows), caret, boxes=tuple(places))


def _gap(typed: Boxes, names: Sequence[str], size: FieldSize) -> int:
    """Free cells between the boxes."""
    each = _MARK_CELLS + _PADDING + 1
    taken = sum(each + typed.size(n) + cell_len(name) for n, name in enumerate(names))
    return min(max((size.columns - taken) // len(names), 0), 3)


def _fixed(rows: list[list[Span]]) -> tuple[tuple[Span, ...], ...]:
    return tuple(map(tuple, rows))
