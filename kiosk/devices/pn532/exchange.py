"""One command at a time on the line: what waits for its ACK or reply, what is sent next, and when."""

from __future__ import annotations

from kiosk.devices.line import Action, Send
from kiosk.devices.pn532.command import ACK_BUDGET, FIRST_ACK_BUDGET, REPLY_BUDGET, WAKE, Command
from kiosk.devices.pn532.framing import ACK, NACK

DRAIN = 0.1
"""Seconds for which stale bytes are thrown away before a command is sent again."""
REPEAT_BUDGET = 0.25
"""Seconds for a reply that was asked for again."""


class Exchange:
    """Either a command waits for its ACK and then its reply, or the line rests until the next is due."""

    def __init__(self) -> None:
        self.pending: Command | None = None
        """The command that waits; None while the line rests."""
        self.acknowledged = False
        """The pending command was understood; only now can a frame be its reply."""
        self.heard = False
        """The chip said something sound since the command was sent."""
        self.deadline = 0.0
        """When the answer is late, or the rest is over."""
        self._next = Command.SAM
        self._asked_again = False

    def send(self, command: Command, now: float) -> list[Action]:
        """Send a command and wait for its ACK. Before the first one of a round the chip may sleep."""
        self.pending = command
        self.acknowledged = self.heard = self._asked_again = False
        first = command is Command.SAM
        self.deadline = now + (FIRST_ACK_BUDGET if first else ACK_BUDGET)
        return [Send(WAKE + command.frame if first else command.frame)]

    def send_next(self, now: float) -> list[Action]:
        """The rest is over."""
        return self.send(self._next, now)

    def rest(self, seconds: float, then: Command, now: float) -> list[Action]:
        """Send nothing for a while; whatever arrives meanwhile is stale and passes unheard."""
        self.pending = None
        self._next = then
        self.deadline = now + seconds
        return []

    def abort(self, then: Command, now: float) -> list[Action]:
        """Have the chip drop what it does, let the line calm down, go on with this command."""
        return [Send(ACK), *self.rest(DRAIN, then, now)]

    def understood(self, now: float) -> list[Action]:
        """The ACK came: the reply is next. A second one means nothing."""
        if not self.acknowledged:
            self.acknowledged = True
            self.deadline = now + REPLY_BUDGET
        return []

    def ask_again(self, now: float) -> list[Action]:
        """The reply arrived damaged: have it repeated, once."""
        if self._asked_again:
            return []
        self._asked_again = True
        self.deadline = now + REPEAT_BUDGET
        return [Send(NACK)]
