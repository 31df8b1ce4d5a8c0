"""The reader's thread: joins port, framing and dialogue, reconnects, and posts events."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from kiosk.identity.events import CardRead, ReaderEvent, ReaderFault, ReaderReady, ReaderTrouble
from kiosk.identity.exchange import Action, Send
from kiosk.identity.framing.sdt import Event, Frame, SdtFraming
from kiosk.identity.port import PortGone, SerialPort
from kiosk.identity.protocol import Dialogue

BACKOFF = (1.0, 2.0, 5.0, 10.0)
"""Seconds between attempts to open the port; the last one repeats."""
LINE_SILENCE = 0.25
"""Seconds between two bytes after which a half frame is given up."""
_LONGEST_WAIT = 0.25
"""So that `stop` is heard in time."""

log = logging.getLogger(__name__)


class CardReader:
    """A card reader on a serial port, watched from `start` to `stop`.

    `on_event` is called on the reader's own thread. What is on a card goes there and nowhere
    else: the log holds direction, length, status and duration at most.
    """

    def __init__(
        self,
        path: str,
        on_event: Callable[[ReaderEvent], None],
        *,
        baud: int = 115200,
        backoff: Sequence[float] = BACKOFF,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._on_event = on_event
        self._baud = baud
        self._backoff = tuple(backoff)
        self._monotonic = monotonic
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="card-reader", daemon=True)
        self._dialogue = Dialogue()
        self._framing = SdtFraming()
        self._ready = False
        self._trouble: ReaderFault | None = None

    @property
    def card_present(self) -> bool:
        """True while a card lies on the reader, read or not."""
        return self._dialogue.card_present

    def start(self) -> None:
        """Begin to watch; call once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop within a second and give the port back. Harmless when called again or before `start`."""
        self._stopping.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=_LONGEST_WAIT * 4)

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._ready = False
            try:
                self._converse()
            except PortGone as gone:
                failures = 1 if self._ready else failures + 1
                self._report(gone.reason)
                self._stopping.wait(self._backoff[min(failures, len(self._backoff)) - 1])

    def _report(self, reason: ReaderFault) -> None:
        """The port is gone: end the visit that was open, and say why, once for each reason."""
        self._perform(self._dialogue.end())
        if reason is not self._trouble:
            log.warning("card reader port: %s", reason.value)
            self._post(ReaderTrouble(reason))

    def _converse(self) -> None:
        """One connection, until the port is gone or `stop` is called."""
        port = SerialPort(self._path, self._baud)
        try:
            self._dialogue, self._framing = Dialogue(), SdtFraming()
            self._perform(self._dialogue.start(self._monotonic()), port)
            heard = self._monotonic()
            while not self._stopping.is_set():
                received = port.read(self._wait(heard))
                now = self._monotonic()
                if received:
                    heard = now
                    self._hear(self._framing.feed(received), now, port)
                elif self._framing.waiting and now - heard >= LINE_SILENCE:
                    self._hear(self._framing.idle(), now, port)
                self._perform(self._dialogue.on_tick(now), port)
        finally:
            port.close()

    def _wait(self, heard: float) -> float:
        """Seconds until something is due."""
        due = self._dialogue.deadline
        if self._framing.waiting:
            due = min(due, heard + LINE_SILENCE)
        return min(due - self._monotonic(), _LONGEST_WAIT)

    def _hear(self, events: list[Event], now: float, port: SerialPort) -> None:
        for event in events:
            if isinstance(event, Frame):
                log.debug("received %s, %d bytes", event.status, len(event.payload))
            else:
                log.debug("received bytes that are no frame: %s", event.kind.value)
            self._perform(self._dialogue.on_event(event, now), port)

    def _perform(self, actions: list[Action], port: SerialPort | None = None) -> None:
        for action in actions:
            if not isinstance(action, Send):
                self._post(action.event)
            elif port is not None:
                log.debug("sent %d bytes", len(action.data))
                port.write(action.data)

    def _post(self, event: ReaderEvent) -> None:
        if isinstance(event, ReaderReady):
            self._ready, self._trouble = True, None
        elif isinstance(event, ReaderTrouble):
            self._trouble = event.kind
        try:
            self._on_event(event)
        except Exception as error:
            # The reader outlives a listener's mistake. Its message may quote the card: only its type is kept.
            kind = "card" if isinstance(event, CardRead) else type(event).__name__
            log.error("listener failed on %s: %s", kind, type(error).__name__)
