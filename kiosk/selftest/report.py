"""The dated report: what was found, kept beside the store for whoever looks after the box."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from kiosk.catalogue import load_catalogue
from kiosk.selftest.finding import Finding, State
from kiosk.text import Text

_Read = TypeVar("_Read")

FOLDER = "checks"
BY_HAND = "tried"
"""The folder of the reports of what a person tried (`kiosk check --guided`)."""
KEPT = 60
"""Reports kept: two months of mornings."""


def record(findings: Sequence[Finding], at: datetime) -> dict[str, object]:
    """The report as plain data; nothing in it is about a person."""
    return {
        "at": at.isoformat(timespec="seconds"),
        "state": worst(findings),
        "findings": [*map(_line, findings)],
    }


def worst(findings: Sequence[Finding]) -> State:
    """The state of the whole box."""
    states = {one.state for one in findings}
    return next((state for state in (State.BAD, State.LOOK) if state in states), State.GOOD)


def outcome(findings: Sequence[Finding]) -> list[Text]:
    """The last lines: what has to be done, or that all is well."""
    texts = load_catalogue("box")
    found = {state: sum(one.state is state for one in findings) for state in (State.BAD, State.LOOK)}
    lines = [texts.text(f"report.some_{state}", count=count) for state, count in found.items() if count]
    return lines or [texts["report.all_good"]]


def keep(report: Mapping[str, object], folder: Path, at: datetime, kind: str = FOLDER) -> Path:
    """Written whole or not at all; the oldest go. Raises OSError."""
    place = folder / kind
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place / f"{at:%Y-%m-%d-%H%M%S}.json"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(fresh, path)
    for old in sorted(place.glob("*.json"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


@dataclass(frozen=True, slots=True)
class Kept:
    """What a kept report says, without its words."""

    at: datetime
    state: str
    parts: Mapping[str, str]
    """How each part was; of several of a kind, the worst."""


def latest(folder: Path, kind: str = FOLDER) -> Kept | None:
    """The newest report that can be read; None where there is none."""
    return _newest(folder, kind, _kept)


@dataclass(frozen=True, slots=True)
class Told:
    """A kept report with its words."""

    at: datetime
    findings: tuple[Finding, ...]


def latest_told(folder: Path, kind: str = FOLDER) -> Told | None:
    """The newest report that can be read, whole; None where there is none."""
    return _newest(folder, kind, _told)


def _told(told: Mapping[str, Any]) -> Told:
    return Told(datetime.fromisoformat(told["at"]), tuple(map(_found, told["findings"])))


def _found(line: Mapping[str, Any]) -> Finding:
    words = {key: str(line[key]) for key in line.keys() - {"part", "state"}}
    return Finding(line["part"], State(line["state"]), Text(words))


def _newest(folder: Path, kind: str, read: Callable[[Mapping[str, Any]], _Read]) -> _Read | None:
    for path in sorted((folder / kind).glob("*.json"), reverse=True):
        try:
            return read(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return None


def _kept(told: Mapping[str, Any]) -> Kept:
    parts: dict[str, str] = {}
    for one in told["findings"]:
        before = parts.get(one["part"], State.GOOD)
        parts[one["part"]] = max(before, one["state"], key=_RANK.index)
    return Kept(datetime.fromisoformat(told["at"]), told["state"], parts)


_RANK = [State.GOOD, State.LOOK, State.BAD]


def _line(one: Finding) -> dict[str, object]:
    return {"part": one.part, "state": one.state, **{key: one.words.shown[key] for key in one.words.shown}}
