"""A manager's morning in a real terminal: who was here, a service off and on again, how much was done."""

from __future__ import annotations

import pytest

from tests.desk_screens.desk_site import Site
from tests.desk_screens.desk_terminal import CTRL_Q, ESCAPE, PATIENCE, DeskTerminal, desk_terminal
from tests.desk_screens.manager import ZHOU, add_manager

DOWN = b"\x1b[B"


def walk(terminal: DeskTerminal, *steps: tuple[bytes, str]) -> None:
    """Each key, once what the one before brought stands there."""
    for keys, wanted in steps:
        terminal.brings(keys, wanted)


@pytest.mark.slow
def test_a_manager_walks_through_all_their_pages(site: Site) -> None:
    add_manager(site)
    for place in range(6):
        site.submit(f"case-{place}")
    with desk_terminal(site) as terminal:
        terminal.shows("请签到")
        walk(
            terminal,
            (f"{ZHOU}\r".encode() + f"{site.pins[ZHOU]}\r".encode(), "的窗口"),
            (b"g", "站长的事"),
            (b"\r", "还没有人试过"),
            (ESCAPE, "站长的事"),
            (DOWN + b"\r", "上次签到"),
            (ESCAPE, "站长的事"),
            (DOWN + b"\r", "现在能办"),
            (ESCAPE, "站长的事"),
            (DOWN + b"\r", "差评"),
            (ESCAPE, "站长的事"),
            (DOWN + b"\r", "交来的"),
            (b"z", "本月"),
            (b"x", "存到哪个文件夹"),
            (ESCAPE, "交来的"),
            (ESCAPE, "站长的事"),
            (DOWN + b"\r", "最近谁改了什么"),
            (ESCAPE, "站长的事"),
            (ESCAPE, "的窗口"),
        )
        terminal.types(CTRL_Q)
        assert terminal.process.wait(PATIENCE) == 0
    assert (site.folder / "desk.log").read_bytes() == b""
