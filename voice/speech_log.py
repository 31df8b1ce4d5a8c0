"""What was heard, line by line, for tests and the demo; never elsewhere, for it holds what people hear."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from voice.utterances import Utterance

VARIABLE = "KIOSK_SPEECH_LOG"
NO_DEVICE = "none"
Event = Literal["start", "end", "cut"]


class SpeechLog:
    """Appends one JSON line an event."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._file = os.fdopen(descriptor, "a", encoding="utf-8", errors="replace", buffering=1)

    def write(self, utterance: Utterance, event: Event, device: str | None) -> None:
        """A full disk costs the line, never the voice."""
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "screen": utterance.screen,
            "lang": utterance.language,
            "text": utterance.words,
            "event": event,
            "device": device or NO_DEVICE,
        }
        with suppress(OSError):
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def close(self) -> None:
        with suppress(OSError):
            self._file.close()


def speech_log(environment: Mapping[str, str], *, demo: bool) -> SpeechLog | None:
    """The log that the environment asks for. Raises ValueError where it is asked for outside demo mode."""
    path = environment.get(VARIABLE)
    if not path:
        return None
    if not demo:
        raise ValueError(f"{VARIABLE} works in demo mode only: the log would keep what people hear")
    return SpeechLog(Path(path))
