"""HTTPS for many kiosks at once, with a bound on everything that a stranger or a slow line could stretch.

asyncio does TLS and gives the certificate that was shown; a question is answered on a thread. A handshake
holds up nobody else, and counts as a connection from its first byte. (Servers that were looked at shake hands
in the thread that accepts, or do not tell whose certificate it was.)
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import h11

from kiosk.event_log import happened
from kiosk.hub.certificates import name_in
from kiosk.hub.conversation import Conversation, Overlong, Question
from kiosk.hub.ingest import Answer
from kiosk.hub.limits import Limits

log = logging.getLogger(__name__)

_GONE = (OSError, TimeoutError, h11.RemoteProtocolError, h11.LocalProtocolError)
"""Who has no certificate, no patience or no line any more, or speaks something else, is let go."""
_BUFFER = 64 * 1024
_COMPLAIN_S = 60.0
_BREATH = 0.1
"""Seconds until the next try when this program has no descriptor left."""


def server_context(certificate: Path, key: Path, authority: Path) -> ssl.SSLContext:
    """Lets in only who shows a certificate of this authority. Raises OSError (ssl.SSLError among them)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_verify_locations(authority)
    # without a passphrase here OpenSSL would ask the terminal for one
    context.load_cert_chain(certificate, key, password="")
    return context


class Serving:
    """Answers until it is told to end. Made and used within one running loop."""

    def __init__(
        self,
        answer: Callable[[str, str, bytes], Answer],
        context: ssl.SSLContext,
        limits: Limits | None = None,
    ) -> None:
        """`answer`: given the name in the certificate, the path and the body; called on a thread."""
        self._answer, self._context, self._limits = answer, context, limits or Limits()
        self._threads = ThreadPoolExecutor(self._limits.answers, thread_name_prefix="answer")
        self._room = asyncio.Semaphore(self._limits.connections)
        self._large = asyncio.Semaphore(self._limits.large_at_a_time)
        self._at: Counter[str] = Counter()
        self._met: set[asyncio.Task[None]] = set()
        self._quiet: set[asyncio.Task[None]] = set()
        self._asked = 0
        self._ending = asyncio.Event()
        self._complained: dict[str, float] = {}

    def end(self) -> None:
        """Take no more; what is under way is answered."""
        happened("ending", connections=len(self._met))
        self._ending.set()

    def _complain(self, event: str, count: int) -> None:
        """Once a minute: whoever asks too much must not fill the log as well."""
        now = time.monotonic()
        if now - self._complained.get(event, float("-inf")) >= _COMPLAIN_S:
            self._complained[event] = now
            happened(event, logging.WARNING, count=count)

    async def run(self, listening: socket.socket) -> None:
        """Until `end`. `listening`: bound, and not blocking."""
        happened("serving", limit=self._limits.connections)
        accepting = asyncio.create_task(self._accept(listening))
        await self._ending.wait()
        accepting.cancel()
        await asyncio.wait([accepting])
        listening.close()
        for task in self._quiet:
            task.cancel()
        if self._met:
            await asyncio.wait(self._met, timeout=self._limits.ending)
        left = [task for task in self._met if task.cancel()]
        await asyncio.gather(*left, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._room.acquire()
            try:
                connection, address = await loop.sock_accept(listening)
            except OSError:
                self._room.release()
                await asyncio.sleep(_BREATH)
                continue
            except BaseException:
                self._room.release()
                raise
            task = asyncio.create_task(self._meet(connection, str(address[0])))
            self._met.add(task)
            task.add_done_callback(self._part)

    def _part(self, task: asyncio.Task[None]) -> None:
        self._met.discard(task)
        self._room.release()

    async def _meet(self, connection: socket.socket, address: str) -> None:
        """One connection, from its first byte to its last."""
        self._at[address] += 1
        try:
            if self._at[address] > self._limits.from_one_address:
                self._complain("too_many_from_one_address", self._limits.from_one_address)
                connection.close()
            else:
                await self._shake_hands(connection)
        except _GONE:
            pass
        except Exception:
            log.exception("a connection was lost")
        finally:
            self._at[address] -= 1
            if not self._at[address]:
                del self._at[address]

    async def _shake_hands(self, connection: socket.socket) -> None:
        loop, limits = asyncio.get_running_loop(), self._limits
        reader = asyncio.StreamReader(_BUFFER)
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await loop.connect_accepted_socket(
            lambda: protocol,
            connection,
            ssl=self._context,
            ssl_handshake_timeout=limits.handshake,
            ssl_shutdown_timeout=limits.parting,
        )
        transport.set_write_buffer_limits(high=_BUFFER)
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        try:
            await self._talk(Conversation(reader, writer, limits, self._large), name_in(_shown(writer)))
        finally:
            writer.close()
            with suppress(OSError, TimeoutError):
                await writer.wait_closed()

    async def _talk(self, conversation: Conversation, name: str) -> None:
        task = asyncio.current_task()
        assert task is not None
        goes_on = True
        while goes_on and not self._ending.is_set():
            self._quiet.add(task)
            try:
                head = await conversation.begun()
            finally:
                self._quiet.discard(task)
            if head is None:
                return
            try:
                question = await conversation.rest_of(head)
            except Overlong:
                await conversation.say(Answer(413), last=True)
                return
            answer = await self._answered(name, question)
            goes_on = await conversation.say(answer, last=self._ending.is_set())

    async def _answered(self, name: str, question: Question) -> Answer:
        if self._asked >= self._limits.answers + self._limits.waiting:
            self._complain("busy", self._asked)
            return Answer(503)
        self._asked += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._answer, name, question.path, question.body)
        finally:
            self._asked -= 1


def _shown(writer: asyncio.StreamWriter) -> bytes:
    """The certificate of the other side (DER)."""
    return bytes(writer.get_extra_info("ssl_object").getpeercert(binary_form=True) or b"")
