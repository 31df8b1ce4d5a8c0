"""A stand-in for an office's own service: fictional people only, for demos and tests, within this machine.

It shows what `kind = "http"` expects of a service: POST with `{"source": …, "id_number": …}` (or
`"code"`), and back
`{"records": [{…}]}` with the fields of the definition, or an empty list where there is nothing.
"""

from __future__ import annotations

import gzip
import json
import ssl
import threading
from collections.abc import Mapping
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from types import TracebackType
from typing import Self

from kiosk.flow.records import KeyKind, RecordKey
from kiosk.records.definition import RecordSource
from kiosk.records.keys import canonical
from kiosk.records.table_file import OwnedRow, ReadTable, read_table

LONGEST_QUESTION = 4096


class Fault(StrEnum):
    """How it can fail, to see what comes of it."""

    NONE = "none"
    SLOW = "slow"
    """Takes the question and never answers."""
    DRIPS = "drips"
    """Begins to answer and never ends."""
    FAILS = "fails"
    """Answers 500."""
    BUSY_ONCE = "busy-once"
    """Answers 503 the first time."""
    WRONG_SHAPE = "wrong-shape"
    """A field is missing."""
    SOMEBODY_ELSE = "somebody-else"
    """The record of another person."""
    NOT_JSON = "not-json"
    NO_NUMBER = "no-number"
    """A number larger than any machine counts."""
    ENDLESS = "endless"
    """More than anybody asked for."""
    PACKED = "packed"
    """Compressed, though that was not asked for: short on the way, of any length once it is unpacked."""


class ReferenceServer:
    """One office on a free port of 127.0.0.1, for as long as the `with` block (or the process) lasts."""

    def __init__(
        self,
        tables: Mapping[str, tuple[OwnedRow, ...]],
        *,
        fault: Fault = Fault.NONE,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """`tables`: the rows by source. `context`: TLS as the office has it, with what it asks of clients."""
        self.tables, self.fault = tables, fault
        self.asked = 0
        """How many questions came."""
        self.ending = threading.Event()
        office = self

        class Answering(_Window):
            server_office = office

        self._server = _Listening(("127.0.0.1", 0), Answering)
        if context is not None:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._scheme = "https" if context else "http"
        self._thread = threading.Thread(target=self._serve, name="reference-server", daemon=True)

    @property
    def url(self) -> str:
        """Where to ask."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}/records"

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """No more answers, the ones under way included."""
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Listening(ThreadingHTTPServer):
    """Quiet: the screen it runs behind belongs to a resident."""

    daemon_threads = True

    def server_bind(self) -> None:
        """Without asking the network for a name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away or had no certificate is its own affair."""


class _Window(BaseHTTPRequestHandler):
    """One question."""

    server_office: ReferenceServer
    timeout = 10

    def do_POST(self) -> None:
        office = self.server_office
        office.asked += 1
        question = self._question()
        if office.fault is Fault.SLOW:
            office.ending.wait()
        elif office.fault is Fault.FAILS:
            self._answer(500, {})
        elif office.fault is Fault.BUSY_ONCE and office.asked == 1:
            self._answer(503, {})
        elif question is None:
            self._answer(400, {})
        else:
            self._tell(*question)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing is written down about questions."""

    def _question(self) -> tuple[str, RecordKey] | None:
        """Source and key, from the body."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LONGEST_QUESTION:
            return None
        try:
            asked = json.loads(self.rfile.read(int(length)))
            kind = next(one for one in KeyKind if one in asked)
            return str(asked["source"]), canonical(RecordKey(kind, str(asked[kind])))
        except (ValueError, KeyError, TypeError, StopIteration):
            return None

    def _tell(self, source: str, key: RecordKey) -> None:
        fault, rows = self.server_office.fault, self.server_office.tables.get(source)
        if rows is None:
            self._answer(404, {})
            return
        records = [_with_key(one) for one in rows if one.key == key]
        if fault is Fault.WRONG_SHAPE:
            records = [dict(list(record.items())[:1]) for record in records]
        elif fault is Fault.SOMEBODY_ELSE:
            records = [_with_key(one) for one in rows if one.key != key]
        match fault:
            case Fault.NOT_JSON:
                self._answer(200, "<html>")
            case Fault.NO_NUMBER:
                self._answer(200, '{"records": [{"year": 1e99999999999999999999}]}')
            case Fault.DRIPS | Fault.ENDLESS:
                self._never_end(fault)
            case _:
                self._answer(200, {"records": records}, packed=fault is Fault.PACKED)

    def _answer(self, status: int, content: object, *, packed: bool = False) -> None:
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if packed:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _never_end(self, fault: Fault) -> None:
        piece, pause = (b" ", 0.05) if fault is Fault.DRIPS else (b" " * 65536, 0.0)
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server_office.ending.wait(pause):
                self.wfile.write(piece)
        except OSError:
            return


def _with_key(one: OwnedRow) -> dict[str, str]:
    return {one.key.kind: one.key.value, **one.row}


def fictional_tables(folder: Path, sources: Mapping[str, RecordSource]) -> dict[str, tuple[OwnedRow, ...]]:
    """The rows of fictional people, one CSV file a source. Raises ValueError for a file that is not sound."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        if source := sources.get(path.stem):
            table = read_table(path, source)
            if not isinstance(table, ReadTable):
                raise ValueError(f"{path.name} is not sound")
            tables[path.stem] = table.rows
    return tables
