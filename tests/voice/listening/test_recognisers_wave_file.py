"""A file is heard as the microphone would have given it, whatever it was recorded with."""

from __future__ import annotations

import wave
from array import array
from math import pi, sin
from pathlib import Path

import pytest

from voice.listening.wave_file import WaveFault, read_wave, resampled


def tone(hertz: float, rate: int, seconds: float = 0.5, loudness: int = 10000) -> array[int]:
    return array("h", [round(loudness * sin(2 * pi * hertz * n / rate)) for n in range(int(rate * seconds))])


def loudness(samples: array[int], hertz: float) -> float:
    """Of one tone in the middle of a sound at 16 kHz, where nothing of its edges is."""
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    turn = [2 * pi * hertz * n / 16000 for n in range(len(middle))]
    real = sum(value * sin(angle) for value, angle in zip(middle, turn, strict=True))
    other = sum(value * sin(angle + pi / 2) for value, angle in zip(middle, turn, strict=True))
    return float(2 * (real**2 + other**2) ** 0.5 / len(middle))


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000])
def test_a_voice_keeps_its_pitch_and_loudness_at_any_rate(rate: int) -> None:
    made = resampled(tone(1000, rate), rate, 16000)
    assert len(made) == pytest.approx(8000, abs=2)
    assert loudness(made, 1000) == pytest.approx(10000, rel=0.02)


@pytest.mark.parametrize("rate", [44100, 48000])
def test_what_16_khz_cannot_hold_does_not_come_back_as_another_tone(rate: int) -> None:
    made = resampled(tone(11000, rate), rate, 16000)
    assert max(map(abs, made[400:-400])) < 100


def test_the_loudest_sound_is_not_turned_over() -> None:
    made = resampled(array("h", [32767, -32768] * 2000), 48000, 16000)
    assert max(made) <= 32767 and min(made) >= -32768


def write(path: Path, frames: bytes, *, rate: int = 16000, width: int = 2, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(frames)
    return path


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_samples_of_any_width_are_read(tmp_path: Path, width: int) -> None:
    values = [0, 64, -64, 127, -128]
    if width == 1:
        frames = bytes(value + 128 for value in values)
    else:
        frames = b"".join(
            (value << 8 * (width - 1)).to_bytes(width, "little", signed=True) for value in values
        )
    pcm = read_wave(write(tmp_path / "f.wav", frames, width=width))
    assert array("h", pcm).tolist() == [value << 8 for value in values]


def test_two_channels_become_one(tmp_path: Path) -> None:
    frames = array("h", [100, 300, -100, -300]).tobytes()
    assert array("h", read_wave(write(tmp_path / "f.wav", frames, channels=2))).tolist() == [200, -200]


def test_a_file_that_stops_in_the_middle_of_a_sample_is_read_up_to_there(tmp_path: Path) -> None:
    path = write(tmp_path / "f.wav", bytes(2000))
    path.write_bytes(path.read_bytes()[:-1001])
    assert len(read_wave(path)) in (998, 1000)


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"RIFF\0\0\0\0WAVE"])
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f.wav"
    path.write_bytes(content)
    with pytest.raises(WaveFault):
        read_wave(path)


def test_a_file_without_any_sound_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WaveFault):
        read_wave(write(tmp_path / "f.wav", b""))
