"""Service files from disk: a Service, or the list of what is wrong with the file."""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from kiosk.catalogue import load_catalogue
from kiosk.services.check import Finding, check_closely, check_service
from kiosk.services.include import BadInclude, Origins, Written, expand
from kiosk.services.model import Service
from kiosk.services.positions import Part, Position, PositionIndex
from kiosk.services.problem import Problem
from kiosk.services.question import FIXED_OPTIONS, FieldKind
from kiosk.services.signing import signed_off

_FULL_WIDTH = dict(zip("＝“”‘’［］｛｝，", "=\"\"''[]{},", strict=True))
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_MISSING = {"missing"}
GROUPS_FILE = "groups.toml"
"""The names of the groups that services are listed in; not a service."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The services that can be offered, and what is wrong with the others."""

    services: Mapping[str, Service]
    problems: tuple[Problem, ...]


def _problem(file: Written, code: str, at: Position, **values: Any) -> Problem:
    texts = load_catalogue("check")
    what, fix = (texts.text(f"{code}.{part}", **values) for part in ("what", "fix"))
    return Problem(file.name, at.line, at.column, code, what, fix, file.index.line(at.line))


def load_service(path: Path) -> Service | tuple[Problem, ...]:
    """Read one service file, and check all that a resident could stumble over."""
    read = _read(path)
    if not isinstance(read, _Sound):
        return read
    problems = read.told(check_service(read.service))
    return problems or read.service


def look_over(path: Path) -> tuple[Service | None, tuple[Problem, ...]]:
    """For whoever writes it: the service where it can be used, and everything there is to say about it.

    Slower than `load_service`: every path is walked, every sentence measured.
    """
    read = _read(path)
    if not isinstance(read, _Sound):
        return None, read
    faults = read.told(check_service(read.service))
    if faults:
        return None, faults
    remarks = read.told(check_closely(read.service))
    return read.service, remarks


@dataclass(frozen=True, slots=True)
class _Sound:
    """A file whose shape is right, with where everything in it stands."""

    service: Service
    origins: Origins

    def told(self, findings: Iterable[Finding]) -> tuple[Problem, ...]:
        """The findings as problems, in the order of the lines, the file's own first."""
        problems = []
        for code, path, values in findings:
            file, at = self.origins.find(path)
            problems.append(_problem(file, code, at, **values))
        own = self.origins.own.name
        return tuple(sorted(problems, key=lambda p: (p.file != own, p.file, p.line, p.column)))


def _read(path: Path) -> _Sound | tuple[Problem, ...]:
    """A file that can be parsed and has the right shape, or what is wrong with it."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return (_problem(Written(path.name, PositionIndex("")), "E103", Position(1, 1)),)
    own = Written(path.name, PositionIndex(source))
    try:
        document = tomllib.loads(source.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as fault:  # also a number too long, tables too deep
        return (_typing_fault(str(fault), own),)
    try:
        origins = expand(document, own, path.parent)
    except BadInclude as bad:
        return (_problem(bad.file, bad.code, bad.at, **bad.values),)
    _give_fixed_options(document)
    try:
        return _Sound(Service.model_validate(document), origins)
    except ValidationError as fault:
        return tuple(sorted(_shape_faults(fault, document, origins), key=lambda p: (p.line, p.column)))


def load_shelf(folder: Path) -> Shelf:
    """All services of a folder. A broken one is left out and named; the others still run."""
    services: dict[str, Service] = {}
    problems: list[Problem] = []
    for path in service_files(folder):
        outcome = load_service(path)
        if not isinstance(outcome, Service):
            problems.extend(outcome)
        elif outcome.id in services:
            file = Written(path.name, PositionIndex(path.read_text(encoding="utf-8-sig")))
            problems.append(_problem(file, "E301", file.index.find(("id",)), key=outcome.id))
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
        values = FIXED_OPTIONS.get(question.get("type"))  # type: ignore[arg-type]
        if values and "options" not in question:
            question["options"] = [_worded(question["type"], value) for value in values]


def _tables(entries: Any) -> list[dict[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _worded(kind: str, value: str) -> dict[str, str]:
    group = "common" if kind == FieldKind.YES_NO else kind
    text = load_catalogue("resident")[f"{group}.{value}"]
    return {"value": value, "zh": text.show("zh"), "en": text.show("en"), "say_zh": text.say("zh")}


def _typing_fault(message: str, file: Written) -> Problem:
    index = file.index
    found = _AT.search(message)
    end = index.last_line if "end of document" in message else 1
    line, column = (int(found.group(1)), int(found.group(2))) if found else (end, 1)
    # The parser stops at or just after the slip: look on its line, then on the one before.
    for number in (line, line - 1):
        bare = re.sub(r'"[^"]*"', lambda m: " " * len(m.group()), index.line(number)).split("#")[0]
        for mark, plain in _FULL_WIDTH.items():
            if mark in bare:
                return _problem(file, "E101", Position(number, bare.index(mark) + 1), mark=mark, plain=plain)
    return _problem(file, "E102", Position(line, column))


def _shape_faults(fault: ValidationError, document: dict[str, Any], origins: Origins) -> list[Problem]:
    problems = []
    for error in fault.errors(include_url=False, include_input=False):
        path = _plain_path(error["loc"], document)
        file, at = origins.find(path)
        key = str(path[-1]) if path else ""
        if error["type"] == "extra_forbidden":
            problems.append(_problem(file, "E201", at, key=key, near=_nearest(key, _keys_at(path[:-1]))))
        elif error["type"] in _MISSING:
            problems.append(_problem(file, "E202", at, key=".".join(map(str, path))))
        else:
            problems.append(_problem(file, "E203", at, key=key, reason=error["msg"]))
    return problems


def _plain_path(location: tuple[Part, ...], document: Any) -> tuple[Part, ...]:
    """The error's location without the names of alternatives that pydantic puts in between."""
    path: list[Part] = []
    node: Any = document
    for number, part in enumerate(location):
        last = number == len(location) - 1
        inside = (isinstance(node, dict) and part in node) or (
            isinstance(node, list) and isinstance(part, int)
        )
        if inside or last:
            path.append(part)
            node = node[part] if inside else None
    return tuple(path)


def _keys_at(path: tuple[Part, ...]) -> list[str]:
    """The keys allowed at a place, by walking the models."""
    model: Any = Service
    for part in path:
        if isinstance(part, int) or not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue
        field = next((f for name, f in model.model_fields.items() if part in (name, f.alias)), None)
        model = _model_in(field.annotation) if field else None
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model is not None), None)


def _nearest(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return close[0] if close else "、".join(known[:8])
