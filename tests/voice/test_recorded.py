"""A person's voice: said where exactly that sentence was recorded, at exactly that speed."""

from __future__ import annotations

import wave
from array import array
from pathlib import Path

import pytest

from voice.engines import EngineFault
from voice.engines.marks import even_marks
from voice.engines.recorded import RecordedEngine, read_list

LIST = 'language = "zh"\n[[sentence]]\ntext = "您给谁办？"\nfile = "0001.wav"\n'


def record(path: Path, rate: int = 22050, channels: int = 1, seconds: float = 1.0) -> None:
    """Half a second of sound between two silences."""
    count = int(rate * seconds)
    samples = array("h", [9000 if count // 4 < at < count * 3 // 4 else 0 for at in range(count)])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes() * channels)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.toml").write_text(LIST, encoding="utf-8")
    record(tmp_path / "0001.wav")
    return tmp_path


def test_the_recorded_sentence_is_said_whatever_its_signs(folder: Path) -> None:
    engine = RecordedEngine(folder)
    for text in ("您给谁办？", "您给谁办。", "您 给谁办"):
        assert engine.render(text, "zh", 4).seconds == pytest.approx(1.0, abs=0.01)
    assert engine.languages() == {"zh"} and engine.voices() == {"zh": folder.name}


@pytest.mark.parametrize(
    ("text", "language", "rate"),
    [("您给谁办事？", "zh", 4), ("您给谁办？", "en", 4), ("您给谁办？", "zh", 3), ("您给谁办？", "zh", 5)],
)
def test_anything_else_is_left_to_the_next_voice(folder: Path, text: str, language: str, rate: int) -> None:
    """K21: who asked for slower speech hears slower speech."""
    with pytest.raises(EngineFault):
        RecordedEngine(folder).render(text, language, rate)


def test_a_list_may_have_slower_recordings_too(folder: Path) -> None:
    more = LIST + '[[sentence]]\ntext = "您给谁办？"\nfile = "slow.wav"\nrate = 2\n'
    (folder / "index.toml").write_text(more, encoding="utf-8")
    record(folder / "slow.wav", seconds=2.0)
    engine = RecordedEngine(folder)
    assert engine.render("您给谁办？", "zh", 2).seconds > 1.9 > engine.render("您给谁办？", "zh", 4).seconds


def test_the_words_are_marked_where_the_sound_is(folder: Path) -> None:
    sound = RecordedEngine(folder).render("您给谁办？", "zh", 4)
    assert len(sound.marks) == 4
    assert 0.2 < sound.marks[0].sample / sound.rate < 0.3 and sound.marks[-1].sample / sound.rate < 0.75


def test_silence_alone_has_marks_all_the_same() -> None:
    assert len(even_marks("您好", bytes(4000))) == 2 and even_marks("……", bytes(4000)) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        "nonsense",
        'language = "zh"\n',
        'language = "zh"\nsentence = []\n',
        'language = "zh"\n[[sentence]]\ntext = 5\nfile = "1.wav"\n',
        'language = "zh"\n[[sentence]]\ntext = "您好"\nfile = "../1.wav"\n',
        'language = "zh"\n[[sentence]]\ntext = "您好"\nfile = "/etc/1.wav"\n',
    ],
)
def test_a_list_that_cannot_be_used_is_no_voice(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "index.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(EngineFault):
        read_list(tmp_path)


def test_a_list_without_its_recordings_is_no_voice(folder: Path) -> None:
    (folder / "0001.wav").unlink()
    with pytest.raises(EngineFault):
        RecordedEngine(folder)


@pytest.mark.parametrize("how", ["damaged", "stereo", "endless"])
def test_a_recording_that_cannot_be_played_is_left_to_the_next_voice(folder: Path, how: str) -> None:
    engine = RecordedEngine(folder)
    if how == "damaged":
        (folder / "0001.wav").write_bytes(b"RIFF")
    else:
        record(folder / "0001.wav", **({"channels": 2} if how == "stereo" else {"rate": 1000, "seconds": 90}))
    with pytest.raises(EngineFault):
        engine.render("您给谁办？", "zh", 4)
