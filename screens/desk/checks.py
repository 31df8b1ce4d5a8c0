"""What the morning check and a helper found at the kiosk whose data this desk works with, and what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from kiosk.catalogue import load_catalogue
from kiosk.selftest.finding import Finding, State
from kiosk.selftest.report import Told
from screens.desk.counter import Checks, Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key

_LEADS = {State.BAD: "✗ ", State.LOOK: "! "}


class ChecksPage(DeskPage[None]):
    """Only what somebody has to do something about is told in full; the rest by name, or not at all."""

    KEYS: ClassVar[Sequence[Binding]] = (key("escape", "leave", "Esc"),)

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._found: Checks | None = None

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Lines(id="checks")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def title_words(self) -> str:
        return self.counter.words("checks.title")

    def draw(self) -> None:
        if self._found is None:
            lines = [Line(self.counter.words("board.reading"), Kind.QUIET)]
        else:
            lines = [*self._by_hand(self._found.by_hand), *self._morning(self._found.morning)]
        self.query_one("#checks", Lines).show(lines)

    async def look(self) -> None:
        if self.counter.checks is not None:
            self._found = await asyncio.to_thread(self.counter.checks)
            self.retell()

    def action_leave(self) -> None:
        self.dismiss(None)

    def _by_hand(self, told: Told | None) -> Iterator[Line]:
        words = self.counter.words
        if told is None:
            yield Line(words("checks.no_by_hand"), Kind.ALERT)
            return
        at = self.counter.time(told.at)
        yield Line(words("checks.by_hand", ago=self._ago(told), at=at), Kind.HEADING)
        yield from self._lines(told.findings)
        yield from self._fine(told.findings)

    def _morning(self, told: Told | None) -> Iterator[Line]:
        words = self.counter.words
        if told is None:
            yield Line(words("checks.no_morning"), Kind.ALERT)
            return
        yield Line(words("checks.morning", at=self.counter.time(told.at)), Kind.HEADING)
        yield from self._lines(told.findings)

    def _lines(self, findings: Sequence[Finding]) -> Iterator[Line]:
        wrong = [one for state in _LEADS for one in findings if one.state is state]
        if not wrong:
            yield Line(self.counter.words("checks.well"))
        for one in wrong:
            yield Line(self._line(one), Kind.ALERT, _LEADS[one.state])

    def _fine(self, findings: Sequence[Finding]) -> Iterator[Line]:
        """By name, as nobody has to do anything about it."""
        parts = [self._named(one.part) for one in findings if one.state is State.GOOD]
        between = "、" if self.counter.language == "zh" else ", "
        if parts:
            yield Line(self.counter.words("checks.fine", parts=between.join(parts)))

    def _line(self, one: Finding) -> str:
        words = one.words.show(self.counter.language)
        return self.counter.words("checks.line", part=self._named(one.part), words=words)

    def _named(self, part: str) -> str:
        """A part that only another version has keeps its own name."""
        named = load_catalogue("box").get(f"part.{part}")
        return named.show(self.counter.language) if named else part

    def _ago(self, told: Told) -> str:
        days = (self.counter.today() - told.at.astimezone(self.counter.zone).date()).days
        if days > 1:
            return self.counter.words("checks.days", n=days)
        return self.counter.words("checks.yesterday" if days == 1 else "checks.today")
