"""One command at a time on the line: what waits for its reply, what is sent next, and when."""

from __future__ import annotations

from kiosk.devices.line import NEVER, Action, Send
from kiosk.devices.sdt.command import Command, budget
from kiosk.devices.sdt.framing import request


class Exchange:
    """Either a command waits for its reply, or the line rests until the next one is due."""

    def __init__(self, baud: int) -> None:
        """`baud` is the line's speed: long replies take their time on a slow one."""
        self._baud = baud
        self.pending: Command | None = None
        """The command that waits for its reply; None while the line rests."""
        self.deadline = 0.0
        """When the reply is late, or the rest is over."""
        self.next = Command.STATUS
        """What is sent when the rest is over."""
        self.repeated = False
        """The pending command was refused once and sent again."""

    def send(self, command: Command, now: float, at_most: float = NEVER) -> list[Action]:
        """Send a command and wait for its reply, `at_most` so many seconds."""
        self.repeated = command is self.pending
        self.pending = command
        self.deadline = now + min(at_most, budget(command, self._baud))
        return [Send(request(command.value))]

    def rest(self, seconds: float, then: Command, now: float) -> list[Action]:
        """Send nothing for a while; whatever arrives meanwhile is stale and passes unheard."""
        self.pending = None
        self.next = then
        self.deadline = now + seconds
        return []

    def settle(self) -> Command | None:
        """The pending command is over, answered or not: which one it was."""
        over, self.pending = self.pending, None
        return over

    def hurry(self, seconds: float, now: float) -> None:
        """The reply arrived damaged: wait only this much longer for another."""
        self.deadline = min(self.deadline, now + seconds)
