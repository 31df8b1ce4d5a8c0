"""Service files from disk: a Service, or the list of what is wrong with the file."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.catalogue import load_catalogue
from kiosk.services.check import Finding, check_service
from kiosk.services.check.shape import shape_faults
from kiosk.services.check.spelling import slips
from kiosk.services.include import BadInclude, Origins, Written, expand
from kiosk.services.model import Service
from kiosk.services.positions import Part, Position, PositionIndex
from kiosk.services.problem import Problem
from kiosk.services.question import FIXED_OPTIONS, FieldKind
from kiosk.services.signing import signed_off

GROUPS_FILE = "groups.toml"
"""The names of the groups that services are listed in; not a service."""
_WORDED = {"kind", "wanted"}
"""Values of a message that have words of their own: keys of the catalogue's groups of the same name."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The services that can be offered, and what is wrong with the others."""

    services: Mapping[str, Service]
    problems: tuple[Problem, ...]


def load_service(path: Path) -> Service | tuple[Problem, ...]:
    """Read one service file, and check all that a resident could stumble over."""
    try:
        read = _read(path.read_bytes(), path)
    except OSError:
        return (_not_text(path),)
    if not isinstance(read, _Sound):
        return read
    return read.told(check_service(read.service)) or read.service


def look_over(path: Path, today: datetime.date | None = None) -> tuple[Service | None, tuple[Problem, ...]]:
    """For whoever writes it: the service where it can be loaded, and everything there is to say about it.

    Slower than `load_service`: every path is walked, every sentence measured. What depends on the day
    (ages, an offer that is over) is seen from `today`.
    """
    try:
        return look_over_source(path.read_bytes(), path, today)
    except OSError:
        return None, (_not_text(path),)


def look_over_source(
    source: bytes, path: Path, today: datetime.date | None = None
) -> tuple[Service | None, tuple[Problem, ...]]:
    """The same for what would stand at `path`."""
    from kiosk.services.check.closely import check_closely, check_words

    read = _read(source, path)
    if not isinstance(read, _Sound):
        return None, read
    day = today or datetime.date.today()  # noqa: DTZ011 - the calendar on the wall of whoever writes
    faults = list(check_service(read.service))
    if faults:
        return None, read.told([*faults, *check_words(read.service, day)])
    return read.service, read.told(check_closely(read.service, day))


def _problem(
    file: Written, code: str, at: Position, values: Mapping[str, Any], path: tuple[Part, ...] = ()
) -> Problem:
    texts = load_catalogue("check")
    given = {name: texts[f"{name}.{v}"] if name in _WORDED else v for name, v in values.items()}
    what, fix = (texts.text(f"{code}.{part}", **given) for part in ("what", "fix"))
    return Problem(file.name, at.line, at.column, code, what, fix, file.index.line(at.line), path)


@dataclass(frozen=True, slots=True)
class _Sound:
    """A file whose shape is right, with where everything in it stands."""

    service: Service
    origins: Origins

    def told(self, findings: Iterable[Finding]) -> tuple[Problem, ...]:
        """The findings as problems, in the order of the lines, the file's own first."""
        return _told(findings, self.origins)


def _told(findings: Iterable[Finding], origins: Origins) -> tuple[Problem, ...]:
    problems = []
    for code, path, values in findings:
        file, there = origins.find(path)
        problems.append(_problem(file, code, file.index.find(there), values, there))
    own = origins.own.name
    return tuple(sorted(problems, key=lambda p: (p.file != own, p.file, p.line, p.column, p.code)))


def problem_at(source: bytes, path: Path, code: str, key: tuple[Part, ...]) -> Problem:
    """A problem of a file that was read, at one of its keys."""
    file = Written(path.name, PositionIndex(source.decode("utf-8-sig")))
    return _problem(file, code, file.index.find(key), {}, key)


def _not_text(path: Path) -> Problem:
    return _problem(Written(path.name, PositionIndex("")), "E103", Position(1, 1), {})


def _read(written: bytes, path: Path) -> _Sound | tuple[Problem, ...]:
    """A file that can be parsed and has the right shape, or what is wrong with it."""
    try:
        source = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (_not_text(path),)
    own = Written(path.name, PositionIndex(source))
    try:
        document = tomllib.loads(source.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as fault:  # also a number too long, tables too deep
        return _slips(str(fault), own)
    try:
        origins = expand(document, own, path.parent)
    except BadInclude as bad:
        told = _problem(bad.file, bad.code, bad.file.index.find(bad.path), bad.values, bad.path)
        return (told, *(_slips(bad.message, bad.block) if bad.block else ()))
    _give_fixed_options(document)
    try:
        return _Sound(Service.model_validate(document), origins)
    except ValidationError as fault:
        return _told(shape_faults(fault, document), origins)


def _slips(message: str, file: Written) -> tuple[Problem, ...]:
    return tuple(_problem(file, slip.code, slip.at, slip.values) for slip in slips(message, file.index))


def load_shelf(*folders: Path) -> Shelf:
    """All services of a folder. A broken one is left out and named; the others still run.

    Of several folders an earlier one counts before a later one: who is in both stands in the first alone.
    """
    shelves = [_load_folder(folder) for folder in folders]
    services: dict[str, Service] = {}
    for shelf in shelves:
        services.update({name: one for name, one in shelf.services.items() if name not in services})
    return Shelf(services, tuple(problem for shelf in shelves for problem in shelf.problems))


def _load_folder(folder: Path) -> Shelf:
    services: dict[str, Service] = {}
    problems: list[Problem] = []
    for path in service_files(folder):
        outcome = load_service(path)
        if not isinstance(outcome, Service):
            problems.extend(outcome)
        elif outcome.id in services:
            file = Written(path.name, PositionIndex(path.read_text(encoding="utf-8-sig")))
            problems.append(_problem(file, "E301", file.index.find(("id",)), {"key": outcome.id}, ("id",)))
        else:
            services[outcome.id] = outcome
    return Shelf(services, tuple(problems))


def service_files(folder: Path) -> list[Path]:
    """The service files of a folder, without the list of its groups."""
    return sorted(path for path in folder.glob("*.toml") if path.name != GROUPS_FILE)


def offered(shelf: Shelf, today: datetime.date, *, unsigned: bool = False) -> dict[str, Service]:
    """What can be applied for today: live and signed off, in their time. `unsigned` (a demo): drafts, too."""
    return {
        service.id: service
        for service in shelf.services.values()
        if (unsigned or (service.status == "live" and signed_off(service)))
        and service.valid.start <= today
        and (service.valid.end is None or today <= service.valid.end)
    }


def _give_fixed_options(document: dict[str, Any]) -> None:
    """Questions whose options are always the same get the catalogue's words, unless they have their own."""
    questions = _tables(document.get("question"))
    for question in [*questions, *(item for q in questions for item in _tables(q.get("item")))]:
        kind = question.get("type")
        if isinstance(kind, str) and kind in FIXED_OPTIONS and "options" not in question:
            fixed = FieldKind(kind)
            question["options"] = [_worded(fixed, value) for value in FIXED_OPTIONS[fixed]]


def _tables(entries: Any) -> list[dict[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _worded(kind: FieldKind, value: str) -> dict[str, str]:
    keys = {
        FieldKind.YES_NO: f"common.{value}",
        FieldKind.DOCUMENT: f"document.{value}",
        FieldKind.RECORD: f"record.{value}",
    }
    text = load_catalogue("resident")[keys[kind]]
    return {"value": value, "zh": text.show("zh"), "en": text.show("en"), "say_zh": text.say("zh")}
