"""Who changed what of accounts and services lately, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.cases.staff import ACCOUNT, REMOVED
from kiosk.cases.states import BOX
from kiosk.store.house_book import HouseLine
from screens.desk.counter import Counter
from screens.desk.lines import Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.table import Column, Row


class HouseLogPage(DeskPage[None]):
    """A line of the book a row; the whole of it stands below."""

    KEYS: ClassVar[Sequence[Binding]] = (key("escape", "leave", "Esc"),)

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._lines: dict[str, HouseLine] | None = None

    def body(self) -> ComposeResult:
        yield PickList(id="lines")
        yield Lines(id="about")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def title_words(self) -> str:
        return self.counter.words("house_log.title")

    def draw(self) -> None:
        words = self.counter.words
        columns = [Column(words(f"house_log.{name}")) for name in ("at", "who")]
        columns.append(Column(words("house_log.what"), least=16))
        lines = self._lines or {}
        rows = [Row(name, (self._when(one), self._who(one), self._what(one))) for name, one in lines.items()]
        empty = words("board.reading" if self._lines is None else "house_log.empty")
        pick = self.query_one(PickList)
        pick.show(columns, rows, empty)
        here = lines.get(pick.cursor or "")
        told = [Line(self._what(here)), *([Line(here.words)] if here.words else [])] if here else []
        self.query_one("#about", Lines).show(told)

    async def look(self) -> None:
        found = await self.counter.records.do(lambda store: store.house_lines())
        self._lines = {str(one.n): one for one in found}
        self.retell()

    def action_leave(self) -> None:
        self.dismiss(None)

    @on(PickList.Moved)
    def _moved(self) -> None:
        self.draw()

    def _when(self, line: HouseLine) -> str:
        return self.counter.time(line.at)[2:]

    def _who(self, line: HouseLine) -> str:
        return self.counter.words("house_log.box") if line.actor == BOX.name else line.actor

    def _what(self, line: HouseLine) -> str:
        words = self.counter.words
        if line.kind == ACCOUNT:
            role, _, name = line.note.partition(" ")
            if role == REMOVED:
                return words("house_log.removed", name=name)
            return words("house_log.account", name=name, role=words(f"role.{role}"))
        if line.kind in {"service_stopped", "service_started"}:
            return words(f"house_log.{line.kind}", service=self._service(line.note))
        known = f"house_log.{line.kind}"
        return words(known, note=line.note) if known in self.counter.texts else f"{line.kind} {line.note}"

    def _service(self, service_id: str) -> str:
        service = self.counter.services().get(service_id)
        return service.title.text().show(self.counter.language) if service else service_id
