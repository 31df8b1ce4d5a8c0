"""The thread beside a PC/SC reader: waits for cards, reads what is open on them, posts events.

pyscard is an optional extra: without it, and without its service, the device says so and the kiosk goes on.
"""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from kiosk.config import DeviceSettings
from kiosk.devices.device import BACKOFF
from kiosk.devices.events import (
    DeviceEvent,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
    SocialCardRead,
    SocialCardRemoved,
    SocialCardTrouble,
)
from kiosk.devices.line import Order
from kiosk.devices.pcsc.reading import SocialCardFault, read_social_card
from kiosk.devices.port import PortGone

log = logging.getLogger(__name__)

_LOOK = 500
"""Milliseconds of one wait; `stop` cuts it short."""
_PATIENCE = 2.0
_REASONS = {
    0x8010001D: DeviceFault.SILENT,  # the service does not run
    0x8010000B: DeviceFault.BUSY,  # sharing violation
    0x8010006A: DeviceFault.NOT_PERMITTED,  # security violation: the service refuses this user
}


class SocialCardReader:
    """One PC/SC reader, watched from `start` to `stop`. `on_event` is called on its own thread."""

    def __init__(
        self,
        setting: DeviceSettings,
        on_event: Callable[[DeviceEvent], None],
        *,
        backoff: Sequence[float] = BACKOFF,
    ) -> None:
        self._wanted = setting.port
        self._listener = on_event
        self._backoff = tuple(backoff)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="device-pcsc", daemon=True)
        self._trouble: DeviceFault | None = None
        self._lying = False
        self._context: Any = None

    def start(self) -> None:
        """Begin to watch; call once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop at once. Harmless when called again or before `start`."""
        self._stopping.set()
        if self._context is not None:
            _scard().SCardCancel(self._context)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=_PATIENCE)

    def order(self, order: Order) -> None:
        """It looks for cards all the time: it takes no orders."""

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            reason = self._lost()
            if reason is None:
                return
            failures = failures + 1 if reason is self._trouble else 1
            self._report(reason)
            self._stopping.wait(self._backoff[min(failures, len(self._backoff)) - 1])

    def _lost(self) -> DeviceFault | None:
        """One connection: why it ended; None when it was told to."""
        try:
            self._watch()
        except PortGone as gone:
            return gone.reason
        except Exception as error:
            # A mistake of ours must not end the device. Its message may quote a card: only its type is kept.
            log.error("pcsc: unexpected %s", type(error).__name__)
            return DeviceFault.OUT_OF_ORDER
        return None

    def _post(self, event: DeviceEvent) -> None:
        try:
            self._listener(event)
        except Exception as error:
            # The device outlives a listener's mistake. Its message may quote the card: only its type is kept.
            log.error("listener failed on %s: %s", type(event).__name__, type(error).__name__)

    def _report(self, reason: DeviceFault) -> None:
        self._gone()
        if reason is not self._trouble:
            self._trouble = reason
            log.warning("pcsc: %s", reason.value)
            self._post(DeviceTrouble(reason))

    def _watch(self) -> None:
        """Until the reader is gone or `stop` is called."""
        scard = _scard()
        self._context = _done(scard.SCardEstablishContext(scard.SCARD_SCOPE_USER))
        try:
            name = self._choose(_done(scard.SCardListReaders(self._context, [])))
            self._trouble = None
            self._post(DeviceReady(name))
            state = scard.SCARD_STATE_UNAWARE
            while not self._stopping.is_set():
                state = self._look(scard, name, state)
        finally:
            context, self._context = self._context, None
            scard.SCardReleaseContext(context)

    def _choose(self, names: Sequence[str]) -> str:
        """The reader whose name has the words of the settings in it, else the first."""
        for name in names:
            if self._wanted in name:
                return name
        raise PortGone(DeviceFault.MISSING)

    def _look(self, scard: Any, name: str, state: int) -> int:
        """Wait for a change; what the state is then."""
        outcome, *changes = scard.SCardGetStatusChange(self._context, _LOOK, [(name, state)])
        if outcome in {_unsigned(scard.SCARD_E_TIMEOUT), scard.SCARD_E_TIMEOUT} or self._stopping.is_set():
            return state
        _done((outcome, *changes))
        seen = int(changes[0][0][1])
        if seen & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
            raise PortGone(DeviceFault.MISSING)
        present = bool(seen & scard.SCARD_STATE_PRESENT)
        if present and not self._lying:
            self._lying = True
            self._post(self._read(scard, name, mute=bool(seen & scard.SCARD_STATE_MUTE)))
        elif not present:
            self._gone()
        return seen & ~int(scard.SCARD_STATE_CHANGED)

    def _gone(self) -> None:
        if self._lying:
            self._lying = False
            self._post(SocialCardRemoved())

    def _read(self, scard: Any, name: str, *, mute: bool) -> DeviceEvent:
        """What the card says; a card that was pulled out or lies the wrong way round does not answer."""
        if mute:
            return SocialCardTrouble(SocialCardFault.NOT_ONE)
        try:
            card, protocol = _done(
                scard.SCardConnect(
                    self._context,
                    name,
                    scard.SCARD_SHARE_SHARED,
                    scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
                )
            )
        except PortGone:
            return SocialCardTrouble(SocialCardFault.SILENT)
        header = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
        try:
            found = read_social_card(
                lambda command: bytes(_done(scard.SCardTransmit(card, header, list(command))))
            )
        except PortGone:
            found = SocialCardFault.SILENT
        finally:
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
        if isinstance(found, SocialCardFault):
            return SocialCardTrouble(found)
        return SocialCardRead(found)


def _scard() -> Any:
    """The PC/SC binding. Raises PortGone where the extra is not installed."""
    try:
        return importlib.import_module("smartcard.scard")
    except ImportError:
        raise PortGone(DeviceFault.NOT_INSTALLED) from None


def _done(outcome: Sequence[Any]) -> Any:
    """What came with a good outcome: one value alone, several as a tuple. Raises PortGone."""
    code, *values = outcome
    if code != 0:
        raise PortGone(_REASONS.get(_unsigned(code), DeviceFault.MISSING))
    return values[0] if len(values) == 1 else tuple(values)


def _unsigned(code: int) -> int:
    return int(code) & 0xFFFFFFFF
