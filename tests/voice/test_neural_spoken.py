"""A better voice from the shelf to the loudspeaker: loaded by sherpa-onnx, prepared, heard, cut, and done
without where it is damaged.
"""

from __future__ import annotations

import shutil
import time
from array import array
from collections.abc import Callable
from importlib.util import find_spec
from math import cos, hypot, pi, sin
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.page import Page, PageKind
from kiosk.text import same
from tests.voice.tone_voice import make_matcha_voice, make_tone_voice
from voice.engines import DEFAULT_RATE, RATE_STEPS, rendered_by
from voice.engines.cache import SpeechCache
from voice.engines.neural import NeuralVoice
from voice.engines.ready import patient_engines, ready_engines
from voice.fitting import Fitting
from voice.install.shelf import Kind, Note, Shelf
from voice.mouth import PROGRAM
from voice.prepare import Task, prepare
from voice.script import han

if TYPE_CHECKING:
    from tests.voice.conftest import Booth
    from tests.voice.sound_hall import Hall

SENTENCE = "请把身份证放在读卡器上，读好以后您再拿走。"
PAGE = Page("card", PageKind.CARD, same(SENTENCE))
TONE, RATE = 300, 22050
WAIT = 30.0
MAKERS = [make_tone_voice, make_matcha_voice]

pytestmark = pytest.mark.skipif(find_spec("sherpa_onnx") is None, reason="sherpa-onnx is not installed")
needs_hall = pytest.mark.skipif(
    not all(map(shutil.which, ("pulseaudio", "parec", "pacat", "pactl"))),
    reason="pulseaudio is not installed",
)


@pytest.fixture
def fitting(tmp_path: Path) -> Fitting:
    """A box with a matcha voice."""
    shelf = Shelf(tmp_path / "voices")
    made = make_matcha_voice(shelf.workplace() / "tone", SENTENCE)
    shelf.put("tone", made, Note(Kind.VOICE, ("zh",), "tests", "tone"))
    return Fitting(voices=str(tmp_path / "voices"), prepared=str(tmp_path / "prepared"))


@pytest.mark.parametrize("make", MAKERS)
def test_both_kinds_of_network_are_as_fast_as_was_asked_for(
    tmp_path: Path, make: Callable[[Path, str], Path]
) -> None:
    """K21: 100 to 200 characters a minute, and each step faster than the one before."""
    voice = NeuralVoice(make(tmp_path / "tone", SENTENCE), ("zh",))
    pace = [han(SENTENCE) / voice.render(SENTENCE, "zh", step).seconds * 60 for step in RATE_STEPS]
    assert pace == sorted(pace) and 85 < pace[0] < 110 and 175 < pace[6] < 210


def test_what_was_prepared_of_it_is_said_also_where_it_fell(fitting: Fitting) -> None:
    """It goes before eSpeak as long as its sentences last; of others eSpeak makes the best."""
    engines = patient_engines(fitting)
    tasks = [Task(words, "zh", DEFAULT_RATE) for words in (SENTENCE, "王秀英")]
    tally = prepare(tasks, engines, SpeechCache(Path(fitting.prepared)), lambda _tally: None)
    assert tally.made == 2
    fallen = ready_engines(fitting, better=False)
    names = [found[0].name for t in tasks if (found := rendered_by(fallen, t.text, "zh", t.rate))]
    assert [name.split()[0] for name in names] == ["sherpa-onnx", "eSpeak"]


@needs_hall
@pytest.mark.slow
def test_the_hall_hears_that_voice_and_then_silence_after_a_key(
    hall: Hall, booth: Booth, fitting: Fitting
) -> None:
    """K08: what a network says is cut like anything else."""
    engines = patient_engines(fitting)
    prepare([Task(SENTENCE, "zh", 7)], engines, SpeechCache(Path(fitting.prepared)), lambda _tally: None)
    speaker = booth.speaker(program=(*PROGRAM, *fitting.arguments()))
    speaker.present(PAGE, "zh")
    assert speaker.wait_quiet(WAIT)
    hall.listen_on(0.5)
    hall.tape = []
    begun = time.monotonic()
    speaker.present(PAGE, "zh")
    assert hall.wait_loud(begun)
    hall.listen_on(0.5)
    speaker.stop()
    hall.listen_on(0.5)
    samples = array("h", b"".join(block for _, block in hall.tape))
    loud = [at for at, sample in enumerate(samples) if abs(sample) > 300]
    assert share_of(TONE, samples[loud[0] : loud[-1]]) > 0.9
    hall.loudest = 0
    hall.listen_on(0.5)
    assert hall.loudest == 0


@pytest.mark.parametrize("lost", ["model-steps-3.onnx", "hifigan.onnx", "tokens.txt", "lexicon.txt"])
def test_a_voice_that_was_damaged_since_leaves_the_page_to_the_built_in_one(
    booth: Booth, fitting: Fitting, lost: str
) -> None:
    """At worst the speaking process falls once, and starts again without it."""
    (Path(fitting.voices) / "tone" / lost).write_bytes(b"damaged")
    speaker = booth.speaker(program=(*PROGRAM, *fitting.arguments()))
    for _ in range(2):
        speaker.present(PAGE, "zh")
        assert speaker.wait_quiet(WAIT)
    assert [line["event"] for line in booth.log()][-2:] == ["start", "end"] and speaker.child


def share_of(pitch: int, samples: array[int]) -> float:
    """Of all the sound."""
    turns = [2 * pi * pitch * at / RATE for at in range(len(samples))]
    waves = ([wave(turn) for turn in turns] for wave in (sin, cos))
    strength = hypot(*(sum(s * w for s, w in zip(samples, wave, strict=True)) for wave in waves))
    power = sum(sample * sample for sample in samples)
    return 2 * strength**2 / (power * len(samples))
