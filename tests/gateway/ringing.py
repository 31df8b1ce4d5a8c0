"""A gateway on this machine that counts what it was asked to send, and fails as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class Mood(StrEnum):
    """How it answers."""

    GOOD = "good"
    SLOW = "slow"
    """Takes the message and never answers."""
    DRIPS = "drips"
    BUSY = "busy"
    """503."""
    LIMITED = "limited"
    """429."""
    BROKEN = "broken"
    """500, after it has sent the message."""
    LOG_IN_PAGE = "log_in_page"
    """200 with a page of HTML, as in a hotel."""
    REFUSES = "refuses"
    """400."""
    ELSEWHERE = "elsewhere"
    """302 to another address."""
    STRANGER = "stranger"
    """401."""
    SILENT_YES = "silent_yes"
    """200 with an empty body."""
    NOT_TAKEN = "not_taken"
    """200, and says that it did not accept."""
    HAD_IT = "had_it"
    """409."""


_STATUS = {Mood.BUSY: 503, Mood.LIMITED: 429, Mood.REFUSES: 400, Mood.STRANGER: 401, Mood.HAD_IT: 409}


class RingingGateway:
    """Keeps to the idempotency key: what it has had it says again, and sends nothing."""

    def __init__(self, mood: Mood = Mood.GOOD, *, secret: str = "") -> None:
        self.mood, self.secret = mood, secret
        self.sent: dict[str, Mapping[str, str]] = {}
        """By key: what telephones got."""
        self.asked: list[tuple[Mapping[str, str], Any]] = []
        """Headers and body of everything that came."""
        self.ending = threading.Event()
        gateway = self

        class Window(_Window):
            ringing = gateway

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Window)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/messages"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Window(BaseHTTPRequestHandler):
    ringing: RingingGateway

    def do_GET(self) -> None:
        self._answer(401 if self.ringing.mood is Mood.STRANGER else 405, "")

    def do_POST(self) -> None:
        ringing = self.ringing
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        ringing.asked.append((dict(self.headers), body))
        if ringing.secret and self.headers.get("Authorization") != f"Bearer {ringing.secret}":
            self._answer(401, "")
            return
        if ringing.mood in _STATUS:
            self._answer(_STATUS[ringing.mood], "{}")
            return
        match ringing.mood:
            case Mood.ELSEWHERE:
                self._answer(302, "", ("Location", "http://127.0.0.1:1/"))
            case Mood.LOG_IN_PAGE:
                self._answer(200, "<html><form>Please log in</form></html>")
            case Mood.NOT_TAKEN:
                self._answer(200, '{"accepted": false}')
            case _:
                ringing.sent.setdefault(body["key"], body)
                self._after_sending()

    def _after_sending(self) -> None:
        match self.ringing.mood:
            case Mood.SLOW:
                self.ringing.ending.wait()
            case Mood.DRIPS:
                self.send_response(200)
                self.end_headers()
                while not self.ringing.ending.wait(0.02):
                    self.wfile.write(b" ")
            case Mood.BROKEN:
                self._answer(500, "")
            case Mood.SILENT_YES:
                self._answer(200, "")
            case _:
                self._answer(200, '{"accepted": true}')

    def _answer(self, status: int, body: str, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Quiet."""
