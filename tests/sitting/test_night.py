"""The night's work is begun once a day in its hour, as a program of its own."""

from __future__ import annotations

import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.sitting.night import Night, seconds_to_morning

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
"""Seven in the evening at the site."""


@pytest.mark.parametrize(
    ("now", "hours"),
    [((22, 17, 30), 12.0), ((23, 5, 0), 0.5), ((23, 5, 30), 24.0), ((23, 0, 0), 5.5)],
)
def test_the_next_morning_is_half_past_five_at_the_site(now: tuple[int, int, int], hours: float) -> None:
    assert seconds_to_morning(datetime(2026, 11, *now, tzinfo=SHANGHAI)) == hours * 3600


class HandClock:
    def __init__(self) -> None:
        self.at = EVENING

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def working(tmp_path: Path, clock: HandClock, words: str) -> Night:
    return Night(3, SHANGHAI, clock, [sys.executable, "-c", words, str(tmp_path / "done")])


def ended(night: Night) -> int:
    assert night._running is not None
    return night._running.wait()


NOTE = "import sys; open(sys.argv[1], 'a').write('x')"


def test_it_is_begun_once_in_its_hour_by_the_clock_of_the_site(tmp_path: Path, clock: HandClock) -> None:
    night = working(tmp_path, clock, NOTE)
    begun = []
    for _ in range(48 * 2):
        if night.look():
            begun.append(clock.at.astimezone(SHANGHAI).isoformat(timespec="minutes"))
            ended(night)
        clock.at += timedelta(minutes=30)
    assert begun == ["2026-11-23T03:00+08:00", "2026-11-24T03:00+08:00"]
    assert (tmp_path / "done").read_text() == "xx"


def test_a_night_that_still_works_is_not_begun_again(tmp_path: Path, clock: HandClock) -> None:
    night = working(tmp_path, clock, "import sys; sys.stdin.read(); import signal; signal.pause()")
    clock.at = EVENING + timedelta(hours=8)
    assert night.look()
    clock.at += timedelta(days=1)
    assert not night.look()
    assert night._running is not None
    night._running.kill()
    ended(night)
    assert night.look()
    assert night._running is not None
    night._running.kill()
    ended(night)


def test_what_is_begun_hears_signals_that_the_supervisor_waits_for(tmp_path: Path, clock: HandClock) -> None:
    night = working(
        tmp_path,
        clock,
        "import sys, signal\nheld = signal.pthread_sigmask(signal.SIG_BLOCK, ())\n"
        "open(sys.argv[1], 'w').write(str(len(held)))",
    )
    clock.at = EVENING + timedelta(hours=8)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGCHLD})
    try:
        night.look()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    assert ended(night) == 0
    assert (tmp_path / "done").read_text() == "0"


def test_a_failure_is_a_line_in_the_log_and_the_next_night_comes(
    tmp_path: Path, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    night = working(tmp_path, clock, "raise SystemExit(3)")
    clock.at = EVENING + timedelta(hours=8)
    night.look()
    ended(night)
    clock.at += timedelta(days=1)
    assert night.look()
    assert "ended with 3" in caplog.text
    ended(night)
