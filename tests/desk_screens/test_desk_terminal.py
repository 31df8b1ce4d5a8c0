"""The command itself, in a real terminal: it opens, takes keys, and leaves the terminal as it was."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from tests.desk_screens.desk_site import Site
from tests.desk_screens.desk_terminal import CTRL_Q, PATIENCE, DeskTerminal, desk_terminal

LEAVES_FULL_SCREEN = "\x1b[?1049l"


def ask_to_end(terminal: DeskTerminal) -> None:
    terminal.process.send_signal(signal.SIGTERM)


def press_ctrl_q(terminal: DeskTerminal) -> None:
    terminal.types(CTRL_Q)


@pytest.mark.parametrize("leave", [press_ctrl_q, ask_to_end], ids=["by key", "when the box shuts down"])
def test_the_desk_opens_in_a_terminal_and_leaves_it_as_it_was(
    site: Site, leave: Callable[[DeskTerminal], None]
) -> None:
    with desk_terminal(site) as terminal:
        terminal.shows("请签到")
        leave(terminal)
        terminal.shows(LEAVES_FULL_SCREEN)
        assert terminal.process.wait(PATIENCE) == 0
    assert (site.folder / "desk.log").read_bytes() == b""
