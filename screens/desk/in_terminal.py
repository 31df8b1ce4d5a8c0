"""A picture drawn by the terminal itself, where it is one that can: kitty's graphics protocol.

The protocol is described at https://sw.kovidgoyal.net/kitty/graphics-protocol/.
"""

from __future__ import annotations

import base64
import io
import os
import select
import sys
import termios
from collections.abc import Mapping
from typing import TYPE_CHECKING

from screens.desk.counter import IDLE

if TYPE_CHECKING:
    from textual.app import App

_CHUNK = 4096
"""Bytes of base64 in one escape, as the protocol has it."""
_CELL = 2
"""A cell is about twice as high as it is wide."""
_CLEAR = "\x1b_Ga=d,d=A\x1b\\\x1b[2J\x1b[3J\x1b[H"
"""All pictures freed, screen and scrollback empty."""


def can_draw(environment: Mapping[str, str]) -> bool:
    """Does the terminal say that it takes pictures? One inside tmux does not get them through."""
    return "TMUX" not in environment and (
        environment.get("TERM") == "xterm-kitty"
        or "KITTY_WINDOW_ID" in environment
        or environment.get("TERM_PROGRAM") in {"ghostty", "WezTerm"}
    )


def draws_pictures(app: App[object]) -> bool:
    """Could this program's own terminal show one now?"""
    return not app.is_headless and can_draw(os.environ)


async def show_in_terminal(app: App[object], picture: bytes, below: str) -> None:
    """Until a key is pressed, or nobody has for so long that the desk locks."""
    width, height = app.size
    with app.suspend():
        out = sys.__stdout__
        if out is None:
            return
        try:
            out.write(_CLEAR + drawn(picture, width, height - 2) + f"\x1b[{height};1H{below}")
            out.flush()
            _wait_for_key()
        finally:
            out.write(_CLEAR)
            out.flush()


def drawn(picture: bytes, width: int, height: int) -> str:
    """The escapes that draw it, as large as it fits, its sides in proportion."""
    from PIL import Image

    with Image.open(io.BytesIO(picture), formats=["PNG", "JPEG"]) as found:
        png = io.BytesIO()
        found.save(png, "PNG")
        wide = found.width * height * _CELL > width * found.height
    place = f"c={width}" if wide else f"r={height}"
    words = base64.standard_b64encode(png.getvalue()).decode("ascii")
    parts = [words[at : at + _CHUNK] for at in range(0, len(words), _CHUNK)]
    return "".join(
        f"\x1b_G{f'a=T,f=100,q=2,{place},' if not n else ''}m={int(n < len(parts) - 1)};{part}\x1b\\"
        for n, part in enumerate(parts)
    )


def _wait_for_key() -> None:
    """The key itself does nothing more."""
    stdin = sys.__stdin__
    if stdin is None:
        return
    before = termios.tcgetattr(stdin)
    quiet = termios.tcgetattr(stdin)
    quiet[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(stdin, termios.TCSAFLUSH, quiet)
    try:
        select.select([stdin], [], [], IDLE)
        termios.tcflush(stdin, termios.TCIFLUSH)
    finally:
        termios.tcsetattr(stdin, termios.TCSADRAIN, before)
