"""What systemd is told: that the first page stands, and again and again that the screen's loop turns.

Plain datagrams, as sd_notify(3) has them. Whoever feeds is the loop that is to be watched: a loop that is
blocked falls silent, and systemd starts the whole screen anew.
"""

from __future__ import annotations

import socket
from collections.abc import MutableMapping
from contextlib import suppress

_FEEDS_IN_TIME = 3
"""So many feeds fit into the time that systemd waits: one may be late, and one may be lost."""


class Watchdog:
    """One for the kiosk; its sittings are born with it. Nothing it does waits or raises."""

    def __init__(self, address: str, seconds: float) -> None:
        """`address`: a path, or a name that begins with "@" (an abstract socket). `seconds`: how long systemd
        waits for a word; 0 where it waits for none.
        """
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self.every = seconds / _FEEDS_IN_TIME
        """Seconds from one feed to the next; 0 where none is wanted."""

    def ready(self) -> None:
        """The first page is painted."""
        self._tell("READY=1")
        self.feed()

    def feed(self) -> None:
        """The loop turns."""
        if self.every:
            self._tell("WATCHDOG=1")

    def _tell(self, word: str) -> None:
        # A manager that does not listen is no reason for a screen to stay dark.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            line.sendto(word.encode(), self._address)


def watchdog_of(environment: MutableMapping[str, str]) -> Watchdog | None:
    """As systemd has written it; taken out, as no program that the kiosk starts is to speak for it.

    WATCHDOG_PID is not asked: it names the terminal that systemd started, and what is watched runs in that.
    """
    address = environment.pop("NOTIFY_SOCKET", "")
    microseconds = environment.pop("WATCHDOG_USEC", "")
    environment.pop("WATCHDOG_PID", None)
    if not address.startswith(("/", "@")):
        return None
    return Watchdog(address, int(microseconds) / 1e6 if microseconds.isdecimal() else 0.0)
