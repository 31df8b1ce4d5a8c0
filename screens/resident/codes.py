"""Codes at the resident's screen: scanners that type among the keys, and when scanners look for codes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual.events import Key

from kiosk.devices.line import Order
from kiosk.flow.moves import Move, Scanned
from kiosk.flow.page import Page
from kiosk.flow.pages.codes import code_helps
from screens.burst import Bursts, Code


class TypedCodes:
    """Between the keyboard and the screen, where a scanner is set up that types."""

    def __init__(
        self,
        pass_on: Callable[[Key], Awaitable[None]],
        make: Callable[[Move], Awaitable[None]],
        later: Callable[[float, Callable[[], Awaitable[None]]], object],
    ) -> None:
        """`later` calls back after so many seconds, behind the keys that have come meanwhile."""
        self._pass_on, self._make, self._later = pass_on, make, later
        self._bursts = Bursts()
        self._keys = 0

    async def key(self, key: Key) -> None:
        """A key of a person or of the scanner."""
        self._keys += 1
        await self._act_on(self._bursts.take(key))
        if self._bursts.wait is not None:
            self._later(self._bursts.wait, partial(self._settle, self._keys))

    async def _settle(self, after: int) -> None:
        """Unless more was typed since."""
        if after == self._keys:
            await self._act_on(self._bursts.settle())

    async def _act_on(self, typed: list[Key | Code]) -> None:
        for one in typed:
            await (self._make(Scanned(one.text)) if isinstance(one, Code) else self._pass_on(one))


class Lamp:
    """Has scanners look for codes where one helps, and rest elsewhere; each keeps to it until told anew."""

    def __init__(self, order: Callable[[Order], None]) -> None:
        self._order = order
        self._looks = False

    def follow(self, page: Page) -> None:
        """Another page has come up."""
        if code_helps(page) is not self._looks:
            self._looks = not self._looks
            self._order(Order.LOOK if self._looks else Order.REST)
