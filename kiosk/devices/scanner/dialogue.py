"""The dialogue with a scanner. Most only send; one with a trigger is told when to look. No port, no clock."""

from __future__ import annotations

from kiosk.devices.events import CodeScanned, CodeUnreadable, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.line import NEVER, Action, Emit, Order, Send
from kiosk.devices.scanner import gm65
from kiosk.devices.scanner.framing import Acknowledged, Code, Event, Overlong, Unreadable

AGAIN = 1.5
"""Seconds in which the same code is the same scan; each further sight of it begins them anew."""
SAME_HAND = 0.1
"""Seconds behind a code in which another one is no second scan but its next line."""
ACK_BY = 0.5
"""Seconds an engine has to say that it does as it was told."""
LOOKS_FOR = 5.0
"""Seconds after which an engine without a code gives up by itself and is told anew."""
AFTER_A_CODE = 1.0
"""Seconds behind a code until an engine is told to look for the next one."""
LEFT_THERE = 30.0
"""Seconds of rest after which the same code, seen as soon as an engine looks, is held there anew."""


class ScannerDialogue:
    """One connection's state: what was scanned last, and whether the engine looks for codes."""

    def __init__(self, *, triggered: bool = False) -> None:
        """`triggered`: the engine looks for codes only when it is told to (GM65)."""
        self._triggered = triggered
        self._last: Code | Unreadable | Overlong | None = None
        self._seen_at = float("-inf")
        self._looking = self._repeated = self._silent = False
        self._ack_by = self._look_at = NEVER
        self._lit_at = float("-inf")

    @property
    def deadline(self) -> float:
        """When `on_tick` is due."""
        return min(self._ack_by, self._look_at)

    def start(self, now: float) -> list[Action]:
        """A port was opened: nothing can be asked of most scanners, so it counts as ready."""
        return [Emit(DeviceReady(""))]

    def end(self) -> list[Action]:
        """The port is gone; a scanner leaves nothing open."""
        return []

    def on_order(self, order: Order, now: float) -> list[Action]:
        """Look for codes, or rest."""
        if not self._triggered or order not in (Order.LOOK, Order.REST):
            return []
        self._looking = order is Order.LOOK
        if self._looking:
            self._lit_at = now
            return self._look(now)
        self._look_at = self._ack_by = NEVER
        return [Send(gm65.STOP)]

    def on_event(self, event: Event, now: float) -> list[Action]:
        """Something from the line."""
        match event:
            case Acknowledged():
                return self._well()
            case Code() | Unreadable() | Overlong():
                return [*self._well(), *self._scanned(event, now)]
        return []

    def on_tick(self, now: float) -> list[Action]:
        """Time passed: tell the engine once more, or say that it does not answer."""
        if now >= self._ack_by:
            return self._unanswered(now)
        return self._look(now) if now >= self._look_at else []

    def _look(self, now: float) -> list[Action]:
        self._repeated = False
        self._look_at = now + LOOKS_FOR
        self._ack_by = now + ACK_BY
        return [Send(gm65.START)]

    def _unanswered(self, now: float) -> list[Action]:
        if not self._repeated:
            self._repeated = True
            self._ack_by = now + ACK_BY
            return [Send(gm65.START)]
        self._ack_by = NEVER
        if self._silent:
            return []
        self._silent = True
        return [Emit(DeviceTrouble(DeviceFault.SILENT))]

    def _well(self) -> list[Action]:
        """It has been heard of."""
        self._ack_by = NEVER
        if not self._silent:
            return []
        self._silent = False
        return [Emit(DeviceReady(""))]

    def _scanned(self, event: Code | Unreadable | Overlong, now: float) -> list[Action]:
        since, same = now - self._seen_at, event == self._last
        # What an engine sees as soon as it looks again was there all the time.
        window = LEFT_THERE if now - self._lit_at < AFTER_A_CODE else AGAIN
        self._seen_at = now
        if self._looking:
            self._look_at = now + AFTER_A_CODE
        if since < SAME_HAND or (same and since < window):
            return []
        self._last = event
        return [Emit(CodeScanned(event.line) if isinstance(event, Code) else CodeUnreadable())]
