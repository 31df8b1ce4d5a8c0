"""The form of what a voice and its page say to each other."""

from __future__ import annotations

import json
import re
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.paths import data_file
from kiosk.serve.browser import NotABrowser, Window, news_heard
from kiosk.serve.stream import (
    COUNTED,
    LONGEST,
    SAMPLES,
    SCREEN,
    SILENCE,
    Heard,
    heard,
    is_sound,
    may_be_late,
    samples,
    screen,
    silence,
)
from voice.engines.samples import SAMPLE_RATE

RUNS = st.integers(0, COUNTED - 1)


@given(RUNS, st.integers(0, 3 * COUNTED), st.binary(max_size=400).filter(lambda pcm: len(pcm) % 2 == 0))
def test_samples_say_where_they_belong_and_lie_where_a_browser_can_read_them(
    run: int, at: int, pcm: bytes
) -> None:
    packet = samples(run, at, pcm)
    assert is_sound(packet) and may_be_late(packet)
    assert struct.unpack_from("<BxII", packet) == (SAMPLES, run, at % COUNTED)
    assert packet[10:] == pcm


@given(RUNS)
def test_silence_is_never_too_late(run: int) -> None:
    packet = silence(run)
    assert is_sound(packet) and not may_be_late(packet)
    assert struct.unpack("<BxI", packet) == (SILENCE, run)


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\x00words for the screen",
        b"\x07",
        silence(1) + b"\0",
        silence(1)[:-1],
        samples(1, 2, b"")[:-2],
        samples(1, 2, b"\0"),
        samples(1, 2, bytes(LONGEST)),
    ],
)
def test_nothing_else_may_come_from_a_voice(packet: bytes) -> None:
    """Else it could draw on the screen."""
    assert not is_sound(packet)


@given(RUNS, RUNS, st.booleans())
def test_what_a_page_tells_comes_to_the_voice_as_it_was_told(run: int, count: int, on: bool) -> None:
    news = news_heard(json.dumps({"run": run, "heard": count, "on": on}))
    assert isinstance(news, Heard)
    assert news == heard(news.packed()) == Heard(run, count, on)


@pytest.mark.parametrize("packet", [b"", b"\0", bytes(12), bytes(14)])
def test_what_is_no_news_is_none(packet: bytes) -> None:
    assert heard(packet) is None


@pytest.mark.parametrize(
    "words",
    [
        '{"heard": 1}',
        '{"heard": -1, "run": 1}',
        '{"heard": 1, "run": "1"}',
        f'{{"heard": 1, "run": {COUNTED}}}',
        '{"heard": NaN, "run": 1}',
        '{"heard": true, "run": 1}',
        "[]",
        "{",
    ],
)
def test_nonsense_of_a_page_is_none_of_ours(words: str) -> None:
    with pytest.raises(NotABrowser):
        news_heard(words)


def test_a_window_is_still_told_in_the_same_line() -> None:
    told = {"columns": 51, "rows": 11, "across": 1275, "down": 792}
    assert news_heard(json.dumps(told)) == Window(51, 11, 1275, 792)


def test_what_the_terminal_shows_is_marked_as_that() -> None:
    assert screen(b"\x1b[H") == bytes((SCREEN,)) + b"\x1b[H"


def test_the_page_knows_the_same_numbers() -> None:
    page = data_file("serve/loudspeaker.js").read_text() + data_file("serve/glass.js").read_text()
    ours = {"RATE": SAMPLE_RATE, "SAMPLES": SAMPLES, "SILENCE": SILENCE, "SCREEN": SCREEN}
    for name, value in ours.items():
        assert re.search(rf"\b{name} = {value}\b", page), name
