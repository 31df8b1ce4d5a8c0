"""One browser's connection, bytes in and out: HTTP for a page, a WebSocket for a visit."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from contextlib import suppress
from http import HTTPStatus

from websockets.datastructures import Headers
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import CLOSED, OPEN, Event
from websockets.server import ServerProtocol

from kiosk.serve.pages import HEADERS, Answer
from kiosk.serve.stream import screen

_LONGEST = 4096
"""Bytes of one message from a page: a handful of keys, or a window's size."""
_AT_ONCE = 1 << 16
_LAST_SECONDS = 10.0


class Caller:
    """From the connection to its end."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._protocol = ServerProtocol(max_size=_LONGEST)
        self._heard: list[Event] = []
        self.heard_at = time.monotonic()
        """When anything at all last came from it: also that it is there, when asked."""

    @property
    def waiting(self) -> int:
        """Bytes that it has not taken yet."""
        return self._writer.transport.get_write_buffer_size()

    async def request(self) -> Request | None:
        """What it asks for. None where it asks for nothing that can be read, or has gone."""
        while not self._heard:
            if not await self._take():
                return None
        first = self._heard.pop(0)
        return first if isinstance(first, Request) else None

    async def answer(self, answer: Answer) -> None:
        """With a page, and that is all."""
        status = HTTPStatus(answer.status)
        headers = Headers([*HEADERS.items(), *answer.more])
        headers["Content-Type"] = f"{answer.kind}; charset=utf-8"
        headers["Content-Length"] = str(len(answer.body))
        headers["Connection"] = "close"
        self._protocol.send_response(Response(status.value, status.phrase, headers, answer.body))
        await self.flush()

    async def accept(self, request: Request) -> bool:
        """It becomes a WebSocket. False where the request is none for one; it has then been told so."""
        self._protocol.send_response(self._protocol.accept(request))
        await self.flush()
        return self._protocol.state is OPEN

    async def message(self) -> str | bytes | None:
        """The next one: words about its window, or keys. None once it has gone, or says what nobody may."""
        while True:
            while self._heard:
                frame = self._heard.pop(0)
                if isinstance(frame, Frame) and (said := _message(frame)) is not None:
                    return said
            if self._protocol.state is CLOSED or not await self._take():
                return None

    def show(self, written: bytes) -> None:
        """What the screen is to show next."""
        self.send(screen(written))

    def send(self, message: bytes) -> None:
        """Whatever says with its first byte what it is (kiosk.serve.stream)."""
        if self._protocol.state is OPEN:
            self._protocol.send_binary(message)
            self._write()

    def tell(self, words: str) -> None:
        """Words to the page itself."""
        if self._protocol.state is OPEN:
            self._protocol.send_text(words.encode())
            self._write()

    def ask_whether_there(self) -> None:
        """It answers by itself."""
        if self._protocol.state is OPEN:
            self._protocol.send_ping(b"")
            self._write()

    def say_why(self, code: int) -> None:
        """The end, with a number that the page knows."""
        if self._protocol.state is OPEN:
            self._protocol.send_close(code)
            self._write()

    async def flush(self) -> None:
        """Until there is room for more."""
        self._write()
        try:
            await self._writer.drain()
        except OSError:
            self._writer.close()

    def close(self) -> None:
        """Whether it has heard everything or not."""
        self._writer.close()

    async def until_gone(self) -> None:
        """It has what was written, or does not take it."""
        self._writer.close()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(_LAST_SECONDS):
                await self._writer.wait_closed()

    async def _take(self) -> bool:
        """The next bytes. False at their end."""
        try:
            taken = await self._reader.read(_AT_ONCE)
        except (OSError, ssl.SSLError):
            return False
        self.heard_at = time.monotonic()
        if taken:
            self._protocol.receive_data(taken)
        else:
            self._protocol.receive_eof()
        self._heard += self._protocol.events_received()
        await self.flush()
        return bool(taken) and self._protocol.handshake_exc is None

    def _write(self) -> None:
        if self._writer.is_closing():
            return
        for written in self._protocol.data_to_send():
            if written:
                self._writer.write(written)
            elif self._writer.can_write_eof():
                self._writer.write_eof()


def _message(frame: Frame) -> str | bytes | None:
    """A whole message, as a page sends it; what comes in pieces is none of ours."""
    if frame.opcode is Opcode.BINARY and frame.fin:
        return bytes(frame.data)
    if frame.opcode is Opcode.TEXT and frame.fin:
        return bytes(frame.data).decode("utf-8", "replace")
    return None


async def caller_at(accepted: socket.socket, encrypted: ssl.SSLContext | None) -> Caller:
    """Raises OSError, ssl.SSLError."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=_AT_ONCE, loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.connect_accepted_socket(lambda: protocol, accepted, ssl=encrypted)
    return Caller(reader, asyncio.StreamWriter(transport, protocol, reader, loop))
