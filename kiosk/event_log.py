"""The log of a program on a screen: kinds and places of events, never a value (K46), never on the screen."""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_OURS = ("kiosk", "screens", "voice")
"""Loggers whose words were written with care; other libraries' may quote what somebody typed."""

log = logging.getLogger(__name__)


def without_values(error: BaseException) -> str:
    """An error for the log: its type and where it came from. Its message might hold what somebody typed."""
    inner = getattr(error, "error", None)
    if isinstance(inner, Exception):
        error = inner  # what a failed worker of the screens carries
    trace = traceback.extract_tb(error.__traceback__)[-4:]
    places = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in trace)
    return " ".join([type(error).__name__, "at", *places])


class WithoutValues(logging.Formatter):
    """One line a record. Of an exception its type and place, of another library's only that it came."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        told = record.getMessage() if record.name.partition(".")[0] in _OURS else "reported something"
        if record.exc_info and record.exc_info[1]:
            told = f"{told}: {without_values(record.exc_info[1])}"
        known = {"name": record.name, "levelno": record.levelno, "levelname": record.levelname}
        return super().format(logging.makeLogRecord({**known, "created": record.created, "msg": told}))


def keep_events(path: Path) -> None:
    """Log to this file from now on, with nothing on the screen, whatever fails and wherever.

    Where the file cannot be written there is no log: that is no reason for a screen to stay dark.
    """
    logging.raiseExceptions = False
    handler: logging.Handler = logging.NullHandler()
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(WithoutValues())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda raised: _note(raised.exc_value)
    threading.excepthook = lambda raised: _note(raised.exc_value)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _note(error)


def _note(error: BaseException | None) -> None:
    if error is not None:
        log.error("unexpected %s", without_values(error))
