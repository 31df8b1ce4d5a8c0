"""A device's thread: joins port, framing and dialogue, reconnects, and posts events."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from kiosk.config import DeviceSettings
from kiosk.devices.events import CardRead, DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble
from kiosk.devices.family import Family, family
from kiosk.devices.line import Action, Dialogue, Order, Send
from kiosk.devices.port import PortGone, SerialPort

BACKOFF = (1.0, 2.0, 5.0, 10.0)
"""Seconds between attempts to open the port; the last one repeats."""

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
        self._woken, self._wake_end = os.pipe()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"device-{setting.protocol}", daemon=True)
        self._dialogue: Dialogue | None = None
        self._ready = False
        self._trouble: DeviceFault | None = None

    def start(self) -> None:
        """Begin to watch; call once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop at once and give the port back. Harmless when called again or before `start`."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._wake()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=_PATIENCE)
        if not self._thread.is_alive():
            os.close(self._woken)
            os.close(self._wake_end)

    def order(self, order: Order) -> None:
        """Have the device do something; from any thread. Where it is away or does not know how: nothing."""
        if not self._stopping.is_set():
            self._orders.put(order)
            self._wake()

    def _wake(self) -> None:
        os.write(self._wake_end, b".")

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._ready = False
            try:
                self._converse(family(self._setting.protocol))
            except PortGone as gone:
                failures = 1 if self._ready else failures + 1
                self._report(gone.reason)
                self._stopping.wait(self._backoff[min(failures, len(self._backoff)) - 1])

    def _report(self, reason: DeviceFault) -> None:
        """The port is gone: end what was open, and say why, once for each reason."""
        if self._dialogue is not None:
            self._perform(self._dialogue.end())
            self._dialogue = None
        if reason is not self._trouble:
            log.warning("%s: %s", self._setting.protocol, reason.value)
            self._post(DeviceTrouble(reason))

    def _converse(self, parts: Family) -> None:
        """One connection, until the port is gone or `stop` is called."""
        port = SerialPort(self._setting.port, self._setting.baud or parts.speeds[0])
        try:
            framing = parts.framing(self._setting)
            dialogue = self._dialogue = parts.dialogue(self._setting)
            self._perform(dialogue.start(self._monotonic()), port)
            silent_at = None
            while not self._stopping.is_set():
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
                self._obey(dialogue, now, port)
                self._perform(dialogue.on_tick(now), port)
        finally:
            port.close()

    def _obey(self, dialogue: Dialogue, now: float, port: SerialPort) -> None:
        while not self._orders.empty():
            self._perform(dialogue.on_order(self._orders.get(), now), port)

    def _hear(self, dialogue: Dialogue, events: list[Any], now: float, port: SerialPort) -> None:
        for event in events:
            log.debug("%s: received %s", self._setting.protocol, event.harmless())
            self._perform(dialogue.on_event(event, now), port)

    def _perform(self, actions: list[Action], port: SerialPort | None = None) -> None:
        for action in actions:
            if not isinstance(action, Send):
                self._post(action.event)
            elif port is not None:
                log.debug("%s: sent %d bytes", self._setting.protocol, len(action.data))
                port.write(action.data)

    def _post(self, event: DeviceEvent) -> None:
        if isinstance(event, DeviceReady):
            self._ready, self._trouble = True, None
        elif isinstance(event, DeviceTrouble):
            self._trouble = event.kind
        try:
            self._on_event(event)
        except Exception as error:
            # The device outlives a listener's mistake. Its message may quote the card: only its type is kept.
            kind = "card" if isinstance(event, CardRead) else type(event).__name__
            log.error("listener failed on %s: %s", kind, type(error).__name__)
