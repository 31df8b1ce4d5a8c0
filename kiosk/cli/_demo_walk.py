"""The demo's way: a resident at the kiosk, a staff member at the desk, the resident again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.pilot import Pilot

from kiosk.cli._transcript import Said, Transcript
from kiosk.devices.emulator import Emulator
from kiosk.flow.page import Page
from kiosk.identity.people import Person
from screens.keys import REPEAT_GUARDS
from screens.picture import of_app, svg
from screens.resident.app import ResidentApp

PATIENCE = 20.0
"""Seconds to wait for a page before the demo says that it did not come."""


class WentWrong(Exception):
    """Something on the way was not as it should be; the words say what."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One screen: its words as drawn, and what was said."""

    place: str
    rows: tuple[str, ...]
    said: tuple[Said, ...]
    picture: str = field(repr=False, default="")
    """The screen as SVG."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the person does on a page: keys pressed, words typed and Enter, or a choice looked for."""

    page: str
    keys: tuple[str, ...] = ()
    typed: str = ""
    choose: str = ""
    """The id of a choice, on whichever part of the page it stands."""


APPLY = (
    Step("home", ("1",)),
    Step("do", choose="@elderly"),
    Step("do:@elderly", choose="elderly-allowance"),
    Step("keep", ("1",)),
    Step("consent:use", ("1",)),
    Step("question:who", ("1",)),
    Step("question:hukou", ("1",)),
    Step("consent:id-data", ("1",)),
    Step("question:phone", typed="139 0000 0000"),
    Step("question:account", ("1",)),
    Step("check", ("enter",)),
    Step("consent:proxy", ("1",)),
    Step("sign", ("1",)),
    Step("submit", ("2",)),
)
"""The elderly allowance, applied for by the person herself with her card, by number keys."""


async def until(pilot: Pilot[Any], ready: Callable[[], bool], what: str) -> None:
    """Wait for something to be so. Raises WentWrong after PATIENCE seconds."""
    limit = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > limit:
            raise WentWrong(f"{what} did not come")
        await pilot.pause(0.02)


class Resident:
    """One sitting on the real screens, driven as by hand."""

    def __init__(self, app: ResidentApp, pilot: Pilot[None], voice: Transcript, show: Callable[[Seen], None]):
        self._app, self._pilot, self._voice, self._show = app, pilot, voice, show

    @property
    def part(self) -> Page:
        """What is on the screen."""
        assert self._app.stage is not None
        return self._app.stage.part

    async def sees(self, page: str) -> None:
        """Wait for a page, and show all its parts."""
        await until(self._pilot, lambda: self._is_on(page), f"page {page}")
        self._shown()
        while self.part.part < self.part.parts:
            await self.presses(str(len(self.part.choices)))
            self._shown()

    async def takes(self, steps: tuple[Step, ...]) -> None:
        """Go the way, page by page."""
        for step in steps:
            if step.choose:
                await self._chooses(step.page, step.choose)
                continue
            await self.sees(step.page)
            await self._past_guard()
            if step.typed:
                self._app.post_message(events.Paste(step.typed))
                await self._pilot.pause()
                await self._pilot.press("enter")
            await self.presses(*step.keys)

    async def _chooses(self, page: str, choice: str) -> None:
        """Look through the parts of a page for a choice, and press its number."""
        await until(self._pilot, lambda: self._is_on(page), f"page {page}")
        self._shown()
        while choice not in (ids := [one.id for one in self.part.choices]):
            if self.part.part == self.part.parts:
                raise WentWrong(f"{choice} on page {page}")
            await self.presses(str(len(ids)))
            self._shown()
        await self.presses(str(ids.index(choice) + 1))

    async def presses(self, *keys: str) -> None:
        """Keys on the page that is there, as far apart as by hand (a held key is ignored)."""
        for key in keys:
            await self._past_guard()
            await self._pilot.pause(REPEAT_GUARDS["page"] + 0.02)
            await self._pilot.press(key)

    async def goes_back_to(self, page: str) -> None:
        """Back, as often as it takes."""
        limit = time.monotonic() + PATIENCE
        while not self._is_on(page):
            if time.monotonic() > limit:
                raise WentWrong(f"the way back to {page}")
            await self.presses("escape")

    def _is_on(self, page: str) -> bool:
        stage = self._app.stage
        return stage is not None and stage.ready and stage.part.id == page

    async def _past_guard(self) -> None:
        if self.part.guard:
            await self._pilot.pause(self.part.guard + 0.05)

    def _shown(self) -> None:
        layout = self._app.view.layout_now
        rows = tuple(layout.text()) if layout else ()
        self._show(Seen(self.part.id, rows, tuple(self._voice.take()), _picture(self._app)))


async def desk_work(app: App[None], pin: str, result: str, show: Callable[[Seen], None]) -> None:
    """A staff member signs in, takes the case, ticks the worksheet and finishes it."""
    async with app.run_test(size=(100, 30)) as pilot:

        async def press(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()

        async def write(words: str) -> None:
            app.post_message(events.Paste(words))
            await pilot.pause()

        def shows(place: str) -> None:
            show(Seen(place, tuple(_drawn(app)), (), _picture(app)))

        await app.workers.wait_for_complete()
        await pilot.pause()
        await write(STAFF)
        await press("enter")
        await write(pin)
        await press("enter")
        shows("desk:board")
        await press("enter", "c")
        shows("desk:case")
        await press("w")
        shows("desk:worksheet")
        await press("escape", "d")
        await write(result)
        await press("f10")
        shows("desk:confirm")
        await press("down", "enter")
        shows("desk:board")


STAFF = "王丽"
"""The demo's staff member; fictional."""


def _drawn(app: App[None]) -> Iterator[str]:
    for strip in app.screen._compositor.render_strips():
        yield "".join(segment.text for segment in strip).rstrip()


def _picture(app: App[None]) -> str:
    return svg(of_app(app))


def person_named(people: list[Person], wanted: str) -> Person:
    """The fictional person with that id."""
    return next(person for person in people if person.id == wanted)


def lay(reader: Emulator, person: Person) -> None:
    """That person's card on the emulated reader."""
    reader.lay(person.memory())


def write_picture(folder: Path, number: int, seen: Seen) -> None:
    """`03-question-who.svg`, without anything that changes from run to run in its name."""
    name = seen.place.replace(":", "-").replace("@", "-")
    (folder / f"{number:02}-{name}.svg").write_text(seen.picture, encoding="utf-8")
