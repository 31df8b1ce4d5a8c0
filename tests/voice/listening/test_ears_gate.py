"""What of the sound is heard: nothing from before the question, while the kiosk spoke, or too long ago."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from voice.listening.ear import OLDEST, Ear, height
from voice.listening.gate import ECHO_SECONDS, Gate
from voice.listening.hearer import Hearer
from voice.listening.memory import room_for_another
from voice.listening.messages import (
    Answer,
    Fault,
    Hush,
    Level,
    Listen,
    Mute,
    Opened,
    Order,
    Prepare,
    Ready,
    Report,
    Shut,
)
from voice.listening.microphone import Block
from voice.listening.recogniser import (
    BAD_MODEL,
    BLOCK_BYTES,
    BLOCK_SECONDS,
    OTHER_LANGUAGE,
    GrammarFault,
    Heard,
    ModelFault,
)

QUIET = bytes(BLOCK_BYTES)
VOICE = b"\0\x20" * (BLOCK_BYTES // 2)
ENOUGH = 0.64
"""Seconds of silence after which an answer surely is over."""


class ByTheBook:
    """A recogniser that writes a letter for each block of voice, and a detector that knows it."""

    def __init__(self, lacks: str = "") -> None:
        self.lacks = lacks
        self.missing: tuple[str, ...] = ()
        self._heard = ""

    def known(self, word: str) -> bool:
        return word != self.lacks

    def begin(self, phrases: Sequence[str] | None) -> None:
        if phrases and all(phrase == self.lacks for phrase in phrases):
            raise GrammarFault
        self._heard = ""

    def feed(self, pcm: bytes) -> None:
        self._heard += "v" if pcm == VOICE else ""

    def partial(self) -> str:
        return self._heard

    def settle(self) -> str:
        return self._heard

    def end(self) -> Heard:
        return Heard((self._heard,), 1.0)

    def reset(self) -> None: ...

    def voice(self, pcm: bytes) -> float:
        return float(pcm == VOICE)


class Bench:
    """An ear, sound that comes block by block as time goes on, and what it reports."""

    def __init__(self, recogniser: ByTheBook | None = None) -> None:
        self.reports: list[Report] = []
        self.running = False
        self.now = time.monotonic()
        self._recogniser = recogniser or ByTheBook()
        self.ear = Ear(self.reports.append, self._run, self._load)
        self.obey(Prepare("ko", "/models/ko"))

    def _run(self, on: bool) -> None:
        self.running = on

    def _load(self, model: Path, language: str) -> Hearer:
        return Hearer(self._recogniser, self._recogniser)

    def obey(self, order: Order) -> None:
        self.ear.obey(order, self.now)

    def listen(self, number: int = 1, phrases: list[str] | None = None) -> None:
        self.obey(Listen(number, phrases, 0.5, 10.0, 20.0, [], []))

    def sound(self, pcm: bytes, seconds: float) -> None:
        for _ in range(round(seconds / BLOCK_SECONDS)):
            self.ear.hear(Block(self.now, pcm))
            self.now += BLOCK_SECONDS

    def told(self) -> list[Report]:
        return [report for report in self.reports if not isinstance(report, Level)]

    def answers(self) -> list[Answer]:
        return [report for report in self.reports if isinstance(report, Answer)]


def test_an_answer_is_heard_once_and_then_the_microphone_rests() -> None:
    bench = Bench()
    bench.listen()
    assert bench.running
    bench.sound(VOICE, 0.32)
    bench.sound(QUIET, ENOUGH)
    assert bench.told() == [Ready("ko"), Opened(1), Answer(1, ["v" * 10])]
    assert [bench.running, bench.ear.listening] == [False, False]


def test_what_was_said_before_the_question_is_not_heard() -> None:
    bench = Bench()
    bench.sound(VOICE, 1.0)
    bench.listen()
    bench.ear.hear(Block(bench.now - 0.1, VOICE))
    assert bench.told() == [Ready("ko")] and bench.ear.taken > 0


def test_while_the_kiosk_speaks_it_hears_nothing_and_not_its_echo_either() -> None:
    """K05: of a prompt that sounded in between not one block reaches the recogniser."""
    bench = Bench()
    bench.listen()
    bench.sound(QUIET, 0.1)
    bench.obey(Mute(True))
    bench.sound(VOICE, 2.0)
    bench.obey(Mute(False))
    bench.sound(VOICE, ECHO_SECONDS)
    assert bench.told() == [Ready("ko"), Opened(1), Shut(1)]
    bench.sound(QUIET, 0.1)
    bench.sound(VOICE, 0.32)
    bench.sound(QUIET, ENOUGH)
    assert bench.told()[3:] == [Opened(1), Answer(1, ["v" * 10])]


def test_half_an_answer_that_the_kiosk_spoke_into_is_forgotten() -> None:
    bench = Bench()
    bench.listen()
    bench.sound(VOICE, 0.32)
    bench.obey(Mute(True))
    bench.sound(QUIET, 0.32)
    bench.obey(Mute(False))
    bench.sound(QUIET, 2.0)
    assert bench.answers() == []


def test_where_the_key_is_let_go_the_words_so_far_are_the_answer() -> None:
    bench = Bench()
    bench.listen()
    bench.sound(VOICE, 0.32)
    bench.obey(Hush(take=True))
    assert bench.answers() == [Answer(1, ["v" * 10])] and not bench.running


def test_an_answer_that_is_called_off_is_none() -> None:
    bench = Bench()
    bench.listen()
    bench.sound(VOICE, 0.32)
    bench.obey(Hush(take=False))
    bench.sound(QUIET, ENOUGH)
    assert bench.told() == [Ready("ko"), Opened(1), Shut(1)]


def test_every_question_that_is_taken_as_it_is_has_an_answer() -> None:
    """Also one for which no sound has come yet: the screen's end waits for it."""
    bench = Bench()
    bench.listen(7)
    bench.obey(Hush(take=True))
    assert bench.answers() == [Answer(7, [], silent=True)]


def test_a_new_question_takes_the_place_of_the_old_one() -> None:
    bench = Bench()
    bench.listen(1)
    bench.sound(VOICE, 0.32)
    bench.listen(2)
    bench.sound(VOICE, 0.32)
    bench.sound(QUIET, ENOUGH)
    assert bench.answers() == [Answer(2, ["v" * 10])]


def test_speech_that_comes_late_is_asked_for_again_and_never_answered() -> None:
    """A recogniser that fell behind: by now the person has looked elsewhere."""
    bench = Bench()
    bench.now -= OLDEST + 1
    bench.listen()
    bench.sound(VOICE, 0.32)
    assert bench.answers() == [Answer(1, [])]


def test_nobody_is_waited_for_longer_than_ten_seconds() -> None:
    bench = Bench()
    bench.listen()
    bench.sound(QUIET, 10.1)
    assert bench.answers() == [Answer(1, [], silent=True)]


def test_words_that_the_model_does_not_know_at_all_are_a_fault() -> None:
    bench = Bench(ByTheBook(lacks="네"))
    bench.listen(1, ["네"])
    bench.sound(QUIET, 0.1)
    assert bench.told() == [Ready("ko"), Fault("ko", BAD_MODEL)] and not bench.running


def test_a_model_that_cannot_be_used_is_told_with_its_language_and_the_one_it_is_of() -> None:
    def refuse(_model: Path, _language: str) -> Hearer:
        raise ModelFault(OTHER_LANGUAGE, "ko")

    reports: list[Report] = []
    ear = Ear(reports.append, lambda _on: None, refuse)
    ear.obey(Prepare("zh", "/models/zh"), 0.0)
    ear.obey(Listen(1, None, 0.5, 10.0, 20.0, [], []), 0.0)
    assert reports == [Fault("zh", OTHER_LANGUAGE, "ko")] and not ear.listening


@pytest.mark.parametrize("room", [True, False])
def test_who_changes_the_language_and_back_waits_for_a_model_only_where_memory_is_short(room: bool) -> None:
    loaded: list[str] = []

    def load(_model: Path, language: str) -> Hearer:
        loaded.append(language)
        return Hearer(ByTheBook(), ByTheBook())

    reports: list[Report] = []
    ear = Ear(reports.append, lambda _on: None, load, lambda: room)
    for language in ("zh", "en", "zh", "en"):
        ear.obey(Prepare(language, f"/models/{language}"), 0.0)
    assert reports == [Ready("zh"), Ready("en"), Ready("zh"), Ready("en")]
    assert loaded == (["zh", "en"] if room else ["zh", "en", "zh", "en"])


@pytest.mark.parametrize(
    ("free", "room"), [("2500000 kB", True), ("1500000 kB", False), ("", False), ("much", False)]
)
def test_a_second_model_has_to_leave_a_gigabyte_to_the_rest(tmp_path: Path, free: str, room: bool) -> None:
    (tmp_path / "self").mkdir()
    (tmp_path / "self" / "status").write_text("VmPeak: 9 kB\nVmRSS:  560000 kB\n", encoding="ascii")
    (tmp_path / "meminfo").write_text(f"MemFree: 1 kB\nMemAvailable: {free}\n", encoding="ascii")
    assert room_for_another(tmp_path) is room
    assert not room_for_another(tmp_path / "elsewhere")


def test_the_meter_moves_at_most_ten_times_a_second_and_only_while_somebody_is_listened_to() -> None:
    bench = Bench()
    bench.sound(VOICE, 1.0)
    bench.listen()
    bench.sound(VOICE, 2.0)
    levels = [report.height for report in bench.reports if isinstance(report, Level)]
    assert 10 <= len(levels) <= 20 and all(level == height(0x2000) for level in levels)


def test_the_meter_stands_low_for_a_quiet_hall_and_high_for_a_voice_that_is_near() -> None:
    heights = [height(peak) for peak in (0, 60, 600, 3000, 16000, 32768)]
    assert heights[0] == 0.0 and heights[-1] == 1.0
    assert all(softer < louder for softer, louder in pairwise(heights[:5]))


@pytest.mark.parametrize(("seconds", "heard"), [(ECHO_SECONDS - 0.01, False), (ECHO_SECONDS, True)])
def test_the_gate_opens_a_moment_after_the_kiosk_has_ended(seconds: float, heard: bool) -> None:
    gate = Gate()
    gate.open(10.0)
    gate.mute(11.0, on=True)
    assert not gate.lets_through(11.5)
    gate.mute(12.0, on=False)
    assert gate.lets_through(12.0 + seconds) is heard


def test_the_end_of_speech_that_nobody_heard_begin_shuts_nothing() -> None:
    gate = Gate()
    gate.open(10.0)
    gate.mute(10.0, on=False)
    assert gate.lets_through(10.0)
