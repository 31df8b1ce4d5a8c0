"""One connection's questions and answers as HTTP/1.1: bytes by h11, times and sizes bounded here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import h11

from kiosk.hub.ingest import Answer
from kiosk.hub.limits import Limits

_PIECE = 64 * 1024
_HEADERS = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]


class Overlong(Exception):
    """The question has more bytes than are taken, or does not say how many."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked."""

    path: str
    body: bytes = field(repr=False)


class Conversation:
    """Question and answer in turn, until the other side ends it or one answer says that it is the last."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        limits: Limits,
        large: asyncio.Semaphore,
    ) -> None:
        """`large`: shared by all conversations, for questions that are larger than others."""
        self._reader, self._writer, self._limits, self._large = reader, writer, limits, large
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=limits.head)

    async def begun(self) -> h11.Request | None:
        """The head of the next question, waited for; None where no more comes.

        Raises TimeoutError, h11.RemoteProtocolError, OSError.
        """
        async with asyncio.timeout(self._limits.idle):
            event = await self._event()
        return event if isinstance(event, h11.Request) else None

    async def rest_of(self, head: h11.Request) -> Question:
        """The whole of it. Raises Overlong, TimeoutError, h11.RemoteProtocolError, OSError."""
        length = _length(head)
        if length > self._limits.longest:
            raise Overlong
        path = head.target.decode("ascii", "replace") if head.method == b"POST" else ""
        if length <= self._limits.large:
            return Question(path, await self._body(length))
        async with self._large:
            return Question(path, await self._body(length))

    async def _body(self, length: int) -> bytes:
        body = bytearray()
        async with asyncio.timeout(self._limits.question + length / self._limits.slowest):
            if self._http.they_are_waiting_for_100_continue:
                await self._send(h11.InformationalResponse(status_code=100, headers=[]))
            while isinstance(event := await self._event(), h11.Data):
                body += event.data
        if not isinstance(event, h11.EndOfMessage):
            raise ConnectionResetError
        return bytes(body)

    async def say(self, answer: Answer, *, last: bool = False) -> bool:
        """Whether another question may follow. Raises TimeoutError, OSError."""
        headers = [*_HEADERS, ("Content-Length", str(len(answer.body)))]
        if last:
            headers.append(("Connection", "close"))
        await self._send(
            h11.Response(status_code=answer.status, headers=headers),
            h11.Data(data=answer.body),
            h11.EndOfMessage(),
        )
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        return True

    async def _event(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(await self._reader.read(_PIECE))
        return event

    async def _send(self, *events: h11.Event) -> None:
        told = b"".join(self._http.send(event) or b"" for event in events)
        async with asyncio.timeout(self._limits.answer + len(told) / self._limits.slowest):
            # Handed over whole it would all lie with the transport, which is closed on it a moment later.
            for at in range(0, len(told), _PIECE):
                self._writer.write(told[at : at + _PIECE])
                await self._writer.drain()


def _length(head: h11.Request) -> int:
    """Of the body, as it is announced; h11 sees to it that it is so."""
    named = dict(head.headers)
    if b"transfer-encoding" in named:
        raise Overlong
    return int(named.get(b"content-length", b"0"))
