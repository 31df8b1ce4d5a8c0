"""Which engines speak on this machine."""

from __future__ import annotations

from voice.engines import Engine, first_working
from voice.engines.espeak import EspeakEngine
from voice.engines.pyttsx import PyttsxEngine


def ready_engines() -> tuple[Engine, ...]:
    """Our own binding, else pyttsx3; never both, which may be two versions of one library.

    Empty where nothing works: captions only.
    """
    return first_working([EspeakEngine]) or first_working([PyttsxEngine])
