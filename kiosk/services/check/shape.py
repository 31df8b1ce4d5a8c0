"""E2: the shape of a file. What pydantic and the parts themselves refuse, told by rule and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from kiosk.services.check.finding import Finding, nearest
from kiosk.services.check.spelling import unseen
from kiosk.services.model import Service
from kiosk.services.positions import Part

_OWN_RULE = re.compile(r"[EW]\d{3}")
_KINDS = {
    "string": "text",
    "int": "number",
    "bool": "truth",
    "tuple": "list",
    "dict": "table",
    "model": "table",
    "date": "day",
}
"""What a value should be, by the first word of pydantic's name for the fault: a key of [wanted]."""
_BOUNDS = {"greater_than_equal": "ge", "less_than_equal": "le"}


def shape_faults(fault: ValidationError, document: dict[str, Any]) -> list[Finding]:
    """Each place once, in the order pydantic found them."""
    found: dict[tuple[Part, ...], Finding] = {}
    for error in fault.errors(include_url=False):
        path = _plain_path(error["loc"], document)
        code, at, values = _told(error, path)
        found.setdefault(at, (code, at, {"key": str(at[-1]) if at else "", **values}))
    # A list that holds something wrong counts as empty for pydantic: only what is wrong in it is told.
    filled = {at[:end] for at in found for end in range(len(at))}
    return [fault for at, fault in found.items() if fault[0] != "E236" or at not in filled]


def _told(error: Any, path: tuple[Part, ...]) -> tuple[str, tuple[Part, ...], dict[str, Any]]:
    kind, context = error["type"], error.get("ctx", {})
    if _OWN_RULE.fullmatch(kind):
        return kind, (*path, context["key"]), {**context}
    for one in (_missing, _words_fault, _wrong_kind):
        told = one(kind, context, path, error["input"])
        if told:
            return told[0], path, told[1]
    return "E203", path, {}


_Told = tuple[str, dict[str, Any]] | None


def _missing(kind: str, context: dict[str, Any], path: tuple[Part, ...], given: Any) -> _Told:
    if kind == "extra_forbidden" and path == ("item",):
        return "E201", {"near": "[[question.item]]"}
    if kind == "extra_forbidden":
        return "E201", {"near": nearest(str(path[-1]), _keys_at(path[:-1]))}
    if kind == "missing":
        return "E202", {}
    return ("E236", {}) if kind == "too_short" else None


def _words_fault(kind: str, context: dict[str, Any], path: tuple[Part, ...], given: Any) -> _Told:
    """The right kind of thing, but not one of those allowed."""
    if kind in ("literal_error", "enum"):
        allowed = re.findall(r"'([^']*)'", context["expected"]) or [context["expected"]]
        return "E230", {"given": str(given)[:40], "near": nearest(str(given), allowed)}
    if kind == "string_pattern_mismatch":
        if hidden := unseen(str(given)):
            return "E104", hidden
        return "E231", {"given": str(given)[:40]}
    if kind in ("string_too_short", "string_too_long"):
        return ("E232", {}) if kind == "string_too_short" else ("E233", {"most": context["max_length"]})
    if kind in _BOUNDS:
        return "E234", {"bound": context[_BOUNDS[kind]]}
    return None


def _wrong_kind(kind: str, context: dict[str, Any], path: tuple[Part, ...], given: Any) -> _Told:
    wanted = _KINDS.get(kind.partition("_")[0])
    return ("E235", {"wanted": wanted}) if wanted else None


def _plain_path(location: tuple[Part, ...], document: Any) -> tuple[Part, ...]:
    """The error's location without the names of alternatives that pydantic puts in between."""
    path: list[Part] = []
    node: Any = document
    for number, part in enumerate(location):
        last = number == len(location) - 1
        inside = (isinstance(node, dict) and part in node) or (
            isinstance(node, list) and isinstance(part, int)
        )
        if inside or (last and isinstance(node, dict)):
            path.append(part)
            node = node[part] if inside else None
    return tuple(path)


def _keys_at(path: tuple[Part, ...]) -> Iterator[str]:
    """The keys allowed at a place, by walking the models."""
    model: Any = Service
    for part in path:
        if isinstance(part, int) or not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue
        field = next((f for name, f in model.model_fields.items() if part in (name, f.alias)), None)
        model = _model_in(field.annotation) if field else None
    if isinstance(model, type) and issubclass(model, BaseModel):
        yield from (field.alias or name for name, field in model.model_fields.items())


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model is not None), None)
