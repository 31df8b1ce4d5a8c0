"""Debian's Chromium without a window, driven over its own debugging line; every other host is dark to it."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PATIENCE = 120.0
"""Seconds after which what has not come is not coming."""
PROGRAM = next(filter(shutil.which, ("chromium", "chromium-browser")), None)
_WORDS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
)


class NeverThere(AssertionError):
    """What was waited for did not come."""


class Chromium:
    """From its start to its end. Each page is a person's own: no cookie of another is in it."""

    def __init__(self, folder: Path) -> None:
        assert PROGRAM is not None
        with (folder / "chromium.log").open("wb") as log:
            self._process = subprocess.Popen(
                [PROGRAM, *_WORDS, f"--user-data-dir={folder / 'chromium'}", "about:blank"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._open = ExitStack()
        self._open.callback(self._end)
        try:
            address = self._address(folder / "chromium" / "DevToolsActivePort")
            self._line: ClientConnection = self._open.enter_context(
                connect(address, max_size=None, open_timeout=PATIENCE, ping_interval=None)
            )
        except BaseException:
            self.close()
            raise
        self._number = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self.events: list[dict[str, Any]] = []
        """What it has told, of all pages."""

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _address(self, file: Path) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            if file.exists() and len(lines := file.read_text().split()) == 2:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
        raise NeverThere("the browser does not start")

    def close(self) -> None:
        """With all its pages."""
        self._open.close()

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def call(
        self, method: str, more: Mapping[str, object] | None = None, session: str = ""
    ) -> dict[str, Any]:
        """An order, and what came of it."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": dict(more or {})}
        self._line.send(json.dumps({**order, **({"sessionId": session} if session else {})}))
        end = time.monotonic() + PATIENCE
        while (number := self._number) not in self._answers:
            self.listen(end - time.monotonic())
        answer = self._answers.pop(number)
        if "error" in answer:
            raise NeverThere(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def listen(self, seconds: float) -> bool:
        """The next thing it tells. False where it tells nothing for so long."""
        if seconds <= 0:
            raise NeverThere("the browser does not answer")
        try:
            told = json.loads(self._line.recv(seconds))
        except TimeoutError:
            return False
        except ConnectionClosed:
            raise NeverThere("the browser has gone") from None
        if "id" in told:
            self._answers[told["id"]] = told
        else:
            self.events.append(told)
        return True

    def page(self, across: int, down: int) -> Page:
        """A new one, with fingers and without a mouse, of this size."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", {"url": "about:blank", "browserContextId": context})
        attached = self.call("Target.attachToTarget", {"targetId": target["targetId"], "flatten": True})
        return Page(self, attached["sessionId"], target["targetId"], across, down)


class Page:
    """A page on a tablet."""

    def __init__(self, browser: Chromium, session: str, target: str, across: int, down: int) -> None:
        self.browser, self._session, self._target = browser, session, target
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.turn(across, down)
        self.call("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})

    def call(self, method: str, more: Mapping[str, object] | None = None) -> dict[str, Any]:
        """An order to this page."""
        return self.browser.call(method, more, self._session)

    def turn(self, across: int, down: int) -> None:
        """The glass is of this size from now on."""
        size = {"width": across, "height": down, "screenWidth": across, "screenHeight": down}
        shape = {"deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", {**size, **shape})

    def go(self, address: str) -> None:
        """As typed into the address bar."""
        self.call("Page.navigate", {"url": address})

    def reload(self) -> None:
        """As by the browser's button."""
        self.call("Page.reload")

    def close(self) -> None:
        """As by closing the tab."""
        self.browser.call("Target.closeTarget", {"targetId": self._target})

    def value(self, expression: str) -> Any:
        """Of an expression in the page; None while there is no page."""
        try:
            told = self.call("Runtime.evaluate", {"expression": expression, "returnByValue": True})
        except NeverThere:
            return None
        return None if "exceptionDetails" in told else told["result"].get("value")

    def until(self, expression: str, seen: Callable[[Any], object], limit: float = PATIENCE) -> Any:
        """Ask until the value is as wanted."""
        end = time.monotonic() + limit
        while not seen(value := self.value(expression)):
            if time.monotonic() > end:
                raise NeverThere(f"{expression} stays {value!r}")
            self.browser.listen(0.05)
        return value

    def touch(self, *way: tuple[float, float]) -> None:
        """A finger: down, along the way, up."""
        (x, y), *rest = way
        self.call("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for x, y in rest:
            self.call("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
        self.call("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def press(self, key: str, code: int, text: str = "", modifiers: int = 0) -> None:
        """A key of a keyboard, down and up. `modifiers`: 1 Alt, 2 Ctrl, 4 Meta, 8 Shift."""
        about = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        down = {"type": "keyDown" if text else "rawKeyDown", **about, **({"text": text} if text else {})}
        self.call("Input.dispatchKeyEvent", down)
        self.call("Input.dispatchKeyEvent", {"type": "keyUp", **about})

    def picture(self, file: Path) -> None:
        """What stands there now."""
        shot = self.call("Page.captureScreenshot", {"format": "png"})
        file.write_bytes(base64.b64decode(shot["data"]))

    def asked_for(self) -> list[str]:
        """Every address that it has asked for, connections too."""
        return [
            told["params"]["request"]["url"] if "request" in told["params"] else told["params"]["url"]
            for told in self._told("Network.requestWillBeSent", "Network.webSocketCreated")
        ]

    def complaints(self) -> list[str]:
        """What the browser has found wrong with the page."""
        errors = [
            told["params"]["entry"]["text"]
            for told in self._told("Log.entryAdded")
            if told["params"]["entry"]["level"] == "error"
        ]
        return errors + [
            str(told["params"]["exceptionDetails"]) for told in self._told("Runtime.exceptionThrown")
        ]

    def _told(self, *names: str) -> list[dict[str, Any]]:
        return [
            told
            for told in self.browser.events
            if told["method"] in names and told.get("sessionId") == self._session
        ]
