"""A device's thread: joins port, framing and dialogue, reconnects, and posts events."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from kiosk.config import DeviceSettings
from kiosk.devices.bell import Bell
from kiosk.devices.events import CardRead, DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.family import Family, family
from kiosk.devices.line import Action, Dialogue, Order, Send
from kiosk.devices.port import PortGone, SerialPort
from kiosk.devices.speeds import SpeedSearch

BACKOFF = (1.0, 2.0, 5.0, 10.0)
"""Seconds between attempts to open the port; the last one repeats."""
DRAIN = 0.1
"""Seconds after opening in which whatever arrives is thrown away: it was waiting there, or is a greeting."""

log = logging.getLogger(__name__)

_PATIENCE = 2.0
"""Seconds that `stop` waits for the thread."""


class Device:
    """One device on a serial port, watched from `start` to `stop`.

    `on_event` is called on the device's own thread. What a device reads goes there and nowhere else:
    the log holds direction, length and status at most.
    """

    def __init__(
        self,
        setting: DeviceSettings,
        on_event: Callable[[DeviceEvent], None],
        *,
        backoff: Sequence[float] = BACKOFF,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._setting = setting
        self._on_event = on_event
        self._backoff = tuple(backoff)
        self._monotonic = monotonic
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._looking = False
        self._bell = Bell()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"device-{setting.protocol}", daemon=True)
        self._dialogue: Dialogue | None = None
        self._search: SpeedSearch | None = None
        self._elsewhere = False
        """This speed was not answered: the conversation goes on at another one."""
        self._ready = False
        self._trouble: DeviceFault | None = None

    def start(self) -> None:
        """Begin to watch; call once. After `stop` it does nothing."""
        if not self._stopping.is_set():
            self._woken = self._bell.open()
            self._thread.start()

    def stop(self) -> None:
        """Stop at once and give the port back.

        Harmless when called again, before `start`, or by a listener on the device's own thread.
        """
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._bell.ring()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=_PATIENCE)

    def order(self, order: Order) -> None:
        """Have the device do something; from any thread.

        One that is away hears of it when it comes: of several, what holds by then.
        """
        if order is not Order.STATE:
            self._looking = order is Order.LOOK
        self._orders.put(order)
        self._bell.ring()

    def _run(self) -> None:
        failures = 0
        try:
            while not self._stopping.is_set():
                self._ready = False
                reason = self._lost()
                if reason is None:
                    return
                failures = 1 if self._ready else failures + 1
                self._give_up(reason)
                pause = self._backoff[min(failures, len(self._backoff)) - 1]
                log.debug("%s: looks again in %g s", self._setting.protocol, pause)
                self._stopping.wait(pause)
        finally:
            self._bell.close()

    def _lost(self) -> DeviceFault | None:
        """One connection: why it ended; None when it was told to."""
        try:
            self._connect(family(self._setting.protocol))
        except PortGone as gone:
            return gone.reason
        except Exception as error:
            # A mistake of ours must not end the device. Its message may quote a card: only its type is kept.
            log.error("%s: unexpected %s", self._setting.protocol, type(error).__name__)
            return DeviceFault.OUT_OF_ORDER
        return None

    def _give_up(self, reason: DeviceFault) -> None:
        """The port is gone: end what was open, and say why, once for each reason."""
        try:
            self._end()
        except Exception as error:
            log.error("%s: unexpected %s", self._setting.protocol, type(error).__name__)
        self._post(DeviceTrouble(reason))

    def _end(self) -> None:
        dialogue, self._dialogue = self._dialogue, None
        if dialogue is not None:
            self._perform(dialogue.end())

    def _connect(self, parts: Family) -> None:
        """One open port, until it is gone or `stop` is called."""
        search = self._search = self._search or SpeedSearch(_speeds(self._setting, parts))
        search.begin()
        port = SerialPort(self._setting.port, search.speed)
        try:
            while True:
                self._elsewhere = False
                port.drain(DRAIN, self._woken)
                self._converse(parts, port, search.speed)
                if self._stopping.is_set():
                    return
                self._end()
                port.set_speed(search.speed)
        finally:
            port.close()

    def _converse(self, parts: Family, port: SerialPort, speed: int) -> None:
        """One dialogue, until `stop` is called or another speed is to be tried."""
        setting = DeviceSettings(**{**asdict(self._setting), "baud": speed})
        framing = parts.framing(setting)
        dialogue = self._dialogue = parts.dialogue(setting)
        now = self._monotonic()
        self._perform(dialogue.start(now), port)
        for order in self._standing_orders():
            self._perform(dialogue.on_order(order, now), port)
        silent_at = None
        while not (self._stopping.is_set() or self._elsewhere):
            now = self._monotonic()
            due = dialogue.deadline if silent_at is None else min(dialogue.deadline, silent_at)
            received = port.read(due - now, self._woken)
            now = self._monotonic()
            if received:
                silent_at = now + parts.silence
                self._hear(dialogue, framing.feed(received), now, port)
            elif silent_at is not None and now >= silent_at:
                silent_at = None
                self._hear(dialogue, framing.idle() if framing.waiting else [], now, port)
            while not self._orders.empty():
                self._perform(dialogue.on_order(self._orders.get(), now), port)
            self._perform(dialogue.on_tick(now), port)

    def _standing_orders(self) -> list[Order]:
        """What was ordered before this conversation, each once; to look only if that still holds."""
        waiting = {self._orders.get() for _ in range(self._orders.qsize())}
        look = [Order.LOOK] if self._looking else []
        return look + [order for order in waiting if order is Order.STATE]

    def _hear(self, dialogue: Dialogue, events: list[Any], now: float, port: SerialPort) -> None:
        for event in events:
            log.debug("%s: received %s", self._setting.protocol, event.harmless())
            self._perform(dialogue.on_event(event, now), port)

    def _perform(self, actions: list[Action], port: SerialPort | None = None) -> None:
        for action in actions:
            if not isinstance(action, Send):
                self._tell(action.event)
            elif port is not None:
                log.debug("%s: sent %d bytes", self._setting.protocol, len(action.data))
                port.write(action.data)

    def _tell(self, event: DeviceEvent) -> None:
        """What the dialogue says. Silence at one of several speeds is no news while others are left."""
        search = self._search
        if search is not None and not search.settled:
            if event == DeviceTrouble(DeviceFault.SILENT):
                self._elsewhere = True
                if not search.silent():
                    return
            elif isinstance(event, DeviceReady | DeviceTrouble):
                search.answered()
                log.info("%s: answers at %d", self._setting.protocol, search.speed)
        self._post(event)

    def _post(self, event: DeviceEvent) -> None:
        if isinstance(event, DeviceReady):
            self._ready, self._trouble = True, None
        elif isinstance(event, DeviceTrouble):
            if event.kind is self._trouble:
                return
            self._trouble = event.kind
            log.warning("%s: %s", self._setting.protocol, event.kind.value)
        try:
            self._on_event(event)
        except Exception as error:
            # The device outlives a listener's mistake. Its message may quote the card: only its type is kept.
            kind = "card" if isinstance(event, CardRead) else type(event).__name__
            log.error("listener failed on %s: %s", kind, type(error).__name__)


def _speeds(setting: DeviceSettings, parts: Family) -> tuple[int, ...]:
    """Those to try: what is set; else all, of a device that answers when it is asked; else the usual one."""
    if setting.baud:
        return (setting.baud,)
    return parts.speeds if parts.answers else parts.speeds[:1]
