"""The recogniser with a Mandarin model, where there is one: name its folder in KIOSK_ZH_MODEL.

eSpeak's Mandarin is too poor to be asked for; recordings of people are, in KIOSK_ZH_SPEECH: WAV files named
for what is expected and what is to be understood, such as `yesno=yes.wav` or `digits:11=13800138000.wav`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.cli._voice_listen import expected_of
from kiosk.ports import NotUnderstood, Understood
from voice.listening.asking import question_for
from voice.listening.detector import SileroDetector
from voice.listening.hear_file import hear
from voice.listening.hearer import Hearer, Nobody
from voice.listening.recogniser import SAMPLE_RATE, Heard, Recogniser, load_recogniser
from voice.listening.wave_file import read_wave
from voice.understanding import load_pack, understand

FOLDER = os.environ.get("KIOSK_ZH_MODEL", "")
SPEECH = Path(os.environ.get("KIOSK_ZH_SPEECH") or "/nonexistent")
pytestmark = pytest.mark.skipif(not FOLDER, reason="KIOSK_ZH_MODEL names no folder of a Mandarin model")


@pytest.fixture(scope="module")
def mandarin() -> Recogniser:
    return load_recogniser(Path(FOLDER))


@pytest.mark.parametrize(
    "expect",
    ["yesno", "options:存折,社保卡", "digits:11", "digits:18", "number", "money", "date", "commands"],
)
def test_nearly_all_that_may_be_said_is_in_words_of_the_model(mandarin: Recogniser, expect: str) -> None:
    question = question_for(expected_of(expect, "zh"), load_pack("zh"))
    assert question.phrases is not None
    mandarin.begin(question.phrases)
    print("not in the model:", mandarin.missing)
    assert len(mandarin.missing) <= len(question.phrases) // 20


def test_yes_no_and_every_figure_can_be_heard(mandarin: Recogniser) -> None:
    essential = [*"零一二三四五六七八九幺两", "是", "不是", "对", "不对", "好", "人工", "帮助"]
    mandarin.begin(essential)
    assert mandarin.missing == ()


def test_silence_is_nobody(mandarin: Recogniser) -> None:
    question = question_for(expected_of("yesno", "zh"), load_pack("zh"))
    outcome, _ = hear(bytes(22 * SAMPLE_RATE), Hearer(mandarin, SileroDetector()), question)
    assert outcome == Nobody()


@pytest.mark.parametrize("file", sorted(SPEECH.glob("*=*.wav")), ids=lambda file: file.stem)
def test_what_people_said_is_understood(mandarin: Recogniser, file: Path) -> None:
    expect, _, wanted = file.stem.partition("=")
    expected, pack = expected_of(expect, "zh"), load_pack("zh")
    sound = read_wave(file) + bytes(4 * SAMPLE_RATE)
    outcome, _ = hear(sound, Hearer(mandarin, SileroDetector()), question_for(expected, pack))
    answer = (
        understand(outcome.texts, expected, pack)
        if isinstance(outcome, Heard)
        else NotUnderstood(silent=True)
    )
    assert answer in (Understood(choice=wanted), Understood(typed=wanted))
