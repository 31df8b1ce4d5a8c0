"""The key for larger letters: the terminal is told, the page stays, the next visit begins as before."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.display.tables import faces, panels
from kiosk.display.type_size import Fit, Pitch, Size, fits
from screens.resident.type_sizes import Sizes, TypeSizes
from screens.terminals import Again, Kitty, Xterm, terminal_for
from tests.screens.sitting_room import Hand, Room

PANEL = panels()["15.6"]
OFFERED = fits(PANEL, faces()["kitty"])
SMALL, USUAL, LARGE, LARGEST = OFFERED
ON_XTERM = Sizes("xterm", "", faces()["xterm"], OFFERED, Size.USUAL)


class FarEnd:
    """Listens where kitty would."""

    def __init__(self, path: Path) -> None:
        self.heard: list[bytes] = []
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._line.bind(str(path))
        self._line.listen()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._line.accept()
            except OSError:
                return
            with caller:
                self.heard.append(caller.makefile("rb").read())

    @property
    def points(self) -> list[float]:
        """The font sizes asked for."""
        commands = [
            json.loads(one.removeprefix(b"\x1bP@kitty-cmd").removesuffix(b"\x1b\\")) for one in self.heard
        ]
        assert all(one["cmd"] == "set-font-size" and one["no_response"] for one in commands)
        return [one["payload"]["size"] for one in commands]

    def close(self) -> None:
        self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()


@pytest.fixture
def kitty(tmp_path: Path) -> Iterator[FarEnd]:
    end = FarEnd(tmp_path / "kitty")
    yield end
    end.close()


def in_points(fit: Fit) -> float:
    return fit.pixels * 0.75


async def test_f3_makes_the_letters_larger_and_the_visit_stays(
    room: Room, kitty: FarEnd, tmp_path: Path
) -> None:
    """K15, K33: page, focus and language stay; it is said; the next visit begins as the site has it."""
    sizes = Sizes("kitty", str(tmp_path / "kitty"), faces()["kitty"], OFFERED, Size.USUAL)
    app = room.app(sizes=sizes)
    async with app.run_test(size=(USUAL.columns, USUAL.rows)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        assert app.view.pitch == USUAL.pitch
        assert kitty.heard == []
        await hand.presses("2")
        await hand.sees("welcome")
        await hand.presses("f3")
        await hand.until(lambda: len(kitty.heard) == 1, "the size is asked for")
        await hand.resizes(LARGE.columns, LARGE.rows)
        assert app.view.pitch == LARGE.pitch
        assert hand.place == "welcome"
        await hand.until(lambda: "Textsize:large" in hand.seen, "it is said")
        await hand.presses("t")
        await hand.until(lambda: len(kitty.heard) == 2, "the size is asked for")
        await hand.resizes(LARGEST.columns, LARGEST.rows)
        assert hand.app.stage is not None and hand.app.stage.language == "en"
    await _until_heard(kitty, 3)
    assert kitty.points == [in_points(LARGE), in_points(LARGEST), in_points(USUAL)]


async def _until_heard(end: FarEnd, count: int) -> None:
    for _ in range(500):
        if len(end.heard) == count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(end.heard)


async def test_a_size_left_by_a_visit_that_fell_is_set_right(
    room: Room, kitty: FarEnd, tmp_path: Path
) -> None:
    """K33."""
    sizes = Sizes("kitty", str(tmp_path / "kitty"), faces()["kitty"], OFFERED, Size.USUAL)
    async with room.app(sizes=sizes).run_test(size=(LARGEST.columns, LARGEST.rows)) as pilot:
        await Hand(pilot).sees("language")
        await _until_heard(kitty, 1)
    assert kitty.points[:1] == [in_points(USUAL)]


async def test_what_is_on_a_page_cut_in_other_parts_is_said_anew(room: Room) -> None:
    """K04, K20: the numbers that can be pressed are those that were said last."""
    app = room.app(sizes=ON_XTERM)
    async with app.run_test(size=(USUAL.columns, USUAL.rows)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1")
        await hand.sees("welcome")
        await hand.presses("1", "1")
        await hand.sees("home")
        shown = hand.part.choices
        said: list[str] = []
        assert app.stage is not None
        app.stage.on_presented = lambda: said.append(hand.part.id)
        await hand.presses("f3", "f3")
        assert said == []
        await hand.resizes(40, 10)
        assert hand.part.choices != shown
        assert said == ["home"]


def test_the_sizes_go_round_and_say_which_they_are() -> None:
    written: list[str] = []

    class View:
        pitch: Pitch | None = None

    sizes = TypeSizes(ON_XTERM, written.append, View())
    assert [sizes.next() for _ in range(4)] == [Size.LARGE, Size.LARGEST, Size.SMALL, Size.USUAL]
    assert written[0] == "\x1b]50;xft:DejaVu Sans Mono:pixelsize=57\x07\x1b[8;13;56t"


def test_a_terminal_that_is_gone_is_no_trouble(tmp_path: Path) -> None:
    Kitty(str(tmp_path / "nothing")).write_at(USUAL)


def test_only_known_terminals_are_told() -> None:
    face = faces()["kitty"]
    assert isinstance(terminal_for("xterm", "", print, face), Xterm)
    assert terminal_for("kitty", "", print, face) is None
    assert terminal_for("tmux", "/x", print, face) is None
    assert isinstance(terminal_for("foot", "again:/x", print, face), Again)
    assert isinstance(terminal_for("xterm", "again:/x", print, face), Again)
    assert terminal_for("foot", "again:", print, face) is None
