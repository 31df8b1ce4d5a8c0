"""A human voice, sentence by sentence: a folder of WAV files and a list of what is said in them.

    language = "zh"
    [[sentence]]
    text = "您给谁办？"
    file = "0001.wav"

`rate` (of the whole list or of one sentence) is the speed it was spoken at; without it, the middle one.
At another speed the next engine speaks: a person who asked for slower speech has to hear slower speech.
"""

from __future__ import annotations

import tomllib
import wave
from dataclasses import dataclass
from pathlib import Path

from voice.engines import DEFAULT_RATE, EngineFault, Rendered
from voice.engines.marks import even_marks

LIST = "index.toml"
LONGEST_SECONDS = 60
"""A longer file is no sentence."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One sentence as somebody spoke it."""

    text: str
    language: str
    path: Path
    rate: int = DEFAULT_RATE


def read_list(folder: Path) -> tuple[Recording, ...]:
    """What was recorded. Raises EngineFault where the list cannot be used."""
    try:
        document = tomllib.loads((folder / LIST).read_text(encoding="utf-8-sig"))
        language, rate = document["language"], document.get("rate", DEFAULT_RATE)
        entries = document["sentence"]
        found = tuple(_recording(folder, n, entry, language, rate) for n, entry in enumerate(entries, 1))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise EngineFault(f"{LIST} cannot be used: {type(fault).__name__}") from fault
    if not found:
        raise EngineFault(f"{LIST} names no sentence")
    return found


def _recording(folder: Path, number: int, entry: dict[str, object], language: str, rate: int) -> Recording:
    text, file, own = entry["text"], entry["file"], entry.get("rate", rate)
    if not (
        isinstance(text, str) and isinstance(file, str) and isinstance(own, int) and isinstance(language, str)
    ):
        raise EngineFault(f"{LIST}, sentence {number}: text and file are texts in quotes, rate is a number")
    if Path(file).name != file:
        raise EngineFault(f"{LIST}, sentence {number}: the file lies beside the list")
    return Recording(text, language, folder / file, own)


class RecordedEngine:
    """Says what was recorded, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found = {
            (_words(one.text), one.language, one.rate): one for one in read_list(folder) if one.path.is_file()
        }
        if not self._found:
            raise EngineFault("none of the recordings is there")

    @property
    def name(self) -> str:
        return "recordings"

    def languages(self) -> frozenset[str]:
        return frozenset(language for _, language, _ in self._found)

    def voices(self) -> dict[str, str]:
        """The folder of the recordings, for each language."""
        return dict.fromkeys(sorted(self.languages()), self._folder.name)

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        one = self._found.get((_words(text), language, rate_step))
        if one is None:
            raise EngineFault("not recorded")
        pcm, rate = read_wave(one.path)
        return Rendered(pcm, rate, even_marks(text, pcm))


def _words(text: str) -> str:
    """What is heard of it: signs may be written otherwise."""
    return "".join(character.lower() for character in text if character.isalnum())


def read_wave(path: Path) -> tuple[bytes, int]:
    """Samples and their rate. Raises EngineFault for what is not 16-bit mono."""
    try:
        with wave.open(str(path), "rb") as sound:
            if sound.getsampwidth() != 2 or sound.getnchannels() != 1:
                raise EngineFault("a recording is not 16-bit mono")
            if sound.getnframes() > LONGEST_SECONDS * sound.getframerate():
                raise EngineFault("a recording is longer than a sentence")
            return sound.readframes(sound.getnframes()), sound.getframerate()
    except (OSError, wave.Error, EOFError) as fault:
        raise EngineFault("a recording cannot be read") from fault
