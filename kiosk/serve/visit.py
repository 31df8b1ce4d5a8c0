"""One visit: `kiosk run` on a pseudo-terminal, shown in one page for as long as that page stays.

When the page goes, is loaded again or is silent, the program is told to end, as when its terminal is closed;
the next page finds another one at its first page.
"""

from __future__ import annotations

import asyncio
import json
import logging
import struct
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from kiosk.display.held import Held
from kiosk.display.type_size import SMALLEST, Fit, usual
from kiosk.serve import stream
from kiosk.serve.browser import (
    VARIABLE,
    Browser,
    NotABrowser,
    Window,
    browser_heard,
    news_heard,
    window_heard,
)
from kiosk.serve.caller import Caller
from kiosk.serve.places import Places
from kiosk.serve.sounds import Sounds

FULL, SMALL, NONSENSE = 4001, 4002, 4003
"""Why a page is sent away; data/serve/glass.js shows the first two."""
ASK_SECONDS = 15.0
SILENT_SECONDS = 45.0
"""A page that has answered nothing for so long has gone, though it did not say so: a tablet asleep."""
GRACE = 12.0
"""For a visit that was told to end: longer than the supervisor of sittings has."""
_FIRST_WORDS = 20.0
_WAITING = 1 << 20
"""Bytes that may wait for a slow page before the program waits, too."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Offer:
    """What every browser gets."""

    command: Sequence[str]
    environment: Mapping[str, str]
    distance: int
    """Millimetres from the eyes to the glass."""
    size: int
    """The type size that a visit begins with."""
    here: bool = False
    """The browser stands on this box."""
    sound: bool = False
    """What a visit says aloud sounds in its page."""


class Visit:
    """From a page's first words to its end."""

    def __init__(self, caller: Caller, offer: Offer) -> None:
        self._caller, self._offer = caller, offer
        self._held: Held | None = None
        self._sounds: Sounds | None = None
        self._slow: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    async def run(self, places: Places) -> None:
        """Where all places are taken, or the glass holds no type size, the page is told and called again."""
        if not places.take():
            await self._send_away(FULL)
            return
        try:
            async with asyncio.timeout(_FIRST_WORDS):
                begun = await self._begin()
        except (NotABrowser, TimeoutError):
            await self._send_away(NONSENSE)
            return
        if begun is None:
            await self._send_away(SMALL)
            return
        browser, window = begun
        self._held = self._program(browser, window)
        await self._until_over(self._held)

    def end(self) -> None:
        """The kiosk itself ends."""
        self._over.set()

    async def _begin(self) -> tuple[Browser, Window] | None:
        """What the page says of itself, and of the grid that the usual size makes. None: too small."""
        browser = browser_heard(await self._words(), here=self._offer.here)
        fit = usual(browser.offered(self._offer.distance), self._offer.size)
        if fit is None:
            return None
        self._caller.tell(_told(browser, fit))
        window = window_heard(await self._words())
        return None if (window.columns < SMALLEST[0] or window.rows < SMALLEST[1]) else (browser, window)

    async def _words(self) -> str:
        said = await self._caller.message()
        if not isinstance(said, str):
            raise NotABrowser
        return said

    def _program(self, browser: Browser, window: Window) -> Held:
        environment = {**self._offer.environment, VARIABLE: browser.told()}
        if self._offer.sound:
            with suppress(OSError):  # a system without such sockets shows the visit, and is silent
                self._sounds = Sounds(self._caller.send, lambda: self._caller.waiting)
        if self._sounds is not None:
            environment[stream.VARIABLE] = str(self._sounds.descriptor)
        held = Held(self._offer.command, environment, _pixels(window))
        if self._sounds is not None:
            self._sounds.begin()
        return held

    async def _until_over(self, held: Held) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(held.terminal, self._written)
        tasks = [asyncio.create_task(work) for work in (self._listen(held), self._ask(), self._over.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await self._put_away(held)

    async def _listen(self, held: Held) -> None:
        while (said := await self._caller.message()) is not None:
            if isinstance(said, bytes):
                held.give(said)
                continue
            try:
                news = news_heard(said)
            except NotABrowser:
                return
            if isinstance(news, Window):
                held.fit(_pixels(news))
            elif self._sounds is not None:
                self._sounds.tell(news)

    async def _ask(self) -> None:
        """Until nothing has been heard for too long."""
        while time.monotonic() - self._caller.heard_at < SILENT_SECONDS:
            self._caller.ask_whether_there()
            await asyncio.sleep(ASK_SECONDS)

    def _written(self) -> None:
        """The program has written; or it has ended."""
        held = self._held
        assert held is not None
        written = held.take()
        if held.silent:
            asyncio.get_running_loop().remove_reader(held.terminal)
            self._over.set()
        elif written:
            self._caller.show(written)
            if self._caller.waiting > _WAITING:
                asyncio.get_running_loop().remove_reader(held.terminal)
                self._slow = asyncio.create_task(self._go_on_later(held))

    async def _go_on_later(self, held: Held) -> None:
        await self._caller.flush()
        if not self._over.is_set():
            asyncio.get_running_loop().add_reader(held.terminal, self._written)

    async def _put_away(self, held: Held) -> None:
        """What it still writes or says is nobody's to see or hear."""
        if self._sounds is not None:
            self._sounds.close()
        self._caller.say_why(1000)
        loop = asyncio.get_running_loop()
        loop.remove_reader(held.terminal)
        held.ask_to_end()
        silent = asyncio.Event()

        def drop() -> None:
            held.take()
            if held.silent:
                loop.remove_reader(held.terminal)
                silent.set()

        if not held.silent:
            loop.add_reader(held.terminal, drop)
            try:
                async with asyncio.timeout(GRACE):
                    await silent.wait()
            except TimeoutError:
                log.warning("a visit did not end by itself")
                loop.remove_reader(held.terminal)
        held.close()

    async def _send_away(self, code: int) -> None:
        self._caller.say_why(code)
        await self._caller.flush()


def _told(browser: Browser, fit: Fit) -> str:
    """To the page: how large it writes."""
    return json.dumps({"pixels": fit.pixels, "line": browser.face.line / browser.face.natural_line})


def _pixels(window: Window) -> bytes:
    """As the system keeps it."""
    return struct.pack("HHHH", window.rows, window.columns, window.across, window.down)
