"""E302 to E306, E315, E322: a condition looks only at earlier fields, and compares like with like."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TypeVar

from kiosk.services.check.finding import Finding, nearest
from kiosk.services.check.known import As, Field, Known, atoms, conditions
from kiosk.services.condition import Condition
from kiosk.services.model import Service
from kiosk.services.positions import Part

_ALLOWED = {
    As.NUMBER: {"is", "is_not", "in", "at_least", "at_most", "from", "to"},
    As.DAY: {"is", "is_not", "in", "before", "after"},
    As.OPTION: {"is", "is_not", "in"},
    As.OPTIONS: {"includes"},
    As.TEXT: {"is", "is_not", "in"},
    As.NOTHING: set(),
}
"""The comparisons of each kind; `answered` is for all."""

_Bound = TypeVar("_Bound", int, datetime.date)


def conditions_make_sense(service: Service) -> Iterator[Finding]:
    """Every comparison of every condition."""
    anywhere = {*service.questions, *(fact.id for fact in service.fact)}
    for at, condition, known in conditions(service):
        for place, atom in atoms(at, condition):
            if atom.field in anywhere and atom.field not in known:
                yield "E322", (*place, "field"), {"key": atom.field}
            else:
                yield from _check_atom(place, atom, known)


def _check_atom(at: tuple[Part, ...], atom: Condition, known: Known) -> Iterator[Finding]:
    assert atom.field is not None
    field = known.get(atom.field)
    if field is None:
        yield "E302", (*at, "field"), {"key": atom.field, "near": nearest(atom.field, known)}
        return
    for name, value in atom.tests:
        key = Condition.model_fields[name].alias or name
        if key == "answered":
            continue
        if key == "includes" and field.compared is not As.OPTIONS:
            yield "E303", (*at, key), {"key": field.id}
        elif key not in _ALLOWED[field.compared]:
            yield "E306", (*at, key), {"key": field.id, "near": "、".join(_keys(field))}
        else:
            yield from _check_value((*at, key), field, key, value)
    yield from _reversed_bounds(at, atom)


def _keys(field: Field) -> list[str]:
    return [*sorted(_ALLOWED[field.compared]), "answered"]


def _check_value(at: tuple[Part, ...], field: Field, key: str, value: object) -> Iterator[Finding]:
    """An option that exists, a whole number, a day: what the field can be."""
    compared = value if isinstance(value, tuple) else (value,)
    for one in compared:
        if field.options and one not in field.options:
            near = "、".join(field.options)
            yield "E305", at, {"key": field.id, "option": _as_written(one), "near": near}
        elif not field.options and key in ("is", "is_not", "in") and not _fits(field.compared, one):
            yield "E306", at, {"key": field.id, "near": "、".join(_keys(field))}


def _as_written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fits(compared: As, value: object) -> bool:
    if compared is As.NUMBER:
        return type(value) is int
    if compared is As.DAY:
        return isinstance(value, str) and _is_day(value)
    return isinstance(value, str)


def _is_day(words: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(words))
    except ValueError:
        return False


def _reversed_bounds(at: tuple[Part, ...], atom: Condition) -> Iterator[Finding]:
    """E315: nothing is at least five and at most three."""
    bounds = (
        ("at_least", "at_most", _nothing_between(atom.at_least, atom.at_most)),
        ("from", "to", _nothing_between(atom.low, atom.high)),
        ("after", "before", _nothing_between(atom.after, atom.before)),
    )
    for low, high, empty in bounds:
        if empty:
            yield "E315", (*at, low), {"low": low, "high": high}


def _nothing_between(low: _Bound | None, high: _Bound | None) -> bool:
    return low is not None and high is not None and low > high
