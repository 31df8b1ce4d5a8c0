"""The speaking process with a voice that hangs on a word: always, or only until the file HUNG is there."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from voice import child
from voice.engines import Engine, Rendered, ready

WORD = "Hang"
before = ready.ready_engines


@dataclass(frozen=True)
class Hanging:
    """A real voice but for that word."""

    real: Engine

    @property
    def name(self) -> str:
        return self.real.name

    def languages(self) -> frozenset[str]:
        return self.real.languages()

    def voices(self) -> dict[str, str]:
        return self.real.voices()

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        hung = Path(os.environ["HUNG"])
        if WORD in text and not (hung.name == "once" and hung.exists()):
            hung.touch()
            threading.Event().wait()
        return self.real.render(text, language, rate_step)


def engines(*given: object, **how: object) -> tuple[Engine, ...]:
    return tuple(Hanging(engine) for engine in before(*given, **how))  # type: ignore[arg-type]


ready.ready_engines = engines
child.main()
