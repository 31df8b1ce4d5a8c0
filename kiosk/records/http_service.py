"""A source that is an office's own service: asked by POST over TLS, within a time that people can wait.

The key travels in the body, never in an address. A look-up changes nothing at the office, so it may be
asked again after trouble on the way; an answer that is not understood is not asked for again.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.flow.records import RecordKey
from kiosk.records.deadline import Deadline, TookTooLong, within
from kiosk.records.definition import HttpService, RecordSource
from kiosk.records.driver import Away, Found, Nothing, Outcome, Row, Why, read_row
from kiosk.records.keys import canonical

if TYPE_CHECKING:
    import httpx

LIMIT = 7.5
"""Seconds for all tries together (a page may say "one moment" for eight)."""
LONGEST_ANSWER = 256 * 1024
_PLAINLY = {"Accept": "application/json", "Accept-Encoding": "identity"}
"""Nothing is unpacked: what is short on the way and endless here is only bytes that are not understood."""
_PAUSE = 0.4
"""Seconds before the second try, twice as long before the third."""
_MAY_BE_REPEATED = {429, 502, 503, 504}
"""The office is busy or restarting: the same question later may be answered."""


class _AskAgain(Exception):
    """This try did not come through; another one may."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class _Settled(Exception):
    """Asking again would not help."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class HttpDriver:
    """Asks one office. `folder` is where its certificates lie."""

    def __init__(
        self,
        source: RecordSource,
        folder: Path,
        *,
        limit: float = LIMIT,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        assert source.http is not None
        self._source, self._http, self._folder = source, source.http, folder
        self._limit, self._wait = limit, wait

    def look_up(self, key: RecordKey) -> Outcome:
        """Never takes longer than the limit, whatever the network does (a name look-up knows no time)."""
        deadline = Deadline(self._limit)
        try:
            return within(deadline, lambda: self._ask(key, deadline))
        except TookTooLong:
            return Away(Why.SLOW)
        except _Settled as settled:
            return Away(settled.why)

    def _ask(self, key: RecordKey, deadline: Deadline) -> Outcome:
        import httpx

        try:
            context = tls_context(self._http, self._folder)
        except (OSError, ValueError):  # also ssl.SSLError: a file that is not there, or no certificate
            raise _Settled(Why.SETTINGS) from None
        # No proxy of the environment: nobody else is to see who asks what.
        with httpx.Client(verify=context, trust_env=False) as client:
            return self._tried(client, key, deadline)

    def _tried(self, client: httpx.Client, key: RecordKey, deadline: Deadline) -> Outcome:
        trouble = Why.UNREACHED
        for attempt in range(self._http.tries):
            if attempt:
                self._wait(min(_PAUSE * attempt, deadline.left))
            if deadline.left <= 0:
                return Away(trouble)
            try:
                return self._understood(self._answer(client, key, deadline), key)
            except _AskAgain as again:
                trouble = again.why
        return Away(trouble)

    def _answer(self, client: httpx.Client, key: RecordKey, deadline: Deadline) -> bytes:
        """The body of a good answer, no longer than anything we could show."""
        import httpx

        seconds = min(self._http.timeout_seconds, deadline.left)
        asked = {"source": self._source.id, key.kind: key.value}
        try:
            with client.stream(
                "POST", self._http.url, json=asked, headers=_PLAINLY, timeout=seconds
            ) as answer:
                if answer.status_code in _MAY_BE_REPEATED:
                    raise _AskAgain(Why.REFUSED)
                if answer.status_code != 200:
                    raise _Settled(Why.REFUSED)
                return _body(answer, Deadline(seconds))
        except httpx.TimeoutException:
            raise _AskAgain(Why.SLOW) from None
        except (httpx.TransportError, ssl.SSLError):
            raise _AskAgain(Why.UNREACHED) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
            raise _Settled(Why.UNEXPECTED) from None

    def _understood(self, body: bytes, key: RecordKey) -> Outcome:
        """Rows that are what the definition says, of the person (or code) that was asked for."""
        try:
            given = json.loads(body, parse_float=Decimal)
        except (ValueError, RecursionError, InvalidOperation):
            raise _Settled(Why.UNEXPECTED) from None
        records = given.get("records") if isinstance(given, dict) else None
        if not isinstance(records, list):
            raise _Settled(Why.UNEXPECTED)
        rows = tuple(self._row(record, key) for record in records)
        return Found(rows) if rows else Nothing()

    def _row(self, record: Any, key: RecordKey) -> Row:
        if not isinstance(record, Mapping):
            raise _Settled(Why.UNEXPECTED)
        owner = record.get(key.kind, key.value)
        row = read_row(record, self._source)
        if row is None or not isinstance(owner, str) or not _same(owner, key):
            raise _Settled(Why.UNEXPECTED)
        return row


def _same(owner: str, key: RecordKey) -> bool:
    return canonical(RecordKey(key.kind, owner)) == canonical(key)


def tls_context(http: HttpService, folder: Path) -> ssl.SSLContext:
    """Who is trusted, and who we are. Raises OSError (ssl.SSLError among them) where a file is no good."""
    context = ssl.create_default_context(cafile=str(folder / http.ca) if http.ca else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if http.client_cert:
        # A key behind a passphrase cannot be used. Without one here OpenSSL would ask the terminal for it,
        # which is the resident's screen.
        context.load_cert_chain(folder / http.client_cert, folder / http.client_key, password="")
    return context


def _body(answer: httpx.Response, deadline: Deadline) -> bytes:
    """Read to its end, unless it drips or does not end."""
    body = b""
    for piece in answer.iter_raw():
        body += piece
        if len(body) > LONGEST_ANSWER:
            raise _Settled(Why.UNEXPECTED)
        if deadline.left <= 0:
            raise _AskAgain(Why.SLOW)
    return body
