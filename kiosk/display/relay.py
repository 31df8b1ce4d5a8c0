"""Runs inside a terminal that can be replaced: hands the terminal to `kiosk launch`, and waits.

The bytes do not pass through here: `kiosk launch` gets the open terminal itself, with the number that it gave
this one, then a byte whenever the window changes. Whichever of the two goes first, the other knows at once.

Started by its path, with nothing but the standard library: the screen is empty until it is there.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import tty

CHANGED = b"w"
"""The window has another size."""
_FAREWELLS = (signal.SIGHUP, signal.SIGTERM)


def relay(path: str, number: str) -> None:
    """Until the terminal or `kiosk launch` ends."""
    news, wake = socket.socketpair()
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    for sign in (signal.SIGWINCH, *_FAREWELLS):
        signal.signal(sign, lambda *_: None)
    tty.setraw(sys.stdin.fileno())
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(path)
        socket.send_fds(line, [number.encode()], [sys.stdin.fileno()])
        while True:
            ready, _, _ = select.select([line, news], [], [])
            if line in ready or set(news.recv(64)) & {*_FAREWELLS}:
                return
            line.sendall(CHANGED)


if __name__ == "__main__":
    try:
        relay(*sys.argv[1:])
    except OSError:
        os._exit(1)
