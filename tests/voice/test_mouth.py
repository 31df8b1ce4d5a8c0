"""The watch over the speaking process: patient while it rests, quick once it is asked."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.voice.sound_hall import WAIT
from voice.child_process import STOOD_STILL
from voice.messages import (
    BEAT_SECONDS,
    REST_BEAT_SECONDS,
    Beat,
    Cut,
    Device,
    Ended,
    Order,
    Ready,
    Report,
    Say,
    Started,
    from_line,
    to_line,
)
from voice.mouth import STILL_LIMIT, Mouth, State
from voice.watched_child import GRACE

DEAF = (sys.executable, "-c", "import sys; sys.stdin.read()")
"""A child that lives, and never answers."""


@pytest.fixture
def mouth() -> Iterator[Mouth]:
    made = Mouth(lambda _life, _report: None, DEAF)
    made.start(0.0)
    made.take_note(Ready(["espeak"]), 0.0)
    yield made
    made.close()


def rest(mouth: Mouth, now: float) -> None:
    mouth.take_note(Beat(7, False, REST_BEAT_SECONDS), now)


def test_a_resting_child_may_be_quiet_for_as_long_as_it_said(mouth: Mouth) -> None:
    rest(mouth, 0.0)
    assert not mouth.hung(REST_BEAT_SECONDS + GRACE)
    assert mouth.hung(REST_BEAT_SECONDS + GRACE + 0.1)


def test_a_resting_child_that_is_asked_has_to_answer_soon(mouth: Mouth) -> None:
    rest(mouth, 0.0)
    mouth.send(Say(1, "hello", "en", 4), 3.0)
    assert not mouth.hung(3.0 + BEAT_SECONDS + GRACE)
    assert mouth.hung(3.0 + BEAT_SECONDS + GRACE + 0.1)


def test_more_orders_do_not_give_a_child_that_does_not_answer_more_time(mouth: Mouth) -> None:
    rest(mouth, 0.0)
    for tenth in range(20):
        mouth.send(Cut(tenth), tenth / 10)
    assert mouth.hung(2.0)


def test_a_long_rest_is_not_a_frozen_stream(mouth: Mouth) -> None:
    """The blocks stand still while the stream rests; only while something should sound is that a fault."""
    for minute in range(10):
        rest(mouth, minute * REST_BEAT_SECONDS)
    mouth.take_note(Beat(7, True, BEAT_SECONDS), 50.0)
    assert not mouth.hung(50.0 + STILL_LIMIT)
    mouth.take_note(Beat(90, True, BEAT_SECONDS), 50.5)
    assert not mouth.hung(51.9)


def test_a_stream_that_stands_still_while_something_should_sound_is_frozen(mouth: Mouth) -> None:
    rest(mouth, 0.0)
    for half in range(3):
        mouth.take_note(Beat(7, True, BEAT_SECONDS), half / 2)
    assert not mouth.hung(STILL_LIMIT)
    assert mouth.hung(STILL_LIMIT + 0.1)


def test_a_stream_with_more_in_hand_may_stand_still_for_longer(mouth: Mouth) -> None:
    rest(mouth, 0.0)
    mouth.take_note(Device("hall", in_hand=1.0), 0.0)
    for half in range(5):
        mouth.take_note(Beat(7, True, BEAT_SECONDS), half / 2)
    assert not mouth.hung(STILL_LIMIT + 1.0)
    assert mouth.hung(STILL_LIMIT + 1.1)


@pytest.mark.parametrize("still", [True, False])
def test_after_two_that_stood_still_a_child_is_told_to_be_steady(still: bool, tmp_path: Path) -> None:
    """One may be a sound server that begins; one that fell says nothing about the device."""
    told = tmp_path / "told"
    program = f"import os; open({str(told)!r}, 'a').write(os.environ.get({STOOD_STILL!r}, '-') + '.')"
    mouth = Mouth(lambda _life, _report: ended.set(), (sys.executable, "-c", program))
    ended = threading.Event()
    mouth.start(0.0)
    try:
        assert ended.wait(WAIT)
        for begun in (0.0, 10.0):
            for half in range(4):
                mouth.take_note(Beat(7, still, BEAT_SECONDS), begun + half / 2)
            ended.clear()
            mouth.replace(begun + 1.6)
            assert ended.wait(WAIT)
    finally:
        mouth.close()
    assert told.read_text(encoding="ascii") == ("-.-.1." if still else "-.-.-.")


def test_a_child_that_beats_but_is_never_ready_is_given_up() -> None:
    """An engine that hangs at its start must not leave the kiosk without a word for good."""
    mouth = Mouth(lambda _life, _report: None, DEAF)
    mouth.start(0.0)
    try:
        for second in range(11):
            mouth.take_note(Beat(0, False, REST_BEAT_SECONDS), float(second))
        assert mouth.state is State.STARTING and not mouth.hung(9.9) and mouth.hung(10.1)
    finally:
        mouth.close()


class Talk:
    """A real child without a sound device, and what it reports."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        self.heard: list[Report] = []

    def send(self, order: Order) -> None:
        assert self._child.stdin
        self._child.stdin.write(to_line(order))
        self._child.stdin.flush()

    def listen_until(self, *wanted: type[Report]) -> list[Report]:
        """What it says from now on, up to the first report of such a kind."""
        assert self._child.stdout
        since = len(self.heard)
        for line in self._child.stdout:
            report = from_line(line)
            assert report is not None
            self.heard.append(report)  # type: ignore[arg-type]
            if isinstance(report, wanted):
                return self.heard[since:]
        raise AssertionError("the child ended")


@pytest.fixture
def talk(no_device: None) -> Iterator[Talk]:
    command = [sys.executable, "-m", "voice.child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        yield Talk(child)
        assert child.stdin
        child.stdin.close()


def test_the_child_beats_slowly_at_rest_and_quickly_while_it_speaks(talk: Talk) -> None:
    talk.listen_until(Ready)
    assert [report.within for report in talk.heard if isinstance(report, Beat)] == [REST_BEAT_SECONDS]
    talk.send(Say(1, "Good morning, and welcome.", "en", 4))
    talk.listen_until(Started)
    spoken = talk.listen_until(Ended)
    during = [report for report in spoken if isinstance(report, Beat)]
    assert during and all(beat.within == BEAT_SECONDS for beat in during)
    assert all(early.blocks < late.blocks for early, late in pairwise(during))
    (after,) = [report for report in talk.listen_until(Beat) if isinstance(report, Beat)]
    assert (after.within, after.sounding) == (REST_BEAT_SECONDS, False)


def test_the_child_answers_every_order_with_a_beat(talk: Talk) -> None:
    talk.listen_until(Ready)
    for number in range(5):
        talk.send(Cut(number))
        assert isinstance(talk.listen_until(Beat)[-1], Beat)
