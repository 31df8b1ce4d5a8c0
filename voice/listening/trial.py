"""Whether a model can be used: tried in a process of its own, which a damaged one may end."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from pathlib import Path

from voice.listening.ears import LOAD_LIMIT, PROGRAM, Ears, State
from voice.listening.messages import Report
from voice.listening.recogniser import BAD_MODEL


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why nobody can be heard with a model."""

    reason: str
    """A key of the catalogue `voice`, group `deaf`."""
    spoken: str = ""
    """The language it is of, where it is of another one than its place says, and that is known."""


def what_hinders(language: str, model: Path, program: tuple[str, ...] = PROGRAM) -> Hindrance | None:
    """None where it can be listened with. Takes as long as the model takes to load."""
    told: queue.SimpleQueue[tuple[int, Report | None]] = queue.SimpleQueue()
    ears = Ears(lambda life, report: told.put((life, report)), program)
    try:
        ends = time.monotonic() + LOAD_LIMIT
        ears.prepare(language, str(model), time.monotonic())
        while ears.state is State.LOADING:
            # A damaged model may also be read for ever, while the process goes on saying that it lives.
            _, report = told.get(timeout=max(ends - time.monotonic(), 0.0))
            if report is None:
                return Hindrance(BAD_MODEL)
            ears.take_note(report, time.monotonic())
        return Hindrance(ears.reason, ears.spoken) if ears.reason else None
    except queue.Empty:
        return Hindrance(BAD_MODEL)
    finally:
        ears.close()
