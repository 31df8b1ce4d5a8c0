"""A port that nobody has, for a server that is started later."""

from __future__ import annotations

import random
import socket

HOST = "127.0.0.1"
_BELOW_WHAT_IS_GIVEN_OUT = range(20_000, 32_000)
"""The system gives callers their ports above these: none of them is taken meanwhile by a test beside."""


def free_port() -> int:
    """Drawn from the system's chance: two processes that run one test each must not draw alike."""
    chance = random.SystemRandom()
    while True:
        port = chance.choice(_BELOW_WHAT_IS_GIVEN_OUT)
        with socket.socket() as asked:
            try:
                asked.bind((HOST, port))
            except OSError:
                continue
        return port
