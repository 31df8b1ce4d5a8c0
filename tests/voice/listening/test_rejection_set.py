"""What is no answer is never taken for one where it counts: words, coughs, music, silence, own prompts.

The real recogniser with its Korean model hears each on a page that binds. Whatever it takes there is said
back, and the same noise would have to be taken for a yes once more.
"""

from __future__ import annotations

import random
import subprocess
from array import array
from collections.abc import Callable
from dataclasses import replace
from math import exp, pi, sin
from pathlib import Path

import pytest

from kiosk.flow.moves import Choose, SaidBack
from kiosk.flow.page import Choice, Page, PageKind
from kiosk.flow.pages.hearing import choice_words, said_back_page
from kiosk.ports import Understood, Unsure, Wished
from kiosk.text import Text
from tests.flow.residents import WORLD
from tests.voice.listening.korean_speech import QUIET, Say, hearer, korean, needs_korean, say, spoken
from tests.voice.listening.test_recognisers_korean import OTHER_WORDS
from voice.listening.asking import question_for
from voice.listening.hearer import Hearer
from voice.listening.recogniser import SAMPLE_RATE, Heard
from voice.listening.wave_file import read_wave
from voice.understanding import expectation, load_pack, understand

__all__ = ["hearer", "korean", "say"]
pytestmark = [needs_korean, pytest.mark.slow]

PACK = load_pack("ko")
CONSENT = Page(
    "consent:use",
    PageKind.CHOICE,
    Text({"zh": "请您拿主意", "en": "Your decision, please", "ko": "동의합니까?"}),
    choices=(
        Choice("yes", Text({"zh": "同意", "en": "I agree", "ko": "네"})),
        Choice("no", Text({"zh": "不同意", "en": "I do not agree", "ko": "아니요"})),
    ),
    binding=True,
)
PROMPTS = (
    "请您看一看，同意请说同意。",
    "您说的是一，对吗？",
    "请把身份证放在读卡器上。",
    "现在轮到您了，请慢慢说。",
)


def heard_as(hearer: Hearer, sound: bytes, on: Page) -> object:
    """What the page makes of it; None where nobody spoke."""
    expected = expectation(on, "ko")
    hearer.begin(question_for(expected, PACK))
    outcome = hearer.feed(sound + QUIET)
    return understand(outcome.texts, expected, PACK) if isinstance(outcome, Heard) else None


def counts(hearer: Hearer, sound: bytes) -> bool:
    """Does it give the consent, or refuse it: taken, said back, and agreed to by the same noise?"""
    taken = heard_as(hearer, sound, CONSENT)
    if not isinstance(taken, Understood):
        return False
    choice = next(choice for choice in CONSENT.choices if choice.id == taken.choice)
    words = Text({**choice_words(choice, 1, WORLD.texts).shown, "ko": "네, 맞습니까?"})
    asked_back = said_back_page(CONSENT, SaidBack((Choose(choice.id),), (words,), number=1), WORLD.texts)
    labels = ({"zh": "对", "en": "Right", "ko": "네"}, {"zh": "不对", "en": "Wrong", "ko": "아니요"})
    ways = tuple(Choice(one.id, Text(label)) for one, label in zip(asked_back.choices, labels, strict=True))
    return heard_as(hearer, sound, replace(asked_back, choices=ways)) == Understood(choice="yes")


def samples(wave: Callable[[float], float], seconds: float) -> bytes:
    """A sound, from its height (-1 to 1) at each moment."""
    heights = (wave(at / SAMPLE_RATE) for at in range(int(seconds * SAMPLE_RATE)))
    return array("h", [round(20000 * max(-1.0, min(1.0, height))) for height in heights]).tobytes()


def cough(chance: random.Random) -> bytes:
    """Two bursts of breath, each with a dull tone in it that dies away."""
    pitch, gap = chance.uniform(110, 260), chance.uniform(0.2, 0.4)

    def wave(at: float) -> float:
        since = at % gap
        return exp(-14 * since) * (0.7 * chance.uniform(-1, 1) + 0.5 * sin(2 * pi * pitch * since))

    return samples(wave, 2 * gap)


def music(chance: random.Random) -> bytes:
    """Chords with a tune above them, in the scale that folk songs here are made of."""
    scale = [262, 294, 330, 392, 440, 524]
    tune = [chance.choice(scale) for _ in range(16)]

    def wave(at: float) -> float:
        note = tune[int(at / 0.25) % len(tune)]
        fading = exp(-4 * (at % 0.25))
        over = sum(sin(2 * pi * note * part * at) / part for part in (1, 2, 3))
        return 0.35 * fading * over + 0.12 * (sin(2 * pi * 131 * at) + sin(2 * pi * 196 * at))

    return samples(wave, 4.0)


def by_espeak(words: str, language: str, file: Path) -> bytes:
    subprocess.run(["espeak-ng", "-v", language, "-s", "150", "-w", file, words], check=True)
    return read_wave(file)


def test_none_of_thirty_other_words_gives_or_refuses_a_consent(hearer: Hearer, say: Say) -> None:
    taken = [words for words in OTHER_WORDS if counts(hearer, say(words))]
    print("taken where it binds:", len(taken), "of", len(OTHER_WORDS))
    assert taken == []


@pytest.mark.parametrize("noise", [cough, music])
def test_no_cough_and_no_music_does(hearer: Hearer, noise: Callable[[random.Random], bytes]) -> None:
    chance = random.Random(noise.__name__)
    sounds = [noise(chance) for _ in range(10)]
    heard = [heard_as(hearer, sound, CONSENT) for sound in sounds]
    print(noise.__name__, "heard as a word:", sum(isinstance(h, (Understood, Wished, Unsure)) for h in heard))
    assert not any(counts(hearer, sound) for sound in sounds)


def test_a_minute_of_silence_is_nobody(hearer: Hearer) -> None:
    assert heard_as(hearer, QUIET * 60, CONSENT) is None


def test_the_kiosks_own_prompts_do_not_answer_for_the_person(hearer: Hearer, tmp_path: Path) -> None:
    """Should any of it get past the gate that shuts the microphone while it speaks."""
    file = tmp_path / "prompt.wav"
    prompts = [by_espeak(words, "cmn", file) for words in PROMPTS]
    prompts += [spoken("본인입니까 말씀하세요", file), by_espeak("Please say yes or no.", "en", file)]
    assert not any(counts(hearer, prompt) for prompt in prompts)
