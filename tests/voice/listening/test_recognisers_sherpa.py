"""The second recogniser really listens: sherpa-onnx with a small streaming model, from stick to text."""

from __future__ import annotations

import json
from array import array
from importlib.util import find_spec
from math import pi, sin
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from tests.voice.listening.tiny_model import HIGH, LOW, make_tiny_model
from voice.install.shelf import Kind, Shelf
from voice.listening.recogniser import BAD_MODEL, SAMPLE_RATE, GrammarFault, ModelFault, load_recogniser

pytestmark = pytest.mark.skipif(find_spec("sherpa_onnx") is None, reason="sherpa-onnx is not installed")

SILENCE = bytes(SAMPLE_RATE)


def tone(pitch: int, seconds: float = 0.5) -> bytes:
    times = range(int(seconds * SAMPLE_RATE))
    return array("h", [int(8000 * sin(2 * pi * pitch * at / SAMPLE_RATE)) for at in times]).tobytes()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A low tone is 是, a high one 不."""
    return make_tiny_model(tmp_path / "stick", low="是", high="不")


@pytest.mark.parametrize("phrases", [None, ("是", "不是")])
def test_what_is_said_is_heard_while_it_is_said(model: Path, phrases: tuple[str, ...] | None) -> None:
    recogniser = load_recogniser(model)
    recogniser.begin(phrases)
    partials = []
    for sound in (SILENCE, tone(HIGH), tone(LOW), SILENCE):
        recogniser.feed(sound)
        partials.append(recogniser.partial())
    assert partials[0] == "" and recogniser.end().texts == ("不是",)
    assert all("不是".startswith(partial) for partial in partials)


def test_each_question_begins_anew_and_silence_is_nothing(model: Path) -> None:
    recogniser = load_recogniser(model)
    recogniser.begin(("是",))
    recogniser.feed(tone(LOW))
    assert recogniser.end().texts == ("是",)
    recogniser.begin(("是",))
    recogniser.feed(SILENCE)
    assert recogniser.end().texts == ()


def test_words_that_the_model_cannot_write_are_named(model: Path) -> None:
    recogniser = load_recogniser(model)
    recogniser.begin(("是", "好"))
    assert recogniser.missing == ("好",)
    with pytest.raises(GrammarFault):
        recogniser.begin(("好",))


def test_it_is_installed_from_a_stick_as_a_listening_model(model: Path, tmp_path: Path) -> None:
    given = ["voice", "install", "tiny", "--from", str(model), "--lang", "zh", "--agree", "--json"]
    ran = CliRunner().invoke(main, [*given, "--data", str(tmp_path / "box")])
    assert ran.exit_code == 0 and json.loads(ran.stdout)["kind"] == "model"
    installed = Shelf(tmp_path / "box" / "voices").first(Kind.MODEL, "zh")
    assert installed and installed.name == "tiny"


@pytest.mark.parametrize("lost", ["encoder.onnx", "decoder.onnx", "joiner.onnx"])
def test_a_model_that_is_not_whole_is_told_and_ends_nothing(model: Path, lost: str) -> None:
    (model / lost).unlink()
    with pytest.raises(ModelFault) as fault:
        load_recogniser(model)
    assert fault.value.reason == BAD_MODEL
