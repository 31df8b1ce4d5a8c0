"""The whole centre for robots: every shipped service, a real store, no sound device."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from kiosk.config import load_settings
from kiosk.devices.emulator import sdt_emulator
from kiosk.services.load import load_shelf
from kiosk.text import LANGUAGES
from tests.conftest import StandingClock
from tests.screens.sitting_room import STOPWATCH, Room, silent

IN_MEMORY = Path("/dev/shm")
"""Thousands of answers are written; whether each reaches a disk is tested elsewhere."""

_SHELF = cache(load_shelf)
"""Read once for all visits, as nobody edits it meanwhile."""


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """What is said is said at once, and people's pauses take no time; all else is as it is."""
    for place in ("screens.resident.course.time", "screens.resident.field.time", "textual.message._time"):
        monkeypatch.setattr(place, STOPWATCH)
    monkeypatch.setattr("voice.pace._SHORTEST", 0.0)
    monkeypatch.setattr("voice.pace._CHARACTERS_A_SECOND", {language: float("inf") for language in LANGUAGES})
    monkeypatch.setenv("KIOSK_SPEECH_LOG", str(tmp_path / "speech.jsonl"))
    monkeypatch.setattr("screens.resident.idle.GOODBYE_WITH_CARD", 0.3)
    monkeypatch.setattr("kiosk.services.load.load_shelf", _SHELF)
    kept = IN_MEMORY if IN_MEMORY.is_dir() else tmp_path
    with sdt_emulator(baud=1_000_000) as reader, tempfile.TemporaryDirectory(dir=kept) as folder:
        clock = StandingClock(datetime(2026, 11, 2, 1, 30, tzinfo=UTC))
        yield Room(Path(folder) / "state", clock, reader, silent(load_settings()))
