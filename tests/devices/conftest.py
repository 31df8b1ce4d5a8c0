"""Vectors as fixtures, and a dialogue to talk to under a clock that only tests move."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.devices.events import DeviceEvent
from kiosk.devices.family import Family
from kiosk.devices.line import Action, Send
from kiosk.devices.sdt.dialogue import SdtDialogue
from kiosk.devices.sdt.emulated import EmulatedModule
from kiosk.devices.sdt.family import FAMILY
from kiosk.devices.sdt.framing import SHORTEST_REQUEST, Event, Frame, SdtFraming
from tests.devices.far_end import FarEnd, Watch, Watched
from tests.devices.vectors_of_readers import VECTORS, Vector, card_of, give_vectors


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Vectors by name of the argument."""
    give_vectors(metafunc)


@pytest.fixture(scope="session")
def vectors() -> dict[str, Vector]:
    """All vectors by id."""
    return {vector["id"]: vector for vector in VECTORS}


@pytest.fixture(scope="session")
def block() -> Callable[..., bytes]:
    """Makes text blocks: `block()` is a sound card, `block(number="...")` one with that changed."""
    return card_of


class Talk:
    """A dialogue, what it sent and what it told, under a clock that stands still by itself."""

    def __init__(self, baud: int = 115200) -> None:
        self.dialogue = SdtDialogue(baud)
        self.line = SdtFraming()
        self.now = 100.0
        self.sent: list[bytes] = []
        """Not answered yet."""
        self.ever_sent: list[bytes] = []
        self.arrives: Callable[[Frame, bytes], bytes] = lambda request, good: good
        """What `serve` makes of the module's reply on its way: the request and the good reply in."""
        self.told: list[DeviceEvent] = []
        self._do(self.dialogue.start(self.now))

    def _do(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.sent.append(action.data)
                self.ever_sent.append(action.data)
            else:
                self.told.append(action.event)

    def next_request(self) -> bytes:
        """Let time pass until the dialogue sends something."""
        for _ in range(20):
            if self.sent:
                return self.sent.pop(0)
            self.now = max(self.now, self.dialogue.deadline)
            self._do(self.dialogue.on_tick(self.now))
        raise AssertionError("the dialogue sends nothing any more")

    def expect(self, command: str) -> Talk:
        """The next request is this one."""
        asked = self.next_request()[7:9].hex()
        assert asked == command, asked
        return self

    def hear(self, received: bytes, piece: int = 0) -> Talk:
        """These bytes come from the reader, in pieces of so many, or at once."""
        for start in range(0, len(received), piece or len(received) or 1):
            for event in self.line.feed(received[start : start + (piece or len(received))]):
                self._do(self.dialogue.on_event(event, self.now))
        return self

    def hush(self) -> Talk:
        """A quarter of a second without a byte: what was begun is given up, as the device's thread does."""
        self.now += FAMILY.silence
        for event in self.line.idle() if self.line.waiting else []:
            self._do(self.dialogue.on_event(event, self.now))
        self._do(self.dialogue.on_tick(self.now))
        return self

    def answer(self, status: str, payload: bytes = b"") -> Talk:
        """The reader replies at once."""
        self._do(self.dialogue.on_event(Frame(bytes.fromhex(status) + payload), self.now))
        return self

    def silence(self) -> Talk:
        """The reader does not reply until the dialogue gives up."""
        self.now = self.dialogue.deadline
        self._do(self.dialogue.on_tick(self.now))
        return self

    def hello(self) -> Talk:
        """The reader says that it is well."""
        self.expect("11ff").answer("000090").expect("12ff").answer("000090", bytes(16))
        return self.expect("10ff").answer("000090")

    def read(self, block: bytes, photo: bytes = bytes(1024)) -> Talk:
        """The reader finds, selects and reads this card; the question for its address is still open."""
        self.expect("2001").answer("00009f").expect("2002").answer("000090", bytes(8))
        lengths = len(block).to_bytes(2, "big") + len(photo).to_bytes(2, "big")
        return self.expect("3001").answer("000090", lengths + block + photo)

    def never_moved(self) -> Talk:
        """No address was appended to the card that was just read."""
        return self.expect("3003").answer("000091")

    def serve(self, module: EmulatedModule, seconds: float) -> list[DeviceEvent]:
        """An emulated module answers everything for so long; what was told meanwhile."""
        before, end = len(self.told), self.now + seconds
        framing = SdtFraming(SHORTEST_REQUEST)
        while True:
            while self.sent:
                for request in framing.feed(self.sent.pop(0)):
                    self.now += 0.001
                    self._serve_one(module, request)
            if self.dialogue.deadline > end:
                self.now = end
                return self.told[before:]
            self.now = max(self.now, self.dialogue.deadline)
            self._do(self.dialogue.on_tick(self.now))

    def _serve_one(self, module: EmulatedModule, request: Event) -> None:
        good = module.answer(request) or b""
        self.hear(self.arrives(request, good) if isinstance(request, Frame) else good)
        if self.line.waiting:
            self.hush()

    def asked_for_fingerprints(self) -> bool:
        """True if it ever did (30 10)."""
        return any(sent[7:9].hex() == "3010" for sent in self.ever_sent)


@pytest.fixture
def talk() -> Iterator[Talk]:
    """A dialogue that has just been started. Whatever a test does to it, it asks for no fingerprints."""
    talk = Talk()
    yield talk
    assert not talk.asked_for_fingerprints()


@pytest.fixture(scope="session")
def new_talk() -> Callable[..., Talk]:
    """For tests that need a fresh dialogue for each example."""
    return Talk


@pytest.fixture
def watch(plugged: object) -> Iterator[Watch]:
    """Starts to watch a path; whatever is watched is stopped in the end, before it is pulled."""
    begun: list[Watched] = []

    def start(path: str | Path, **more: Any) -> Watched:
        begun.append(Watched(os.fspath(path), **more))
        begun[-1].device.start()
        return begun[-1]

    yield start
    for watched in begun:
        watched.device.stop()


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Callable[[Family], None]:
    """From now on devices speak this."""
    return lambda parts: monkeypatch.setattr("kiosk.devices.device.family", lambda protocol: parts)


@pytest.fixture
def plugged() -> Iterator[Callable[[int], FarEnd]]:
    """Plugs in far ends, and throws them away in the end."""
    ends: list[FarEnd] = []

    def plug(speed: int) -> FarEnd:
        ends.append(FarEnd(speed))
        return ends[-1]

    yield plug
    for end in ends:
        end.throw_away()
