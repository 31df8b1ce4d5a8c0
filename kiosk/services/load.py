"""Service files from disk: a Service, or the list of what is wrong with the file."""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from kiosk.catalogue import load_catalogue
from kiosk.services.check import check_service
from kiosk.services.model import Service
from kiosk.services.positions import Part, Position, PositionIndex
from kiosk.services.problem import Problem

_FULL_WIDTH = dict(zip("＝“”‘’［］｛｝，", "=\"\"''[]{},", strict=True))
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_MISSING = {"missing"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The services that can be offered, and what is wrong with the others."""

    services: Mapping[str, Service]
    problems: tuple[Problem, ...]


Report = Callable[..., Problem]


def _reporter(file: str, index: PositionIndex) -> Report:
    texts = load_catalogue("check")

    def report(code: str, at: Position, **values: Any) -> Problem:
        what, fix = (texts.text(f"{code}.{part}", **values) for part in ("what", "fix"))
        return Problem(file, at.line, at.column, code, what, fix, index.line(at.line))

    return report


def load_service(path: Path) -> Service | tuple[Problem, ...]:
    """Read and check one service file."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return (_reporter(path.name, PositionIndex(""))("E103", Position(1, 1)),)
    index = PositionIndex(source)
    report = _reporter(path.name, index)
    try:
        document = tomllib.loads(source.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as fault:  # also a number too long, tables too deep
        return (_typing_fault(str(fault), index, report),)
    _give_yes_no_options(document)
    try:
        service = Service.model_validate(document)
    except ValidationError as fault:
        return tuple(sorted(_shape_faults(fault, document, index, report), key=lambda p: (p.line, p.column)))
    problems = tuple(report(code, index.find(at), **values) for code, at, values in check_service(service))
    return problems or service


def load_shelf(folder: Path) -> Shelf:
    """All services of a folder. A broken one is left out and named; the others still run."""
    services: dict[str, Service] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        outcome = load_service(path)
        if not isinstance(outcome, Service):
            problems.extend(outcome)
        elif outcome.id in services:
            index = PositionIndex(path.read_text(encoding="utf-8-sig"))
            problems.append(_reporter(path.name, index)("E301", index.find(("id",)), key=outcome.id))
        else:
            services[outcome.id] = outcome
    return Shelf(services, tuple(problems))


def offered(shelf: Shelf, today: datetime.date, *, unsigned: bool = False) -> dict[str, Service]:
    """What can be applied for today: live services in their time; with `unsigned` (a demo) drafts, too."""
    return {
        service.id: service
        for service in shelf.services.values()
        if (unsigned or service.status == "live")
        and service.valid.start <= today
        and (service.valid.end is None or today <= service.valid.end)
    }


def _give_yes_no_options(document: dict[str, Any]) -> None:
    """A yes_no question without its own words gets the catalogue's."""
    texts = load_catalogue("resident")
    questions = document.get("question")
    for question in questions if isinstance(questions, list) else []:
        if isinstance(question, dict) and question.get("type") == "yes_no" and "options" not in question:
            labels = {value: texts[f"common.{value}"] for value in ("yes", "no")}
            question["options"] = [
                {"value": value, "zh": text.show("zh"), "en": text.show("en"), "say_zh": text.say("zh")}
                for value, text in labels.items()
            ]


def _typing_fault(message: str, index: PositionIndex, report: Report) -> Problem:
    found = _AT.search(message)
    end = index.last_line if "end of document" in message else 1
    line, column = (int(found.group(1)), int(found.group(2))) if found else (end, 1)
    # The parser stops at or just after the slip: look on its line, then on the one before.
    for number in (line, line - 1):
        bare = re.sub(r'"[^"]*"', lambda m: " " * len(m.group()), index.line(number)).split("#")[0]
        for mark, plain in _FULL_WIDTH.items():
            if mark in bare:
                return report("E101", Position(number, bare.index(mark) + 1), mark=mark, plain=plain)
    return report("E102", Position(line, column))


def _shape_faults(
    fault: ValidationError, document: dict[str, Any], index: PositionIndex, report: Report
) -> list[Problem]:
    problems = []
    for error in fault.errors(include_url=False, include_input=False):
        path = _plain_path(error["loc"], document)
        at = index.find(path)
        key = str(path[-1]) if path else ""
        if error["type"] == "extra_forbidden":
            problems.append(report("E201", at, key=key, near=_nearest(key, _keys_at(path[:-1]))))
        elif error["type"] in _MISSING:
            problems.append(report("E202", at, key=".".join(map(str, path))))
        else:
            problems.append(report("E203", at, key=key, reason=error["msg"]))
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
