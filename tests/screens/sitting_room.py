"""A kiosk for one sitting: a real store, a reader on a pseudo-terminal, and a hand on the screens."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

import kiosk.sitting.visit
from kiosk.cli._fittings import fittings_for
from kiosk.config import DeviceSettings, Services, Settings, Voice, load_settings
from kiosk.devices.emulator import Emulator, sdt_emulator
from kiosk.devices.events import DeviceEvent
from kiosk.flow.page import Page
from kiosk.flow.sitting import Sitting
from kiosk.identity.people import Person, load_people
from kiosk.paths import data_file
from kiosk.ports import Clock
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from screens.layout import Target
from screens.resident.app import ResidentApp
from screens.resident.fittings import Devices
from screens.resident.visit_thread import Visit

PATIENCE = 20.0
"""Seconds after which a page that has not come is not coming; a busy machine is slow, not broken."""
BY_HAND = 0.4
"""Seconds between one key and the next."""
PEOPLE = {person.id: person for person in load_people()}
GUIFANG = PEOPLE["zhang-guifang"]
ALLOWANCE = data_file("services") / "elderly-allowance.toml"
EVERY_KIND = Path(__file__).parents[1] / "flow" / "every_kind.toml"


class Stopwatch:
    """The clock of keys, touches and pages, on which a test may skip the time that people take."""

    skipped = 0.0
    _stands_at: float | None = None

    def monotonic(self) -> float:
        return (time.monotonic() if self._stands_at is None else self._stands_at) + self.skipped

    get_time = monotonic

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Meanwhile only what is skipped goes by: a machine that is slow makes no pause between two keys."""
        self._stands_at = time.monotonic()
        try:
            yield
        finally:
            self._stands_at = None


STOPWATCH = Stopwatch()


@dataclass
class Room:
    """Where a sitting takes place."""

    folder: Path
    clock: Clock
    reader: Emulator
    settings: Settings
    told: list[DeviceEvent] = field(default_factory=list)
    """What the reader has told the sitting."""

    def app(self, at: Sitting | None = None, **how: Any) -> ResidentApp:
        """Another sitting; `at` a page further on, where somebody has come to already."""
        how = {"demo": True, "port": self.reader.path, "clock": self.clock, **how}
        fittings = fittings_for(self.settings, self.folder, **how)
        self.told.clear()

        def make_devices(on_event: Callable[[DeviceSettings, DeviceEvent], None]) -> Devices:
            def heard(setting: DeviceSettings, event: DeviceEvent) -> None:
                on_event(setting, event)
                self.told.append(event)

            return fittings.make_devices(heard)

        def open_visit() -> Visit:
            visit = fittings.open_visit()
            if at is not None:
                assert isinstance(visit, kiosk.sitting.visit.Visit)
                visit.sitting = at
            return visit

        return ResidentApp(replace(fittings, make_devices=make_devices, open_visit=open_visit))

    def lay(self, person: Person = GUIFANG) -> None:
        self.reader.lay(person.text_block())

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store as the desk would open it."""
        store = open_store(self.folder, clock=self.clock, calendar=load_calendar(data_file("calendars")))
        try:
            yield store
        finally:
            store.close()


def shelf_of(folder: Path, *files: Path) -> Services:
    """Only these services, so that no test waits for the others or depends on how they are listed."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, folder)
    return Services(folder=str(folder))


def silent(settings: Settings) -> Settings:
    """Captions only: what is said is proven with the voice."""
    return replace(settings, voice=Voice(sound=False))


class Hand:
    """Somebody at the screen. Keys are as far apart as by hand, without waiting for them."""

    def __init__(self, pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, ResidentApp)
        self.app, self._pilot = pilot.app, pilot

    @property
    def part(self) -> Page:
        """What is on the screen."""
        assert self.app.stage is not None
        return self.app.stage.part

    @property
    def place(self) -> str:
        ready = self.app.stage is not None and self.app.stage.ready
        return self.part.id if ready else ""

    @property
    def lines(self) -> list[str]:
        """The screen as it is drawn."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def seen(self) -> str:
        """All that stands on the screen, without line breaks and spaces."""
        return "".join("".join(line.split()) for line in self.lines)

    @property
    def field(self) -> str:
        return self.app.field.value

    async def sees(self, place: str) -> None:
        """Wait for a page."""
        await self.until(lambda: self.place == place, f"{place}, not {self.place}")

    async def until(self, ready: Callable[[], bool], what: str) -> None:
        limit = time.monotonic() + PATIENCE
        while not ready():
            assert time.monotonic() < limit, f"waited for {what}:\n" + "\n".join(self.lines)
            await asyncio.sleep(0.01)
        await self.settle()

    async def settle(self) -> None:
        """Until every move that was begun has been made and drawn."""
        for _ in range(3):
            await self._pilot._wait_for_screen()
            await self.app.workers.wait_for_complete()
        await self._pilot._wait_for_screen()

    async def presses(self, *keys: str, apart: float = BY_HAND) -> None:
        """Keys, each after what the last one did."""
        for key in keys:
            self.strikes(key, apart=apart)
            await self.settle()

    def strikes(self, key: str, *, apart: float = BY_HAND) -> None:
        """A key, without looking what comes of it."""
        self._waits(apart)
        self.app.post_message(events.Key(key, key if len(key) == 1 else None))

    def _waits(self, seconds: float) -> None:
        """For so long, and past the page's guard by somebody in no hurry."""
        STOPWATCH.skipped += seconds + (self.part.guard if self.place and seconds >= BY_HAND else 0.0)

    async def types(self, words: str) -> None:
        """One key after another."""
        names = {" ": "space", ".": "full_stop"}
        for character in words:
            self._waits(BY_HAND)
            self.app.post_message(events.Key(names.get(character, character), character))
        await self.settle()

    async def pastes(self, words: str) -> None:
        self.app.post_message(events.Paste(words))
        await self.settle()

    async def touches(self, act: str) -> None:
        """Press and release in the middle of a target."""
        self._waits(BY_HAND)
        target = self.target(act)
        assert await self._pilot.click(
            offset=(target.column + target.columns // 2, target.row + target.rows // 2)
        )
        await self.settle()

    def target(self, act: str) -> Target:
        layout = self.app.view.layout_now
        assert layout is not None
        return next(target for target in layout.targets if target.act == act)

    async def resizes(self, columns: int, rows: int) -> None:
        await self._pilot.resize_terminal(columns, rows)
        await self.settle()

    async def ends(self) -> int:
        """Wait for the end of the sitting; its exit code."""
        limit = time.monotonic() + PATIENCE
        while self.app.is_running and self.app._exit is False:
            assert time.monotonic() < limit, "the sitting did not end"
            await asyncio.sleep(0.01)
        return self.app.return_code or 0


@contextmanager
def a_room(folder: Path, clock: Clock) -> Iterator[Room]:
    # A link goes with its reader; the number of a pseudo-terminal is given to the next one who asks.
    with sdt_emulator(folder.with_name(f"{folder.name}-reader"), baud=1_000_000) as reader:
        shelf = shelf_of(folder.with_name("shelf"), ALLOWANCE, EVERY_KIND)
        yield Room(folder, clock, reader, replace(silent(load_settings()), services=shelf))
