"""pyttsx3 as a renderer, for systems where our own binding does not work.

Only `save_to_file`, once per fresh engine: its own playback cannot be stopped, and the
file mode stays switched on for whatever comes next.
"""

from __future__ import annotations

import io
import os
import tempfile
import wave
from contextlib import redirect_stdout
from pathlib import Path
from threading import Event
from typing import Any

from voice.engines import EngineFault, Rendered, words_a_minute
from voice.engines.marks import even_marks
from voice.engines.pinyin import to_pinyin

_PINYIN_VOICE = "cmn-latn-pinyin"
_BROKEN_VOICES = ("cmn",)
"""Voices that say Mandarin as English (Debian's eSpeak NG 1.51)."""


_LONGEST_WAIT = 1.5
"""Seconds: short of those after which an engine counts as hung."""


class PyttsxEngine:
    """Whatever voices the system has."""

    def __init__(self) -> None:
        engine = _fresh_engine()
        self._voices: dict[str, str] = {}
        for voice in engine.getProperty("voices") or ():
            language = _language(voice)
            if language and (language not in self._voices or _PINYIN_VOICE in voice.id):
                self._voices[language] = voice.id
        if not self._voices:
            raise EngineFault("pyttsx3 finds no voice for our languages")

    @property
    def name(self) -> str:
        return "pyttsx3"

    def languages(self) -> frozenset[str]:
        return frozenset(self._voices)

    def voices(self) -> dict[str, str]:
        """The voice used for each language."""
        return dict(self._voices)

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        if language not in self._voices:
            raise EngineFault(f"no voice for {language}")
        voice = self._voices[language]
        line = to_pinyin(text).line if _PINYIN_VOICE in voice else text
        engine = _fresh_engine()
        engine.setProperty("voice", voice)
        engine.setProperty("rate", words_a_minute(language, rate_step))
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            path = Path(folder) / "speech.wav"
            written = Event()
            engine.connect(
                "finished-utterance", lambda completed, name=None: written.set() if completed else None
            )
            with redirect_stdout(io.StringIO()):
                engine.save_to_file(line, str(path))
                engine.runAndWait()
                # It returns before its own thread has written the file.
                written.wait(_LONGEST_WAIT)
            pcm, rate = _read_wave(path)
        return Rendered(pcm, rate, even_marks(text, pcm))


def _fresh_engine() -> Any:
    """A new engine each time: `pyttsx3.init` would hand out the old one."""
    try:
        from pyttsx3.engine import Engine  # type: ignore[import-untyped]

        return Engine(None, False)
    except (ImportError, OSError, RuntimeError) as fault:
        raise EngineFault("pyttsx3 does not start") from fault


def _memory() -> str | None:
    """A folder in memory where there is one: what a person hears should not reach a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _language(voice: Any) -> str | None:
    tags = {str(tag).lower() for tag in voice.languages or ()} | {voice.id.lower().rpartition("/")[2]}
    if tags & set(_BROKEN_VOICES):
        return None
    if any(tag.startswith(("zh", "cmn")) for tag in tags):
        return "zh"
    return "en" if any(tag.startswith(("en-us", "en_us")) or tag == "en" for tag in tags) else None


def _read_wave(path: Path) -> tuple[bytes, int]:
    try:
        with wave.open(str(path), "rb") as sound:
            if sound.getsampwidth() != 2 or sound.getnchannels() != 1:
                raise EngineFault("pyttsx3 made sound in a form that we do not play")
            return sound.readframes(sound.getnframes()), sound.getframerate()
    except (OSError, wave.Error, EOFError) as fault:
        raise EngineFault("pyttsx3 made no sound") from fault
