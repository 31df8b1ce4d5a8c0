"""Which services residents can apply for today, why not the others, and the switch."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.services.load import Shelf
from kiosk.services.model import Service
from kiosk.services.standing import Standing, may_be_stopped, may_go_on, standing
from kiosk.store.service_stops import Stop
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.note import NotePage
from screens.desk.page import DeskPage, key, letter
from screens.desk.pick_list import PickList
from screens.desk.table import Column, Row

_GOOD = {Standing.LIVE}


class ServicesPage(DeskPage[None]):
    """Read anew each time: a file may have been changed since the desk was started."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("s", "stop_service"),
        letter("g", "start_service"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._shelf: Shelf | None = None
        self._stops: dict[str, Stop] = {}

    def body(self) -> ComposeResult:
        yield PickList(id="services")
        yield Lines(id="about")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def title_words(self) -> str:
        live = sum(self._standing(one) in _GOOD for one in self._services.values())
        return self.counter.words("services.title", n=len(self._services), live=live)

    def draw(self) -> None:
        words = self.counter.words
        columns = [
            Column(words("board.service"), least=16),
            Column(words("services.standing")),
            Column(words("services.version"), drop=1),
        ]
        rows = [self._row(one) for one in self._services.values()]
        rows += [Row(name, (name, words("services.broken"), "")) for name in self._broken]
        empty = words("board.reading" if self._shelf is None else "services.empty")
        self.query_one(PickList).show(columns, rows, empty)
        self.query_one("#about", Lines).show(self._about())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        here, today = self._here, self.counter.today()
        stopped = here is not None and here.id in self._stops
        match action:
            case "stop_service":
                return here is not None and not stopped and may_be_stopped(here, today)
            case "start_service":
                return here is not None and stopped and may_go_on(here, today)
        return True

    async def look(self) -> None:
        self._shelf = await asyncio.to_thread(self.counter.shelf)
        self._stops = await self.counter.records.do(lambda store: store.service_stops())
        self.retell()

    def action_stop_service(self) -> None:
        self._switch("stop_service")

    def action_start_service(self) -> None:
        self._switch("start_service")

    def action_leave(self) -> None:
        self.dismiss(None)

    @on(PickList.Moved)
    def _moved(self) -> None:
        self.tell(None)
        self.retell()

    def _switch(self, which: str) -> None:
        """Never without a reason: colleagues read it here, and it stays in the book."""
        service = self._here
        if service is None:
            return
        actor, counter = self.counter.staff, self.counter

        async def keep(why: str) -> None:
            if which == "stop_service":
                await counter.records.do(lambda store: store.stop_service(service.id, actor, why))
            else:
                await counter.records.do(lambda store: store.start_service(service.id, actor, why))

        def back(done: bool | None) -> None:
            if done:
                self.tell(counter.text(f"services.done_{which}"), Kind.HEADING)

        page = NotePage(counter, which, keep, counter.read(service.title.model_dump()))
        self.app.push_screen(page, back)

    @property
    def _services(self) -> dict[str, Service]:
        return dict(self._shelf.services) if self._shelf else {}

    @property
    def _broken(self) -> dict[str, str]:
        """Files that cannot be used, with the first thing that is wrong with each."""
        found: dict[str, str] = {}
        for problem in self._shelf.problems if self._shelf else ():
            found.setdefault(problem.file, problem.what.show(self.counter.language))
        return found

    @property
    def _here(self) -> Service | None:
        return self._services.get(self.query_one(PickList).cursor or "")

    def _standing(self, service: Service) -> Standing:
        return standing(service, self.counter.today(), stopped=service.id in self._stops)

    def _row(self, service: Service) -> Row:
        now = self._standing(service)
        mark = "" if now in _GOOD else "! "
        title = service.title.text().show(self.counter.language)
        return Row(service.id, (title, mark + self.counter.words(f"services.{now}"), service.version))

    def _about(self) -> list[Line]:
        """What the row with the cursor means, and what to do about it."""
        cursor, words = self.query_one(PickList).cursor, self.counter.words
        if cursor in self._broken:
            return [Line(self._broken[cursor], Kind.ALERT), Line(words("services.about_broken"))]
        service = self._here
        if service is None:
            return []
        if stop := self._stops.get(service.id):
            when = self.counter.time(stop.at)
            return [Line(words("services.stopped_by", who=stop.by, at=when, why=stop.why), Kind.ALERT)]
        return [Line(self._meaning(service), Kind.QUIET)]

    def _meaning(self, service: Service) -> str:
        signed, valid = service.checked, service.valid
        return self.counter.words(
            f"services.about_{self._standing(service)}",
            who=signed.by if signed else "",
            on=signed.on.isoformat() if signed else "",
            start=valid.start.isoformat(),
            end=valid.end.isoformat() if valid.end else "",
        )
