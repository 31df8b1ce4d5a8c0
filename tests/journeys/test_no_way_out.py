"""Nobody gets out: whatever is sent to it, a kiosk goes on, starts nothing and writes nothing elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import StartKiosk
from tests.journeys.every_key import LETS_GO, TABLES, storm
from tests.journeys.kiosk_terminal import KioskTerminal
from tests.journeys.outside import Outside
from tests.journeys.resident import Resident, words
from tests.journeys.test_any_key import assert_at_work

AT_ONCE = 40
"""Sequences that come in one go, as from a machine that types."""


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return Outside(tmp_path / "outside")


def send(terminal: KioskTerminal, sequences: list[bytes], outside: Outside) -> None:
    for at in range(0, len(sequences), AT_ONCE):
        for sequence in sequences[at : at + AT_ONCE]:
            terminal.type(sequence)
        terminal.take(0.01)
        outside.see(terminal.tree())
        del terminal.raw[:-100_000]
    terminal.type(LETS_GO)
    terminal.rest(0.5)


def assert_nobody_is_out(terminal: KioskTerminal, outside: Outside, folder: Path) -> None:
    """The same kiosk, with a page that answers, and nothing beside it."""
    assert terminal.status() is None
    assert_at_work(terminal, folder)
    outside.see(terminal.tree())
    outside.assert_untouched()


@pytest.mark.parametrize("name", TABLES)
def test_every_key_and_whatever_a_terminal_sends(
    name: str, folder: Path, outside: Outside, kiosk: StartKiosk
) -> None:
    terminal = kiosk(more=outside.world)
    terminal.shows(words("language.heading")[:8])
    outside.begin(terminal.tree())
    send(terminal, TABLES[name], outside)
    assert_nobody_is_out(terminal, outside, folder)


@pytest.mark.parametrize("seed", range(3))
def test_bytes_at_random(seed: int, folder: Path, outside: Outside, kiosk: StartKiosk) -> None:
    terminal = kiosk(more=outside.world)
    Resident(terminal).go_to("home.heading" if seed else "welcome.heading")
    outside.begin(terminal.tree())
    send(terminal, storm(seed), outside)
    assert_nobody_is_out(terminal, outside, folder)
