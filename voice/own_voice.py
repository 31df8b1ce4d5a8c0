"""The kiosk's own voice, told to whoever listens, so that it does not answer itself."""

from __future__ import annotations

import threading

from kiosk.ports import Listener


class OwnVoice:
    """Between the speaker and the listener of a sitting, which come and go in any order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sounding = False
        self._listener: Listener | None = None

    def sounding(self, on: bool) -> None:
        """The speaker begins or ends; from its own thread."""
        with self._lock:
            self._sounding = on
            if self._listener is not None:
                self._listener.mute(on=on)

    def spare(self, listener: Listener) -> None:
        """From now on this one is muted while the kiosk speaks."""
        with self._lock:
            self._listener = listener
            listener.mute(on=self._sounding)
