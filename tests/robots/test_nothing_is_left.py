"""After a visit in a real terminal that keeps what scrolls by: nobody finds anything of whoever was there."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from kiosk.clock import SystemClock
from kiosk.paths import data_file, shipped_config
from kiosk.security.custody import Custody, Member
from kiosk.security.staff_keys import Stretch
from kiosk.store import open_store
from kiosk.store.calendars import load_calendar
from tests.flow.residents import id_number
from tests.journeys.kiosk_terminal import CTRL_Q, ESCAPE, KioskTerminal
from tests.journeys.resident import ZHANG, Resident, words
from tests.robots.living_memory import family_of, holding, why_not
from tests.robots.test_old_people import figures_said

GIVEN = "鸿淑懿珩璟钰澜昀晖霖"
"""Characters of names that no sentence of the program has."""
PANE = "set -g status off\nset -g history-limit 5000\nset -g remain-on-exit on\nset -s escape-time 10\n"
MOST_PAGES = 40
ENCRYPTED = "encrypt_file = true"
FIRST_PAGE = words("language.heading")[:8]


@dataclass(frozen=True, slots=True)
class Stranger:
    """Nobody there is; all that they type can be known again wherever it turns up."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    phone: str = field(repr=False)

    @classmethod
    def drawn(cls, seed: int) -> Stranger:
        chance = Random(f"canary {seed}")
        name = "欧阳" + "".join(chance.sample(GIVEN, 2))
        number = id_number(datetime.date(1944, 3, 5), f"{chance.randint(100, 999)}")
        return cls(name, number, f"139{chance.randint(10_000_000, 99_999_999)}")

    @property
    def answers(self) -> dict[str, str]:
        return ZHANG | {"name": self.name, "id_number": self.number, "phone": self.phone}

    @property
    def traces(self) -> list[str]:
        """The pieces by which they would be known, however they were cut or grouped."""
        return [self.name, self.number[6:], self.number[-6:], self.phone[3:], self.phone[-4:]]

    def left_in(self, kept: bytes) -> bool:
        """In any form that a program might write."""
        return _any_of(self.traces, kept)

    def left_in_memory(self, kept: bytes) -> bool:
        """As a program holds it: there, four digits may also be somebody else's."""
        return _any_of([trace for trace in self.traces if len(trace) > 6 or trace == self.name], kept)


def _any_of(traces: list[str], kept: bytes) -> bool:
    forms = ("utf-8", "utf-16-le", "utf-32-le", "gb18030")
    return any(trace.encode(form) in kept for trace in traces for form in forms)


class Pane:
    """The kiosk in a pane that keeps five thousand lines of what scrolls out of it."""

    def __init__(self, folder: Path, log: Path) -> None:
        config = folder.with_name("pane.conf")
        config.write_text(PANE)
        self._tmux = (_tmux(), "-S", str(folder.with_name("pane")), "-f", str(config))
        kiosk = ("new-session", sys.executable, "-m", "kiosk.cli", "run")
        home = folder.with_name("home")
        home.mkdir()
        homes = {name: str(home) for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")}
        # no device is here, so nothing sounds; but what speaks, runs
        more = {"KIOSK_SPEECH_LOG": str(log), "KIOSK_SOUND": "on", **homes}
        settings = ("--config", str(_open_store(folder.with_name("kiosk.toml"))))
        self.terminal = KioskTerminal(folder, "--demo", *settings, program=(*self._tmux, *kiosk), more=more)

    def kept(self) -> bytes:
        """All that stands in the pane and above it, the screen behind it, and what was copied."""
        seen = [self._asks("capture-pane", "-p", "-J", "-S", "-", "-E", "-")]
        seen.append(self._asks("capture-pane", "-p", "-J", "-a", "-q", "-S", "-"))
        seen.append(self._asks("show-buffer", may_fail=True))
        return b"".join(b"".join(one.split()) for one in seen)

    @property
    def kiosk(self) -> int:
        """The process that runs in it."""
        return int(self._asks("list-panes", "-F", "#{pane_pid}"))

    def end_the_kiosk(self) -> None:
        """Its end is asked of the system: on a busy machine tmux 3.3a may never take note of it."""
        program = Path("/proc", str(self.kiosk), "stat")
        self.terminal.press_until(CTRL_Q, lambda _: _has_ended(program), what="the end of the kiosk")
        self.terminal.rest()

    def _asks(self, *what: str, may_fail: bool = False) -> bytes:
        environment = {name: value for name, value in os.environ.items() if name != "TMUX"}
        done = subprocess.run(
            [*self._tmux, *what], capture_output=True, env=environment, check=not may_fail, timeout=30
        )
        return done.stdout

    def close(self) -> None:
        self._asks("kill-server", may_fail=True)
        self.terminal.close()


def _open_store(settings: Path) -> Path:
    """Settings with which a store is no encrypted file: what stands in it can be found."""
    shipped = shipped_config().read_text()
    assert ENCRYPTED in shipped
    settings.write_text(shipped.replace(ENCRYPTED, ENCRYPTED.replace("true", "false")))
    return settings


def _has_ended(program: Path) -> bool:
    with suppress(FileNotFoundError):
        return program.read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def _tmux() -> str:
    found = shutil.which("tmux")
    if found is None:
        pytest.skip("tmux is missing: a terminal with a history that can be read")
    return found


@pytest.fixture
def pane(tmp_path: Path) -> Iterator[Pane]:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    staff_hold_the_keys(folder)
    opened = Pane(folder, tmp_path / "speech.jsonl")
    yield opened
    opened.close()


def staff_hold_the_keys(folder: Path) -> None:
    """What is handed in is sealed to them; the box by itself opens nothing."""
    calendar = load_calendar(data_file("calendars"))
    with closing(open_store(folder, clock=SystemClock(), calendar=calendar, encrypt=False)) as store:
        Custody(store, Stretch(1, 8, 1), pin_alone=True).protect([Member("王丽", "118204")])


def files_with(somebody: Stranger, folder: Path) -> set[str]:
    """Names of the files in which anything of them stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if somebody.left_in(path.read_bytes())}


def in_the_hall(somebody: Stranger, log: Path) -> bool:
    """Was any of their numbers said aloud?"""
    numbers = (somebody.number[6:17], somebody.phone)
    return any(number in said for said in figures_said(log) for number in numbers)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 8))])
@pytest.mark.parametrize("end", ["receipt", "left halfway"])
def test_nothing_of_a_visit_is_left_in_the_terminal_in_memory_or_in_a_file(
    pane: Pane, tmp_path: Path, seed: int, end: str
) -> None:
    """K26, K32, K44, K46: on the screen, above it, behind it; in the memory of every process of the kiosk,
    the sitting that waits, too; in the store and its log, in other logs, temporary files, what was said."""
    somebody, terminal = Stranger.drawn(seed), pane.terminal
    resident = Resident(terminal, somebody.answers, {"keep.heading": "keep.no"})
    terminal.shows(FIRST_PAGE)
    resident.go_to("check.heading")
    for _ in range(MOST_PAGES):
        if somebody.left_in(pane.kept()):
            break
        resident.press_once("common.more", then=0.5)
    assert somebody.left_in(pane.kept()), "the check page shows what was given: it can be found where it is"
    visit = family_of(pane.kiosk)
    searchable = not why_not()
    assert holding(visit, somebody.left_in_memory) or not searchable, "what is there, is found"
    if end == "receipt":
        resident.go_to("goodbye.heading")
        resident.choose("goodbye.done")
    else:
        _leaves(resident, terminal)
    terminal.shows(FIRST_PAGE)
    assert not somebody.left_in(pane.kept())
    if searchable:
        assert holding(family_of(pane.kiosk), somebody.left_in_memory) == {}
    pane.end_the_kiosk()
    assert not somebody.left_in(pane.kept())
    for place in ("data", "tmp", "home"):
        assert not files_with(somebody, tmp_path / place), place
    assert not in_the_hall(somebody, tmp_path / "speech.jsonl")
    if not searchable:
        pytest.skip(f"{why_not()}; all else held")


def _leaves(resident: Resident, terminal: KioskTerminal) -> None:
    """Back to the beginning of the application, and out."""
    halfway = words("pause.heading")
    for _ in range(MOST_PAGES):
        if halfway in terminal.text:
            break
        terminal.tap(ESCAPE)
        terminal.rest()
    resident.choose("pause.leave")
    terminal.shows(words("home.heading"))
    terminal.press_for("0", words("leave.heading"))
    resident.choose("leave.leave")
    resident.choose("goodbye.done")
