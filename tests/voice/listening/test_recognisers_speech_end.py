"""When an answer is over: judged from the voice detector's probabilities alone (K03)."""

from __future__ import annotations

import pytest

from voice.listening.speech_end import FREE_TEXT, Patience, SpeechEnd, Stage

BLOCK = 0.032
PHONE = Patience(lengths=(3, 7, 11), digit_words=("一", "幺", "三", "八", "double", "three"))

DOUBLE = Patience(lengths=(2,), digit_words=("double", "three"))


def listen(
    patience: Patience, *stretches: tuple[float, float], words: str = "", begin: float = 0.0
) -> tuple[Stage, float]:
    """Stretches of (seconds, probability); the stage at the end, and when it was reached."""
    speech = SpeechEnd()
    speech.begin(patience)
    at = begin
    for seconds, probability in stretches:
        for _ in range(round(seconds / BLOCK)):
            at += BLOCK
            stage = speech.heed(probability, at - BLOCK, at, lambda: words)
            if stage in (Stage.ENDED, Stage.SILENT):
                return stage, at
    return speech.stage, at


@pytest.mark.parametrize(
    ("who", "patience", "words", "hang"),
    [
        ("a yes or an option", Patience(), "", 0.5),
        ("somebody who tells something", FREE_TEXT, "", 0.8),
        ("a number of which no digit is there: it may be a command", PHONE, "", 0.8),
        ("in the middle of a group", PHONE, "一 三", 1.5),
        ("at the end of a group", PHONE, "一 三 八", 0.8),
        ("after the group, in the next one", PHONE, "幺三八 一", 1.5),
        ("all digits are there", PHONE, "一 三 八 一 三 八 一 三 八 一 三", 0.3),
        ("more digits than there can be", PHONE, "一三八一三八一三八一三八", 0.3),
        ("'double three' is two digits", DOUBLE, "double three", 0.3),
    ],
)  # fmt: skip
def test_the_silence_that_ends_an_answer_depends_on_the_question(
    who: str, patience: Patience, words: str, hang: float
) -> None:
    stage, at = listen(patience, (0.4, 0.95), (3.0, 0.02), words=words)
    assert stage is Stage.ENDED, who
    assert at - 0.4 == pytest.approx(hang, abs=2 * BLOCK), who


@pytest.mark.parametrize(
    ("what", "stretches"),
    [
        ("a short yes at the very first sample", [(0.3, 0.95)]),
        ("a yes while the detector warms up", [(0.06, 0.1), (0.25, 0.9)]),
        ("a yes that begins softly", [(0.1, 0.45), (0.3, 0.6), (0.1, 0.4)]),
        ("somebody who thinks for eight seconds first", [(8.0, 0.02), (0.3, 0.9)]),
        ("a soft syllable in the middle", [(0.2, 0.9), (0.3, 0.4), (0.2, 0.9)]),
        ("a breath between two words", [(0.2, 0.9), (0.4, 0.05), (0.3, 0.9)]),
    ],
)
def test_what_is_said_is_taken_whole(what: str, stretches: list[tuple[float, float]]) -> None:
    said = sum(seconds for seconds, _ in stretches)
    stage, at = listen(Patience(), *stretches, (2.0, 0.02))
    assert stage is Stage.ENDED, what
    assert said + 0.3 < at < said + 0.7, what


@pytest.mark.parametrize(
    ("what", "stretches"),
    [
        ("nothing at all", []),
        ("a click", [(1.0, 0.02), (0.032, 0.9)]),
        ("a cough far away", [(2.0, 0.02), (0.064, 0.7)]),
        ("a hall that murmurs", [(5.0, 0.45)]),
        ("steps, one by one", [(1.0, 0.02), (0.064, 0.8), (1.0, 0.02), (0.064, 0.8), (1.0, 0.02)]),
    ],
)
def test_no_voice_is_no_answer_and_the_wait_has_an_end(
    what: str, stretches: list[tuple[float, float]]
) -> None:
    stage, at = listen(Patience(), *stretches, (20.0, 0.02))
    assert stage is Stage.SILENT, what
    assert at == pytest.approx(10.0, abs=1.0), what


def test_a_click_before_the_answer_does_not_count_as_its_beginning() -> None:
    speech = SpeechEnd()
    speech.begin(Patience())
    speech.heed(0.9, 0.0, BLOCK)
    for at in range(1, 40):
        speech.heed(0.02, at * BLOCK, (at + 1) * BLOCK)
    assert speech.stage is Stage.WAITING
    assert speech.voice_begun is None
    speech.heed(0.9, 40 * BLOCK, 41 * BLOCK)
    assert speech.voice_begun == pytest.approx(40 * BLOCK)


def test_a_radio_that_never_stops_is_cut_after_a_time() -> None:
    stage, at = listen(Patience(), (60.0, 0.95))
    assert stage is Stage.ENDED
    assert at == pytest.approx(20.0, abs=BLOCK)


def test_the_next_answer_begins_afresh() -> None:
    speech = SpeechEnd()
    speech.begin(Patience())
    assert speech.heed(0.0, 11.0, 12.0) is Stage.SILENT
    speech.begin(Patience())
    assert speech.heed(0.0, 0.0, BLOCK) is Stage.WAITING
    assert speech.voice_begun is None
