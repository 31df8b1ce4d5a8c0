"""Record sources from disk: each a RecordSource, or what is wrong with its file, by line."""

from __future__ import annotations

import ipaddress
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from kiosk.catalogue import load_catalogue
from kiosk.records.definition import (
    HttpService,
    RecordSource,
    SourceField,
    SourceKind,
    TableFile,
)
from kiosk.services.check.finding import nearest
from kiosk.services.positions import Part, Position, PositionIndex
from kiosk.services.problem import Problem

Fault = tuple[str, tuple[Part, ...], dict[str, str]]
"""A code, the key it is about, and what its words are filled with."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that can be asked, and what is wrong with the other files."""

    sources: Mapping[str, RecordSource]
    problems: tuple[Problem, ...]


def load_sources(folder: Path) -> Sources:
    """All sources of a folder. A broken one is left out and named; the others still work."""
    sources: dict[str, RecordSource] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        outcome = load_source(path)
        if not isinstance(outcome, RecordSource):
            problems.extend(outcome)
        elif outcome.id in sources:
            index = PositionIndex(path.read_text(encoding="utf-8-sig"))
            problems.append(_problem(path.name, index, "R301", index.find(("id",)), key=outcome.id))
        else:
            sources[outcome.id] = outcome
    return Sources(sources, tuple(problems))


def load_source(path: Path) -> RecordSource | tuple[Problem, ...]:
    """Read and check one file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return (_problem(path.name, PositionIndex(""), "R102", Position(1, 1)),)
    index = PositionIndex(text)
    try:
        document = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as fault:
        return (_problem(path.name, index, "R101", index.of_parser(str(fault))),)
    try:
        source = RecordSource.model_validate(document)
    except ValidationError as fault:
        faults = list(_shape_faults(fault))
    else:
        faults = list(check_source(source))
        if not faults:
            return source
    told = (_problem(path.name, index, code, index.find(key), **values) for code, key, values in faults)
    return tuple(sorted(told, key=lambda problem: (problem.line, problem.column)))


def check_source(source: RecordSource) -> Iterator[Fault]:
    """What each part allows and the whole does not."""
    for kind, part in ((SourceKind.TABLE, source.table), (SourceKind.HTTP, source.http)):
        if source.kind is kind and part is None:
            yield "R303", ("kind",), {"key": kind}
        if source.kind is not kind and part is not None:
            yield "R304", (kind,), {"key": kind, "kind": source.kind}
    if (source.kind is SourceKind.STAFF) == bool(source.field):
        yield "R305", ("field",) if source.field else ("kind",), {"key": source.kind}
    for name, count in Counter(field.name for field in source.field).items():
        if count > 1:
            last = max(n for n, field in enumerate(source.field) if field.name == name)
            yield "R301", ("field", last, "name"), {"key": name}
    if source.http is not None:
        yield from _connection(source.http)


def _connection(http: HttpService) -> Iterator[Fault]:
    if http.url and not safe_address(http.url):
        yield "R302", ("http", "url"), {}
    if bool(http.client_cert) != bool(http.client_key):
        there = "client_cert" if http.client_cert else "client_key"
        yield "R306", ("http", there), {}
    for key in ("ca", "client_cert", "client_key"):
        path = Path(getattr(http, key))
        if path.is_absolute() or ".." in path.parts:
            yield "R307", ("http", key), {"key": key}


def safe_address(url: str) -> bool:
    """https with a host and nothing after a `?`; http only within this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shape_faults(fault: ValidationError) -> Iterator[Fault]:
    for error in fault.errors(include_url=False, include_input=False):
        path = error["loc"]
        key = str(path[-1]) if path else ""
        if error["type"] == "extra_forbidden":
            yield "R201", path, {"key": key, "near": nearest(key, _keys_at(path[:-1]))}
        elif error["type"] == "missing":
            yield "R202", path, {"key": ".".join(map(str, path))}
        else:
            yield "R203", path, {"key": key, "reason": error["msg"]}


def _keys_at(around: tuple[Part, ...]) -> list[str]:
    """The keys that a part of the file may have."""
    parts = tuple(part for part in around if isinstance(part, str))
    models: dict[tuple[str, ...], type[BaseModel]] = {
        (): RecordSource,
        ("field",): SourceField,
        ("table",): TableFile,
        ("http",): HttpService,
    }
    model = models.get(parts)
    return list(model.model_fields) if model else ["zh", "en"]


def _problem(file: str, index: PositionIndex, code: str, at: Position, **values: Any) -> Problem:
    texts = load_catalogue("records")
    what = texts.text(f"fault.{code}_what", **values)
    fix = texts.text(f"fault.{code}_fix", **values)
    return Problem(file, at.line, at.column, code, what, fix, index.line(at.line))
