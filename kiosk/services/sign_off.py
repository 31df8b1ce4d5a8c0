"""Writes the sign-off into a service file, and nothing else."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from pathlib import Path

from kiosk.services.load import look_over_source, problem_at
from kiosk.services.model import Service
from kiosk.services.positions import PositionIndex
from kiosk.services.problem import Problem, Severity
from kiosk.services.rewriting import replace_file
from kiosk.services.signing import digest, signed_off

_CHECKED_LINE = re.compile(r"checked[ \t]*=[ \t]*\{(?:[^}\"\n]|\"(?:[^\"\\\n]|\\.)*\")*\}")
_STATUS_LINE = re.compile(r"(status[ \t]*=[ \t]*)([\"'])\w*\2")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-off that was written into the file."""

    service: Service
    digest: str


def sign(path: Path, by: str, on: datetime.date, *, live: bool = False) -> Signed | tuple[Problem, ...]:
    """Write the sign-off into a service file, and `live` as its status if asked to; everything else stays.

    Refused with what is wrong where the file has errors, or would have some as a live one. Raises OSError
    where it cannot be read or written.
    """
    before = path.read_bytes()
    service, problems = look_over_source(before, path, on)
    errors = _errors(problems)
    if service is None or errors:
        return errors
    mark = digest(service)
    after = _with_sign_off(before.decode("utf-8"), _line(by, on, mark), live=live).encode("utf-8")
    service, problems = look_over_source(after, path, on)
    errors = _errors(problems)
    if service is None or errors:
        return errors
    if not signed_off(service) or (live and service.status != "live"):
        return (problem_at(before, path, "E524", ("checked",)),)
    replace_file(path, after)
    return Signed(service, mark)


def _errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _line(by: str, on: datetime.date, mark: str) -> str:
    name = json.dumps(_CONTROL.sub(" ", by).strip(), ensure_ascii=False)
    return f'checked = {{ by = {name}, on = {on.isoformat()}, digest = "{mark}" }}'


def _with_sign_off(source: str, line: str, *, live: bool) -> str:
    """The text with its one line `checked = …` changed, or put in after the status."""
    status = _offset(source, "status")
    told = _STATUS_LINE.match(source, status)
    if live and told:
        source = source[:status] + told.expand(r"\1\2live\2") + source[told.end() :]
    written = _offset(source, "checked")
    signed = _CHECKED_LINE.match(source, written)
    if signed:
        return source[:written] + line + source[signed.end() :]
    if not told or written:
        return source
    end = source.index("\n", status)
    ending = "\r\n" if source[end - 1] == "\r" else "\n"
    return f"{source[: end + 1]}{line}{ending}{source[end + 1 :]}"


def _offset(source: str, key: str) -> int:
    """Where a key of the file itself begins; 0 where it is not there."""
    index = PositionIndex(source)
    return index.offset(index.find((key,)))
