"""The command itself, in a real terminal: it opens, takes keys, and leaves the terminal as it was."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk_screens.desk_site import GUIFANG, NUMBER, WANG, Site
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


def test_a_desk_whose_errors_go_elsewhere_tells_events_there_and_nothing_of_a_case(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the most talkative, while somebody signs in and reads a case."""
    monkeypatch.setenv("KIOSK_LOG", "debug")
    events = tmp_path / "events"
    site.submit()
    with desk_terminal(site, events) as terminal:
        terminal.shows("请签到")
        terminal.brings(WANG.encode() + b"\r", "密码")
        terminal.brings(site.pins[WANG].encode() + b"\r", "高龄津贴")
        terminal.brings(b"\r", "张")
        ask_to_end(terminal)
        terminal.shows(LEAVES_FULL_SCREEN)
        assert terminal.process.wait(PATIENCE) == 0
    said = events.read_text()
    told = [json.loads(line)["event"] for line in said.splitlines()]
    assert {"signed_in", "act"} <= set(told)
    for content in ("张桂芳", "桂芳", NUMBER, GUIFANG, WANG, site.pins[WANG], "case-1", "高龄"):
        assert content not in said, content
