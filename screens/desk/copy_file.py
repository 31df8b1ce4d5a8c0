"""Which file a copy of a paper is in. Ends with whether it was kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from kiosk.paper.copies import LARGEST_RAW, UnfitCopy
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.typed_path import file_at


class CopyFile(DeskPage[bool]):
    """One line to write in; what was written stays until the file could be kept."""

    KEYS: ClassVar[Sequence[Binding]] = (key("enter", "go", "Enter"), key("escape", "leave", "Esc"))

    def __init__(self, counter: Counter, keep: Callable[[bytes], Awaitable[None]]) -> None:
        """`keep` raises UnfitCopy."""
        super().__init__(counter)
        self._keep = keep

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        line = Input(id="path", select_on_focus=False)
        line.cursor_blink = False
        yield line

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def title_words(self) -> str:
        return self.counter.words("materials.file_title")

    def draw(self) -> None:
        words = self.counter.words
        lines = [Line(words("materials.file")), Line(words("materials.file_hint"), Kind.QUIET)]
        self.query_one("#label", Lines).show(lines)

    def action_leave(self) -> None:
        self.dismiss(False)

    @on(Input.Submitted)
    def action_go(self) -> None:
        typed = self.query_one(Input).value

        async def read() -> None:
            try:
                await self._keep(await asyncio.to_thread(read_file, typed))
            except OSError:
                self.tell(self.counter.text("materials.no_file"))
            except UnfitCopy as unfit:
                self.tell(self.counter.text(f"materials.unfit_{unfit.why}"))
            else:
                self.dismiss(True)

        self.begin(read)


def read_file(typed: str) -> bytes:
    """One byte more than is looked at at all, so that too large is seen. Raises OSError."""
    with file_at(typed).open("rb") as file:
        return file.read(LARGEST_RAW + 1)
