"""The watch over the listening process: patient while it loads and rests, quick while somebody speaks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from tests.voice.listening.listening_rooms import WAIT
from voice.listening.ears import LOAD_LIMIT, STILL_LIMIT, Ears, State
from voice.listening.messages import (
    BEAT_SECONDS,
    REST_BEAT_SECONDS,
    Beat,
    Device,
    Fault,
    Hush,
    Mute,
    Order,
    Prepare,
    Ready,
    Report,
    from_line,
)
from voice.watched_child import GRACE

MUTE = (sys.executable, "-c", "import sys; sys.stdin.read()")
"""A child that lives, and never answers."""
ECHO = (
    sys.executable, "-c",
    "import json, sys\nfor line in sys.stdin: print(json.dumps(dict(kind='Device', name=line)), flush=True)",
)  # fmt: skip
"""A child that only tells what it was told, as the name of its microphone."""


@pytest.fixture
def loading() -> Iterator[Ears]:
    made = Ears(lambda _life, _report: None, MUTE)
    made.prepare("ko", "/models/ko", 0.0)
    made.take_note(Device("room"), 0.0)
    yield made
    made.close()


@pytest.fixture
def ears(loading: Ears) -> Ears:
    loading.take_note(Beat(0, False, REST_BEAT_SECONDS), 0.0)
    loading.take_note(Ready("ko"), 0.0)
    return loading


def listening(ears: Ears, taken: int, now: float) -> None:
    ears.take_note(Beat(taken, True, BEAT_SECONDS), now)


def test_a_model_may_load_for_as_long_as_a_big_one_takes(loading: Ears) -> None:
    assert loading.state is State.LOADING
    assert not loading.hung(LOAD_LIMIT) and loading.hung(LOAD_LIMIT + 0.1)


def test_a_resting_child_may_be_quiet_for_as_long_as_it_said(ears: Ears) -> None:
    assert not ears.hung(REST_BEAT_SECONDS + GRACE) and ears.hung(REST_BEAT_SECONDS + GRACE + 0.1)


def test_a_resting_child_that_is_asked_has_to_answer_soon(ears: Ears) -> None:
    ears.send(Hush(take=False), 3.0)
    assert not ears.hung(3.0 + BEAT_SECONDS + GRACE) and ears.hung(3.0 + BEAT_SECONDS + GRACE + 0.1)


def test_sound_that_stands_still_while_somebody_is_listened_to_is_a_fault(ears: Ears) -> None:
    """A frozen sound server, or a recogniser that does not come back: only the beats go on."""
    for beat in range(6):
        listening(ears, 7, beat * BEAT_SECONDS)
    assert not ears.hung(BEAT_SECONDS + STILL_LIMIT) and ears.hung(BEAT_SECONDS + STILL_LIMIT + 0.1)


def test_sound_that_goes_on_is_none(ears: Ears) -> None:
    for beat in range(20):
        listening(ears, beat * 16, beat * BEAT_SECONDS)
        assert not ears.hung(beat * BEAT_SECONDS + 0.1)


def test_no_sound_is_expected_at_rest_nor_where_there_is_no_microphone(ears: Ears) -> None:
    for beat in range(10):
        ears.take_note(Beat(7, False, BEAT_SECONDS), beat * BEAT_SECONDS)
    ears.take_note(Device(None, "no_microphone"), 5.0)
    for beat in range(10, 20):
        listening(ears, 7, beat * BEAT_SECONDS)
    assert not ears.hung(9.6)


def test_a_fault_of_a_language_that_was_left_is_no_fault_of_this_one(ears: Ears) -> None:
    ears.prepare("en", "/models/en", 1.0)
    ears.take_note(Fault("ko", "bad_model"), 1.1)
    ears.take_note(Ready("ko"), 1.2)
    assert ears.state is State.LOADING
    ears.take_note(Fault("en", "bad_model"), 1.3)
    assert (ears.state, ears.reason, ears.pid) == (State.GONE, "bad_model", None)


def test_after_a_fault_another_language_is_tried_in_a_new_process(ears: Ears) -> None:
    ears.take_note(Fault("ko", "bad_model"), 1.0)
    ears.prepare("en", "/models/en", 2.0)
    assert ears.pid is not None and ears.state is State.LOADING


def test_one_that_falls_while_it_loads_is_said_to_have_a_bad_model(ears: Ears) -> None:
    for second in range(4):
        ears.replace(float(second))
    assert (ears.state, ears.reason) == (State.GONE, "bad_model")


def test_one_that_falls_while_it_listens_is_said_to_be_unsteady(ears: Ears) -> None:
    for second in range(4):
        ears.take_note(Ready("ko"), float(second))
        ears.replace(float(second))
    assert (ears.state, ears.reason) == (State.GONE, "unsteady")


def test_falls_with_a_minute_between_them_are_borne(ears: Ears) -> None:
    for minute in range(10):
        ears.replace(minute * 61.0)
    assert ears.state is State.LOADING


def test_a_new_process_is_told_what_the_old_one_was() -> None:
    """Which model, and that the kiosk speaks just now."""
    told: SimpleQueue[tuple[int, Report | None]] = SimpleQueue()
    ears = Ears(lambda life, report: told.put((life, report)), ECHO)
    ears.prepare("ko", "/models/ko", 0.0)
    ears.send(Mute(True), 0.0)
    ears.replace(1.0)
    try:
        orders: list[Order | Report | None] = []
        while len(orders) < 2:
            life, report = told.get(timeout=WAIT)
            if life == 2 and isinstance(report, Device) and report.name:
                orders.append(from_line(report.name.encode()))
        assert orders == [Prepare("ko", "/models/ko"), Mute(True)]
    finally:
        ears.close()
