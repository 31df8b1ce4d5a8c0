"""A dialogue and an emulated device that talk to one another under a clock that only tests move."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.devices.emulated import Emulated
from kiosk.devices.events import DeviceEvent
from kiosk.devices.line import NEVER, Action, Dialogue, Framing, Send

CUTS = ["whole", "halves", "single", "random"]


def cut(whole: bytes, how: str) -> list[bytes]:
    """The bytes in one of the four ways of CUTS."""
    if how == "single":
        return [whole[i : i + 1] for i in range(len(whole))]
    chance = random.Random(len(whole))
    places = {"whole": [], "halves": [len(whole) // 2]}.get(
        how, sorted(chance.randrange(len(whole) + 1) for _ in range(9))
    )
    return [whole[a:b] for a, b in zip([0, *places], [*places, len(whole)], strict=True)]


@dataclass
class Meeting:
    """Both ends of a line, and what was told and sent over it so far."""

    dialogue: Dialogue
    framing: Framing
    emulated: Emulated
    silence: float = 0.1
    """Seconds after which the line counts as silent."""
    spoil: Callable[[bytes], bytes] = bytes
    """What becomes of a reply on its way."""
    now: float = 100.0
    sent: list[bytes] = field(default_factory=list)
    told: list[DeviceEvent] = field(default_factory=list)
    silent_at: float = NEVER

    def __post_init__(self) -> None:
        self._do(self.dialogue.start(self.now))

    def run(self, seconds: float) -> list[DeviceEvent]:
        """Let this much time pass; what was told meanwhile."""
        before, end = len(self.told), self.now + seconds
        while (due := min(self.dialogue.deadline, self.emulated.deadline, self.silent_at)) <= end:
            self.now = max(self.now, due)
            self._arrive(self.emulated.tick(self.now))
            if self.now >= self.silent_at:
                self.silent_at = NEVER
                self._hear(self.framing.idle())
            self._do(self.dialogue.on_tick(self.now))
        self.now = end
        return self.told[before:]

    def until_told(self, event: DeviceEvent, patience: float = 30.0) -> None:
        """Let time pass until this is told."""
        before, end = len(self.told), self.now + patience
        while event not in self.told[before:]:
            assert self.now < end, f"{event} was not told"
            self.run(0.05)

    def _do(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.sent.append(action.data)
                self.now += 0.001
                self._arrive(self.emulated.hear(action.data, self.now))
            else:
                self.told.append(action.event)

    def _arrive(self, replies: list[bytes]) -> None:
        for reply in replies:
            self.silent_at = self.now + self.silence
            self._hear(self.framing.feed(self.spoil(reply)))

    def _hear(self, events: list[object]) -> None:
        for event in events:
            self._do(self.dialogue.on_event(event, self.now))
