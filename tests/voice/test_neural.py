"""A better voice speaks where it is in time, knows every character, and is as fast as was asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.voice.tone_voice import make_tone_voice
from voice.engines import RATE_STEPS, EngineFault, Rendered, rendered_by
from voice.engines.neural import NeuralVoice, Punctual
from voice.engines.ready import patient_engines, ready_engines
from voice.fitting import Fitting
from voice.install.shelf import Kind, Note, Shelf
from voice.script import han

SENTENCE = "请把身份证放在读卡器上，读好以后您再拿走。"
WAIT = 20.0

needs_sherpa = pytest.mark.skipif(find_spec("sherpa_onnx") is None, reason="sherpa-onnx is not installed")


class Slow:
    """An engine that says a sentence when it is let."""

    name = "slow"

    def __init__(self) -> None:
        self.go = threading.Event()
        self.rendered: list[str] = []
        self.done = threading.Semaphore(0)

    def languages(self) -> frozenset[str]:
        return frozenset({"zh"})

    def voices(self) -> dict[str, str]:
        return {"zh": "slow"}

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        assert self.go.wait(WAIT)
        self.rendered.append(text)
        self.done.release()
        if "鱻" in text:
            raise EngineFault("unknown")
        return Rendered(b"\1\1" * 2205, 22050, ())


def until_said(engine: Punctual, text: str, heard: Callable[[], object]) -> None:
    """Until it is there without waiting."""
    for _ in range(100):
        try:
            engine.render(text, "zh", 4)
        except EngineFault:
            continue
        heard()
        return
    raise AssertionError("it never came")


def test_who_asks_is_not_kept_waiting_and_hears_the_better_voice_the_next_time() -> None:
    """K03: the quick voice speaks this one; the late sound is kept in memory."""
    slow = Slow()
    engine = Punctual(slow, budget=0.05)
    with pytest.raises(EngineFault):
        engine.render("您好", "zh", 4)
    slow.go.set()
    assert slow.done.acquire(timeout=WAIT)
    until_said(engine, "您好", lambda: None)
    assert slow.rendered == ["您好"]


def test_of_sentences_that_waited_only_the_newest_is_rendered() -> None:
    slow = Slow()
    engine = Punctual(slow, budget=0.01)
    for text in ("一", "二", "三", "四"):
        with pytest.raises(EngineFault):
            engine.render(text, "zh", 4)
    slow.go.set()
    until_said(engine, "四", lambda: None)
    assert slow.rendered == ["一", "四"]


def test_what_it_cannot_say_is_not_tried_again_and_again() -> None:
    slow = Slow()
    slow.go.set()
    engine = Punctual(slow, budget=WAIT)
    for _ in range(3):
        with pytest.raises(EngineFault):
            engine.render("鱻", "zh", 4)
    assert slow.rendered == ["鱻"]


@needs_sherpa
def test_it_is_as_fast_as_any_other_voice_at_each_of_the_seven_steps(tmp_path: Path) -> None:
    """K21: 100 to 200 characters a minute, and each step faster than the one before."""
    voice = NeuralVoice(make_tone_voice(tmp_path / "tone", SENTENCE), ("zh",))
    pace = [han(SENTENCE) / voice.render(SENTENCE, "zh", step).seconds * 60 for step in RATE_STEPS]
    assert pace == sorted(pace) and 85 < pace[0] < 110 and 140 < pace[3] < 170 and 175 < pace[6] < 210


@needs_sherpa
def test_each_character_has_its_mark_inside_the_sound(tmp_path: Path) -> None:
    voice = NeuralVoice(make_tone_voice(tmp_path / "tone", SENTENCE), ("zh",))
    sound = voice.render(SENTENCE, "zh", 4)
    assert len(sound.marks) == han(SENTENCE) and sound.rate == 22050
    assert [m.sample for m in sound.marks] == sorted(m.sample for m in sound.marks)
    assert all(m.sample < sound.samples for m in sound.marks)


@needs_sherpa
def test_a_character_it_does_not_know_is_never_left_out(tmp_path: Path) -> None:
    """The network passes over it without a word: half of a name would be said."""
    voice = NeuralVoice(make_tone_voice(tmp_path / "tone", SENTENCE), ("zh",))
    with pytest.raises(EngineFault):
        voice.render("请读，龑", "zh", 4)
    with pytest.raises(EngineFault):
        voice.render("请读WPS", "zh", 4)


@needs_sherpa
@pytest.mark.parametrize("lost", ["model.onnx", "tokens.txt"])
def test_a_folder_that_is_not_whole_is_no_voice(tmp_path: Path, lost: str) -> None:
    folder = make_tone_voice(tmp_path / "tone", SENTENCE)
    (folder / lost).unlink()
    with pytest.raises(EngineFault):
        NeuralVoice(folder, ("zh",))


@needs_sherpa
def test_an_installed_voice_goes_before_the_built_in_one_which_says_what_it_cannot(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "voices")
    workplace = shelf.workplace()
    folder = make_tone_voice(workplace / "tone", SENTENCE)
    shelf.put("tone", folder, Note(Kind.VOICE, ("zh",), "tests", "tone"))
    fitting = Fitting(voices=str(tmp_path / "voices"))
    engines = patient_engines(fitting)
    assert [engine.name.split()[0] for engine in engines] == ["sherpa-onnx", "eSpeak"]
    for words, by in ((SENTENCE, "sherpa"), ("王秀英", "eSpeak")):
        found = rendered_by(engines, words, "zh", 4)
        assert found and found[0].name.startswith(by)
    assert ready_engines(fitting, better=False)[0].voices() == {"zh": "tone"}
    fallen = rendered_by(ready_engines(fitting, better=False), SENTENCE, "zh", 4)
    assert fallen and fallen[0].name.startswith("eSpeak")
    another = patient_engines(Fitting(voices=str(tmp_path / "voices"), voice="another"))
    assert "tone" not in [engine.voices().get("zh") for engine in another]
