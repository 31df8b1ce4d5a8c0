"""Keys pressed before a Wayland session, and what stands in kitty there: by protocols meant for it."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.journeys.headless_sway import SwaySession
from tests.journeys.kiosk_terminal import APART, ENTER, ESCAPE, F10
from tests.journeys.resident import squeezed
from tests.journeys.virtual_screen import PATIENCE

KEYS = {ENTER: "Return", ESCAPE: "Escape", F10: "F10", " ": "space"}
"""What a terminal sends, and the key that does."""
_AS_LONG_AS_IT_LIVES = "86400000"
"""Milliseconds."""
_BETWEEN = "5"
"""Milliseconds from a key to the next: kitty says that it was sent too much where there are none."""
_ASKED, _ENDS = b"\x1bP@kitty-cmd", b"\x1b\\"


class Keyboard:
    """One that the session has from now on, by the virtual keyboard protocol (wtype)."""

    def __init__(self, session: SwaySession) -> None:
        self._world = session.world
        # Without one that stays, a program would learn of each key's keyboard after the key.
        self._plugged_in = subprocess.Popen(["wtype", "-s", _AS_LONG_AS_IT_LIVES], env=self._world)
        session.until(lambda: "keyboard" in session.inputs(), "the keyboard")

    def press(self, *keys: str, held: Sequence[str] = ()) -> None:
        """By their names in X; `held`: ctrl, alt, shift, logo."""
        down = [word for name in held for word in ("-M", name)]
        self._do(*down, *(word for key in keys for word in ("-k", key, "-s", _BETWEEN)))

    def write(self, character: str) -> None:
        self._do("--", character)

    def unplug(self) -> None:
        self._plugged_in.terminate()
        self._plugged_in.wait(PATIENCE)

    def _do(self, *words: str) -> None:
        subprocess.run(["wtype", *words], env=self._world, check=True, timeout=PATIENCE)


class KittyInSway:
    """The kiosk's screen as its terminal tells it, and its keyboard: somebody before it has both."""

    def __init__(self, session: SwaySession, keyboard: Keyboard, temporary: Path) -> None:
        self._session, self._keyboard = session, keyboard
        self._socket = str(next(temporary.glob("bangban-*/terminal")))
        self._tapped_at = 0.0
        self._lines = ""

    @property
    def text(self) -> str:
        with suppress(OSError):  # it may have ended since it was last looked for
            self._lines = str(self._asked("get-text", {"extent": "screen"}))
        return squeezed(self._lines)

    @property
    def ended(self) -> bool:
        return self._session.sway.poll() is not None

    @property
    def too_soon(self) -> float:
        return self._tapped_at + APART - time.monotonic()

    def tabs(self) -> int:
        """Of all its windows."""
        told = json.loads(self._asked("ls", {}))
        return sum(len(tab["windows"]) for window in told for tab in window["tabs"])

    def take(self, timeout: float) -> None:
        time.sleep(max(timeout, 0))

    def tap(self, *keys: str) -> None:
        for key in keys:
            self.take(self.too_soon)
            self.type(key) if key not in KEYS else self._keyboard.press(KEYS[key])
            self._tapped_at = time.monotonic()

    def type(self, keys: str) -> None:
        for key in keys:
            self._keyboard.press("space") if key == " " else self._keyboard.write(key)

    def picture(self) -> str:
        return self._lines

    def _asked(self, command: str, payload: dict[str, Any]) -> Any:
        question = {"cmd": command, "version": [0, 26, 0], "payload": payload}
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(PATIENCE)
            line.connect(self._socket)
            line.sendall(_ASKED + json.dumps(question).encode() + _ENDS)
            heard = b""
            while not heard.endswith(_ENDS):
                if not (more := line.recv(65_536)):
                    raise ConnectionResetError
                heard += more
        return json.loads(heard.removeprefix(_ASKED).removesuffix(_ENDS))["data"]
