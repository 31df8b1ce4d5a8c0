"""`kiosk voice`: what it sounds like, without a screen."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main


def test_a_text_is_saved_as_a_wav_file_with_its_numbers_as_words(tmp_path: Path) -> None:
    out = tmp_path / "f.wav"
    ran = CliRunner().invoke(main, ["voice", "say", "您的号码是A017。", "--out", str(out), "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.output)["text"] == "您的号码是A 零幺七。"
    with wave.open(str(out)) as sound:
        assert sound.getnframes() / sound.getframerate() > 1.5


def test_where_it_cannot_write_it_says_so(tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        main, ["voice", "say", "hello", "--lang", "en", "--out", str(tmp_path / "no" / "f.wav")]
    )
    assert ran.exit_code == 1 and "cannot write" in ran.output


def test_without_a_sound_device_it_points_to_the_file_option(no_device: None) -> None:
    ran = CliRunner().invoke(main, ["voice", "say", "hello", "--lang", "en"])
    assert ran.exit_code == 1 and "--out" in ran.output


@pytest.mark.parametrize("wrong", [["--rate", "9"], ["--lang", "fr"]])
def test_wrong_use_is_exit_code_two(wrong: list[str]) -> None:
    assert CliRunner().invoke(main, ["voice", "say", "hello", *wrong]).exit_code == 2


@pytest.mark.parametrize("nothing", ["", "  ", "\x1b\n", "……"])
def test_where_there_is_nothing_to_say_the_voices_are_not_to_blame(nothing: str, tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["voice", "say", nothing, "--out", str(tmp_path / "f.wav")])
    assert ran.exit_code == 2 and "nothing" in ran.output
    assert not (tmp_path / "f.wav").exists()


def test_the_voices_are_listed_with_their_engine() -> None:
    ran = CliRunner().invoke(main, ["voice", "voices", "--json"])
    assert {voice["lang"] for voice in json.loads(ran.output)} == {"zh", "en"}
