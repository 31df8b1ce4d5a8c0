"""The second screen in the hall: who is called where, as large as it fits, and each call said twice."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rich.cells import cell_len

from kiosk.cases.calling import Lane, Numbers, Step, Window
from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Choice, Entry, Page
from kiosk.paths import data_file
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from kiosk.text import Text, same
from screens.desk.records import Records
from screens.waiting_lines import ShownCall, scaled, waiting_lines
from screens.waiting_screen import Calls, WaitingScreen
from tests.conftest import StandingClock

GRIDS = [(40, 10), (57, 12), (80, 24), (82, 17), (108, 26), (160, 50)]
WINDOW = Window("2", "A")
NUMBERS = Numbers(("A",), (WINDOW,), cap=2)
PATIENCE = 20.0
TEXTS = load_catalogue("resident")


def call(label: str, window: str) -> ShownCall:
    return ShownCall(f"{label}号", f"{window}号窗口", f"请{label}号到{window}号窗口。")


def squeezed(lines: list[str]) -> str:
    return "".join("".join(line.split()) for line in lines)


def stands(words: str, times: int, lines: list[str]) -> bool:
    """Is it there whole, so many times as large?"""
    drawn = scaled(words, times)
    return bool(drawn) and all(any(row.strip() in line for line in lines) for row in drawn or [])


@pytest.mark.parametrize("grid", GRIDS, ids=str)
@pytest.mark.parametrize("many", range(5))
@pytest.mark.parametrize("label", ["A1", "A12", "B1005"])
def test_it_fits_every_screen_and_the_newest_call_is_whole(
    grid: tuple[int, int], many: int, label: str
) -> None:
    columns, rows = grid
    calls = [call(label, "12"), *(call(f"A{n}", "1") for n in range(10, 14))][:many]
    lines = waiting_lines(calls, "某中心", "请坐下等。", "老人先叫。", columns, rows)
    assert len(lines) == rows
    assert all(cell_len(line) <= columns for line in lines)
    assert lines[-1].strip() == "老人先叫。"
    assert lines[0].strip() == "某中心" or rows < 12
    drawn = squeezed(lines)
    if not many:
        assert "请坐下等。" in drawn
        return
    large = all(any(stands(part, n, lines) for n in range(1, 5)) for part in (f"{label}号", "12号窗口"))
    assert calls[0].sentence in drawn or large


@pytest.mark.parametrize("grid", [(80, 24), (108, 26), (160, 50)], ids=str)
def test_from_80_columns_on_number_and_window_are_seen_from_afar(grid: tuple[int, int]) -> None:
    times = 2 if grid == (160, 50) else 1
    lines = waiting_lines([call("A12", "2")], "某中心", "", "", *grid)
    assert stands("A12号", times, lines) and stands("2号窗口", times, lines)


def test_the_smallest_screen_still_shows_the_number_large() -> None:
    lines = waiting_lines([call("A12", "2")], "某中心", "", "老人先叫。", 40, 10)
    assert stands("A12", 1, lines) and "请A12号到2号窗口。" in squeezed(lines)


def test_large_signs_are_the_small_ones_larger() -> None:
    small, large = scaled("A", 1), scaled("A", 3)
    assert small and large
    assert (len(large), len(large[0])) == (3 * len(small), 3 * len(small[0]))
    assert squeezed(large).count("█") > squeezed(small).count("█")


@dataclass
class Ear:
    """What is said; still at it until the test has heard it out."""

    said: list[tuple[str, str]] = field(default_factory=list)
    speaking: bool = False

    def notice(self, text: Text, language: str) -> None:
        self.said.append((text.say(language), language))
        self.speaking = True

    def close(self) -> None:
        self.speaking = False

    def present(self, page: Page, language: str) -> None: ...
    def focus(self, page: Page, choice: Choice, language: str) -> None: ...
    def aloud(self, entry: Entry, language: str) -> None: ...
    def repeat(self, *, whole: bool) -> None: ...
    def stop(self) -> None: ...
    def pause(self) -> None: ...
    def set_rate(self, step: int) -> None: ...
    def set_volume(self, step: int) -> None: ...
    def tone(self) -> float:
        return 0.0


@pytest.fixture
def opened(tmp_path: Path, clock: StandingClock) -> Callable[[], Store]:
    calendar = load_calendar(data_file("calendars"))
    return lambda: open_store(tmp_path / "state", clock=clock, calendar=calendar)


@pytest.fixture
def store(opened: Callable[[], Store]) -> Iterator[Store]:
    kept = opened()
    yield kept
    kept.close()


async def until(ready: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < limit
        await asyncio.sleep(0.01)


def next_call(store: Store) -> int:
    store.draw_number("A", Lane.ORDINARY, NUMBERS)
    called = store.call_next(WINDOW, NUMBERS.cap)
    assert called is not None
    return called.id


async def test_each_call_is_said_twice_in_each_language_one_after_the_other(
    opened: Callable[[], Store], store: Store
) -> None:
    records, ear = Records(opened), Ear()
    view = Calls(TEXTS, same("某中心"), 70)
    app = WaitingScreen(records, ear, TEXTS, view, ("zh", "en"))
    chinese, english = ("请A一号到2号窗口。 " * 2, "zh"), ("Number A 1, please go to window 2. " * 2, "en")

    async def heard(count: int) -> None:
        """The next look says it, when what was being said is over."""
        ear.speaking = False
        app.look()
        await until(lambda: len(ear.said) == count)

    async with app.run_test(size=(80, 24)) as pilot:
        called = next_call(store)
        await heard(1)
        assert ear.said == [chinese]
        await heard(2)
        assert ear.said == [chinese, english]
        store.step_number(called, Step.AGAIN, WINDOW)
        await heard(3)
        await pilot.pause()
        assert "满70岁" in view.render().plain
        await pilot.press("ctrl+q")
    records.close()
    assert ear.said[2] == chinese


async def test_while_one_call_is_said_the_next_one_waits(opened: Callable[[], Store], store: Store) -> None:
    records, ear = Records(opened), Ear()
    app = WaitingScreen(records, ear, TEXTS, Calls(TEXTS, same("某中心"), 70), ("zh",))
    async with app.run_test(size=(57, 12)):
        next_call(store)
        app.look()
        await until(lambda: len(ear.said) == 1)
        next_call(store)
        app.look()
        await until(lambda: len(app._to_say) == 1)
        assert len(ear.said) == 1
    records.close()


FALLS = """
import sys
from kiosk.cli import main
from screens.waiting_screen import WaitingScreen

async def fall(self):
    raise RuntimeError("A12")

WaitingScreen._look = fall
main(sys.argv[1:])
"""


def test_a_screen_that_fell_does_not_end_as_if_it_was_closed(tmp_path: Path) -> None:
    """Whatever watches over it starts it again; the hall reads no traceback."""
    (tmp_path / "kiosk.toml").write_text(
        '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
        '[[waiting_letter]]\nletter = "A"\nname = { zh = "社保", en = "Pensions" }\n'
    )
    words = ("--config", str(tmp_path / "kiosk.toml"), "--data", str(tmp_path / "box"), "waiting-screen")
    ours, theirs = pty.openpty()
    env = {**os.environ, "KIOSK_SOUND": "off", "TERM": "xterm-256color"}
    with subprocess.Popen(
        [sys.executable, "-c", FALLS, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=env
    ) as fell:
        os.close(theirs)
        shown = drained(ours)
        assert fell.wait(PATIENCE) == 1
    assert b"ended unexpectedly" in shown
    assert b"Traceback" not in shown and b"A12" not in shown
    log = (tmp_path / "box" / "waiting-screen.log").read_text()
    assert "RuntimeError" in log and "A12" not in log


def drained(terminal: int) -> bytes:
    """All that comes until nobody has the other end open."""
    parts = []
    with suppress(OSError):
        while part := os.read(terminal, 65536):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts)


def test_without_letters_the_command_says_how_they_are_set(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk.cli", "--data", str(tmp_path), "waiting-screen"]
    ended = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ), check=False)
    assert ended.returncode == 1
    assert "[waiting]" in ended.stderr
