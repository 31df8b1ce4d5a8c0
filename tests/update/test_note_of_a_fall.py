"""The kiosk ends after a fall only where whoever starts it can go back; a note that stays changes nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.cli._first_day import goes_back, note_fall
from kiosk.update.first_day import LASTS, Became, FirstDay, is_marked, mark, note_first_day
from kiosk.update.versions import Versions
from tests.update.sticks import NEW

NOW = datetime.now(UTC)
DAY = FirstDay(NEW, (NOW - timedelta(hours=1)).isoformat())
OVER = replace(DAY, since=(NOW - LASTS).isoformat())
WATCHED = {"NOTIFY_SOCKET": "/nobody"}


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Versions:
    """This program lies in a folder of versions."""
    made = Versions(tmp_path / "program")
    made.begin(NEW)
    made.switch(NEW)
    monkeypatch.setattr(sys, "prefix", str(made.path(NEW)))
    return made


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (DAY, True),
        (OVER, False),
        (replace(DAY, became=Became.STAYS), False),
        (replace(DAY, version="0.1.0"), False),
        (None, False),
    ],
    ids=["first day", "over", "stays", "another", "no update yet"],
)
def test_only_in_the_first_day_a_fall_is_noted_and_the_kiosk_ends_for_it(
    day: FirstDay | None, ends: bool, versions: Versions, tmp_path: Path
) -> None:
    if day is not None:
        note_first_day(versions.folder, day)
    asked = goes_back(tmp_path, WATCHED)
    assert not asked(), "nothing has fallen"
    note_fall(tmp_path)
    assert is_marked(tmp_path) is ends
    mark(tmp_path)
    assert asked() is ends
    assert not goes_back(tmp_path, {})(), "nobody would start it again"


def test_a_note_that_stays_lying_ends_no_kiosk_once_the_day_is_over(
    versions: Versions, tmp_path: Path
) -> None:
    """Whoever should take it away cannot, say; the kiosk that runs for days asks at each fall."""
    note_first_day(versions.folder, DAY)
    asked = goes_back(tmp_path, WATCHED)
    note_fall(tmp_path)
    assert asked()
    note_first_day(versions.folder, OVER)
    assert not asked() and is_marked(tmp_path)


def test_a_program_that_lies_elsewhere_ends_for_no_note(tmp_path: Path) -> None:
    mark(tmp_path)
    assert not goes_back(tmp_path, WATCHED)()
