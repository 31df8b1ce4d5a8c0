"""The log of a program: kinds and places of events, never a value (K46), never on the screen.

A program on a screen keeps a file of plain lines; programs without one tell JSON lines on standard error, for
journald or whatever collects them.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

_OURS = ("kiosk", "screens", "voice")
"""Loggers whose words were written with care; other libraries' may quote what somebody typed."""

LEVEL = "KIOSK_LOG"
"""The variable of the environment that says how much is told: debug, info or warning."""
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}
_WORD = re.compile(r"[a-z0-9_.-]{0,40}")
_DIGITS = re.compile(r"\d{6}")

log = logging.getLogger(__name__)

Fact = int | float | str


def happened(event: str, level: int = logging.INFO, **facts: Fact) -> None:
    """An event for whoever watches machines: its name, counts, durations, and names of kinds.

    Whatever else somebody should pass here is not told: a word that is not one of ours becomes "?".
    """
    told = {name: _told(fact) for name, fact in facts.items()}
    logging.getLogger("kiosk.events").log(level, "%s", event, extra={"facts": told})


def _told(fact: Fact) -> Fact:
    if not isinstance(fact, str):
        return round(fact, 3) if isinstance(fact, float) else fact
    return str(fact) if _WORD.fullmatch(fact) and not _DIGITS.search(fact) else "?"


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
        told = _words_of(record)
        if record.exc_info and record.exc_info[1]:
            told = f"{told}: {without_values(record.exc_info[1])}"
        known = {"name": record.name, "levelno": record.levelno, "levelname": record.levelname}
        return super().format(logging.makeLogRecord({**known, "created": record.created, "msg": told}))


def _words_of(record: logging.LogRecord) -> str:
    return record.getMessage() if _is_ours(record) else "reported something"


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS


class AsJson(logging.Formatter):
    """One JSON object a line: `at` (UTC), `level`, `event`, and what belongs to it.

    What was not told by `happened` is an event "message", with `from` and `what`, as in the plain log.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Fact] = {"at": at, "level": record.levelname.lower()}
        facts = getattr(record, "facts", None)
        if facts is None:
            told |= {"event": "message", "from": record.name, "what": _words_of(record)}
        else:
            told |= {"event": record.getMessage(), **facts}
        if record.exc_info and record.exc_info[1]:
            told["error"] = without_values(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def tell_events(stream: TextIO | None = None) -> None:
    """Tell events on standard error (or there) from now on, beside a file that `keep_events` keeps."""
    level = _LEVELS.get(os.environ.get(LEVEL, ""), logging.INFO)
    logging.raiseExceptions = False
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(AsJson())
    handler.setLevel(level)
    # what other libraries do is their own matter, until something is wrong
    handler.addFilter(lambda record: _is_ours(record) or record.levelno >= logging.WARNING)
    root = logging.getLogger()
    for one in root.handlers:
        one.setLevel(max(one.level, root.level))
    root.addHandler(handler)
    root.setLevel(min(level, root.level))


def show_no_traceback() -> None:
    """From now on an error that ends this program is its type and place, on the screen as in the log."""
    sys.excepthook = _uncaught


def show_what_ends_it() -> None:
    """As `show_no_traceback`, and on standard error although a file is kept: while there is no screen yet."""
    sys.excepthook = _uncaught_and_shown


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
    show_no_traceback()
    sys.unraisablehook = lambda raised: _note(raised.exc_value)
    threading.excepthook = lambda raised: _note(raised.exc_value)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _note(error)


def _uncaught_and_shown(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _note(error)
    print("unexpected", without_values(error), file=sys.stderr)


def _note(error: BaseException | None) -> None:
    if error is not None:
        log.error("unexpected %s", without_values(error))
