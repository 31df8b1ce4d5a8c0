"""How much there was to do, and how it went; the counts alone can be taken along as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input

from kiosk.cases.counts import Span, Statistics, first_day
from kiosk.paper.statistics_file import write_csv
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key, letter
from screens.desk.statistics_lines import Teller, statistics_lines, title_of
from screens.desk.typed_path import folder_at

Save = Callable[[Path], Awaitable[Path]]
"""Writes the counts into that folder. Raises OSError."""


class StatisticsPage(DeskPage[None]):
    """Of one span of days at a time. What happened since the last look is counted first."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("z", "span"),
        letter("b", "bars"),
        letter("x", "save_counts"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._span = Span.DAYS
        self._bars = True
        self._found: Statistics | None = None
        self._titles: dict[str, Text] = {}

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Lines(id="counts")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def title_words(self) -> str:
        first, last = self._days
        name = self.counter.words(f"statistics.span_{self._span}")
        return self.counter.words("statistics.title", span=name, first=first, last=last)

    @property
    def _days(self) -> tuple[str, str]:
        today = self.counter.today()
        return first_day(self._span, today).isoformat(), today.isoformat()

    def draw(self) -> None:
        if self._found is None:
            lines = [Line(self.counter.words("statistics.counting"), Kind.QUIET)]
        else:
            title = title_of(self._titles, self.counter.language)
            lines = statistics_lines(self._found, Teller(self.counter.words, title, self._bars))
        self.query_one("#counts", Lines).show(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._found is not None if action == "save_counts" else True

    async def look(self) -> None:
        """In small steps, so that nobody who works at this desk meanwhile waits for it."""
        records = self.counter.records
        while await records.do(lambda store: store.count_on()):
            pass
        today = self.counter.today()
        first = first_day(self._span, today)
        self._found = await records.do(lambda store: store.statistics(first, today))
        if not self._titles:
            services = await asyncio.to_thread(self.counter.services)
            self._titles = {name: service.title.text() for name, service in services.items()}
        self.retell()

    def action_span(self) -> None:
        self.tell(None)
        self.begin(self._next_span)

    async def _next_span(self) -> None:
        """Within the act: a title never stands above the counts of other days."""
        spans = list(Span)
        self._span = spans[(spans.index(self._span) + 1) % len(spans)]
        await self.look()

    def action_bars(self) -> None:
        self._bars = not self._bars
        self.draw()

    def action_save_counts(self) -> None:
        if self._found is None:
            return
        told = self._found
        titles = {name: title.show(self.counter.language) for name, title in self._titles.items()}

        async def save(folder: Path) -> Path:
            return await asyncio.to_thread(write_csv, folder, told, titles)

        def back(path: Path | None) -> None:
            if path is not None:
                self.tell(self.counter.text("statistics.saved", path=str(path)), Kind.HEADING)

        self.app.push_screen(FolderPage(self.counter, save), back)

    def action_leave(self) -> None:
        self.dismiss(None)


class FolderPage(DeskPage[Path | None]):
    """Which folder the counts go to. Ends with the file that was written."""

    KEYS: ClassVar[Sequence[Binding]] = (key("enter", "go", "Enter"), key("escape", "leave", "Esc"))

    def __init__(self, counter: Counter, save: Save) -> None:
        super().__init__(counter)
        self._save = save

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        field = Input(str(Path.home()), id="folder")
        field.cursor_blink = False
        yield field

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def title_words(self) -> str:
        return self.counter.words("statistics.folder_title")

    def draw(self) -> None:
        words = self.counter.words
        lines = [Line(words("statistics.folder")), Line(words("statistics.folder_hint"), Kind.QUIET)]
        self.query_one("#label", Lines).show(lines)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_go(self) -> None:
        self.begin(self._go)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_go()

    @on(Input.Changed)
    def _typed(self) -> None:
        self.tell(None)

    async def _go(self) -> None:
        try:
            folder = await asyncio.to_thread(folder_at, self.query_one(Input).value)
        except OSError:
            self.tell(self.counter.text("statistics.no_folder"))
            return
        try:
            path = await self._save(folder)
        except OSError:
            self.tell(self.counter.text("statistics.not_saved"))
            return
        self.dismiss(path)
