"""Vectors as fixtures, and a dialogue to talk to under a clock that only tests move."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.identity.emulated_module import EmulatedModule
from kiosk.identity.events import ReaderEvent
from kiosk.identity.exchange import Action, Send
from kiosk.identity.framing.sdt import SHORTEST_REQUEST, Frame, SdtFraming
from kiosk.identity.people import resident_block
from kiosk.identity.protocol import Dialogue

Vector = dict[str, Any]
VECTORS: list[Vector] = json.loads((Path(__file__).parent / "vectors/readers.json").read_text("utf-8"))[
    "vectors"
]
KINDS = {
    "stream_vector": ("sdt", "stream"),
    "request_vector": ("sdt", "request"),
    "text_vector": ("sdt", "text_block"),
    "scenario_vector": ("sdt", "scenario"),
    "number_vector": ("gb11643", "number"),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `stream_vector` runs once for every stream, and so on."""
    for name, kind in KINDS.items():
        if name in metafunc.fixturenames:
            chosen = [v for v in VECTORS if (v["protocol"], v["kind"]) == kind]
            metafunc.parametrize(name, chosen, ids=[v["id"] for v in chosen])


@pytest.fixture(scope="session")
def vectors() -> dict[str, Vector]:
    """All vectors by id."""
    return {vector["id"]: vector for vector in VECTORS}


def card_of(**changes: str) -> bytes:
    """A text block of a fictional woman, with changes."""
    texts = {
        "name": "张桂芳",
        "sex_code": "2",
        "ethnic_code": "01",
        "birth": "19440305",
        "address": "示例省样本市和平区梧桐街道12号楼2单元101室",
        "number": "990101194403050029",
        "authority": "样本市公安局和平分局",
        "valid_from": "20060510",
        "valid_to": "长期",
    }
    return resident_block(**{**texts, **changes})


@pytest.fixture(scope="session")
def block() -> Callable[..., bytes]:
    """Makes text blocks: `block()` is a sound card, `block(number="...")` one with that changed."""
    return card_of


class Talk:
    """A dialogue, what it sent and what it told, under a clock that stands still by itself."""

    def __init__(self) -> None:
        self.dialogue = Dialogue()
        self.now = 100.0
        self.sent: list[bytes] = []
        self.told: list[ReaderEvent] = []
        self._do(self.dialogue.start(self.now))

    def _do(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.sent.append(action.data)
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
        assert self.next_request()[7:9].hex() == command
        return self

    def hear(self, received: bytes) -> Talk:
        """These bytes come from the reader."""
        for event in SdtFraming().feed(received):
            self._do(self.dialogue.on_event(event, self.now))
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

    def serve(self, module: EmulatedModule, seconds: float) -> list[ReaderEvent]:
        """An emulated module answers everything for so long; what was told meanwhile."""
        before, end = len(self.told), self.now + seconds
        framing = SdtFraming(SHORTEST_REQUEST)
        while True:
            while self.sent:
                for request in framing.feed(self.sent.pop(0)):
                    self.now += 0.001
                    self.hear(module.answer(request) or b"")
            if self.dialogue.deadline > end:
                self.now = end
                return self.told[before:]
            self.now = max(self.now, self.dialogue.deadline)
            self._do(self.dialogue.on_tick(self.now))


@pytest.fixture
def talk() -> Talk:
    """A dialogue that has just been started."""
    return Talk()


@pytest.fixture(scope="session")
def new_talk() -> Callable[[], Talk]:
    """For tests that need a fresh dialogue for each example."""
    return Talk
