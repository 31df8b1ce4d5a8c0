"""Whether a model can be used: tried in a process of its own, which a damaged one may end."""

from __future__ import annotations

import queue
import time
from pathlib import Path

from voice.listening.ears import LOAD_LIMIT, PROGRAM, Ears, State
from voice.listening.messages import Report
from voice.listening.recogniser import BAD_MODEL


def what_hinders(language: str, model: Path, program: tuple[str, ...] = PROGRAM) -> str:
    """Why it cannot be listened with: a key of the catalogue `voice`, group `deaf`; empty where it can be.

    Takes as long as the model takes to load.
    """
    told: queue.SimpleQueue[tuple[int, Report | None]] = queue.SimpleQueue()
    ears = Ears(lambda life, report: told.put((life, report)), program)
    try:
        ears.prepare(language, str(model), time.monotonic())
        while ears.state is State.LOADING:
            _, report = told.get(timeout=LOAD_LIMIT)
            if report is None:
                return BAD_MODEL
            ears.take_note(report, time.monotonic())
        return ears.reason
    except queue.Empty:
        return BAD_MODEL
    finally:
        ears.close()
