"""Sentences that were rendered beforehand, in a folder. Speaking only reads it.

Nothing personal can get into it: it is filled by `kiosk voice prepare` alone, which runs without a person.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path

from voice.engines import Engine, Mark, Rendered
from voice.engines.pinyin import to_pinyin

FORMAT = 1
"""Counts up when the files or their sound change; older ones are then rendered anew."""
_ENDING = ".speech"


class SpeechCache:
    """One file a sentence: a line that describes the sound, then the samples."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> Rendered | None:
        """The sentence of that key; None where it is missing or damaged."""
        try:
            header, _, pcm = self._path(key).read_bytes().partition(b"\n")
            told = json.loads(header)
            if told["pcm"] != hashlib.sha256(pcm).hexdigest():
                return None
            return Rendered(pcm, int(told["rate"]), tuple(Mark(*mark) for mark in told["marks"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, sound: Rendered) -> int:
        """Put it there, whole or not at all; the bytes it takes. Raises OSError."""
        marks = [[mark.sample, mark.start, mark.length] for mark in sound.marks]
        told = {"rate": sound.rate, "marks": marks, "pcm": hashlib.sha256(sound.pcm).hexdigest()}
        content = json.dumps(told).encode() + b"\n" + sound.pcm
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, half = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            os.replace(half, path)
        except OSError:
            with suppress(OSError):
                os.unlink(half)
            raise
        return len(content)

    def sweep(self, wanted: Container[str]) -> int:
        """Take away what no sentence of today calls for, and halves of a run that was cut; how many."""
        old = [path for path in self._files() if path.suffix != _ENDING or path.stem not in wanted]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def size(self) -> int:
        """Bytes that all of it takes."""
        return sum(path.stat().st_size for path in self._files())

    def _files(self) -> Iterator[Path]:
        return (path for path in self._folder.glob("*/*") if path.is_file())

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}{_ENDING}"


def key_of(engine: Engine, text: str, language: str, rate_step: int) -> str:
    """A name for this sentence by this voice at this speed: another one as soon as any of it changes, also
    how a character is read."""
    reading = to_pinyin(text).line if language == "zh" else ""
    voice = engine.voices().get(language, "")
    parts = (FORMAT, engine.name, voice, language, rate_step, text, reading)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


class Prepared:
    """An engine that says what was prepared of it without rendering it again."""

    def __init__(self, engine: Engine, cache: SpeechCache) -> None:
        self._engine, self._cache = engine, cache

    @property
    def name(self) -> str:
        return self._engine.name

    def languages(self) -> frozenset[str]:
        return self._engine.languages()

    def voices(self) -> dict[str, str]:
        """The voice used for each language."""
        return self._engine.voices()

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        found = self._cache.find(key_of(self._engine, text, language, rate_step))
        return found or self._engine.render(text, language, rate_step)
