"""A gateway that takes messages by POST, as JSON: sent within a time, and never sent twice for one key.

    POST {"key": "9f…", "to": "139…", "text": "…"}      ->  200 {"accepted": true}

The key is also in the header `Idempotency-Key`. A gateway that has had this key already says the same again,
or 409, and sends nothing: so whatever got lost on the way may be sent once more.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.records.deadline import Deadline, TookTooLong, within
from kiosk.safe_address import is_safe

if TYPE_CHECKING:
    import httpx

LONGEST_ANSWER = 64 * 1024
_OF_THIS_MESSAGE = {400, 410, 413, 422}
"""Answers that say what is wrong with it. All others, a secret not taken and a way elsewhere among them, are
faults that the centre or the gateway can put right: no message is given up for them."""
_HAD_IT = 409
_PLAINLY = {"Accept": "application/json", "Accept-Encoding": "identity"}


class Taken(StrEnum):
    """What a gateway did with a message."""

    YES = "yes"
    LATER = "later"
    """It did not come through, or nobody knows: try again with the same key."""
    NEVER = "never"
    """It will not take this one: trying again would not help."""


class Answer(StrEnum):
    """What a gateway says when nothing is sent."""

    THERE = "there"
    NOT_LET_IN = "not_let_in"
    """It does not take our secret."""
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out. Nothing but these: no name, no service, no case."""

    key: str
    to: str = field(repr=False)
    text: str = field(repr=False)


class HttpGateway:
    """One gateway. A call may take as long as the timeout: never from a thread that draws."""

    def __init__(self, url: str, secret: str, timeout: float) -> None:
        """Raises ValueError where numbers must not go to that address."""
        if not is_safe(url):
            raise ValueError("a gateway is reached over https, or on this machine")
        self._url, self._secret, self._timeout = url, secret, timeout

    def send(self, message: Message) -> Taken:
        """Never raises for what the network does."""
        body = {"key": message.key, "to": message.to, "text": message.text}
        found = self._asked("POST", body, {"Idempotency-Key": message.key})
        if found is None:
            return Taken.LATER
        status, answer = found
        if status == _HAD_IT:
            return Taken.YES
        if 200 <= status < 300:
            # a page of somebody's log-in window is no receipt
            return Taken.YES if _accepted(answer) else Taken.LATER
        return Taken.NEVER if status in _OF_THIS_MESSAGE else Taken.LATER

    def look(self) -> Answer:
        """Does anything answer there? Sends no message."""
        found = self._asked("GET", None, {})
        if found is None:
            return Answer.SILENT
        return Answer.NOT_LET_IN if found[0] in {401, 403} else Answer.THERE

    def _asked(
        self, method: str, body: Mapping[str, str] | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes] | None:
        deadline = Deadline(self._timeout)
        try:
            return within(deadline, lambda: self._exchange(method, body, headers, deadline))
        except TookTooLong:
            return None

    def _exchange(
        self, method: str, body: Mapping[str, str] | None, headers: Mapping[str, str], deadline: Deadline
    ) -> tuple[int, bytes] | None:
        import httpx

        ours = {"Authorization": f"Bearer {self._secret}"} if self._secret else {}
        all_headers = {**_PLAINLY, **ours, **headers}
        try:
            # No proxy of the environment, no redirect: numbers go to this address and nowhere else.
            with (
                httpx.Client(trust_env=False, timeout=self._timeout) as client,
                client.stream(method, self._url, json=body, headers=all_headers) as answer,
            ):
                return answer.status_code, _body(answer, deadline)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ssl.SSLError, OSError):
            return None


def _body(answer: httpx.Response, deadline: Deadline) -> bytes:
    """As much as a receipt can be long; what drips is left."""
    body = b""
    for piece in answer.iter_raw():
        body += piece
        if len(body) > LONGEST_ANSWER or deadline.left <= 0:
            return b""
    return body


def _accepted(body: bytes) -> bool:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and answer.get("accepted") is True
