"""Conditions over earlier answers, with three values: yes, no, not known yet.

Unanswered is not zero (a missing number never compares as 0): a comparison with something
not known is itself not known, and `all` / `any` / `none` follow Kleene's logic.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from kiosk.flow.values import Value, Values
from kiosk.services.condition import Condition


def holds(condition: Condition | None, values: Values) -> bool | None:
    """Does it hold? True, False, or None where it cannot be known yet. No condition always holds."""
    if condition is None:
        return True
    if condition.field is not None:
        return _compare(condition, condition.field, values)
    if condition.every is not None:
        return _unless(False, condition.every, values)
    if condition.some is not None:
        return _unless(True, condition.some, values)
    some = _unless(True, condition.neither or (), values)
    return None if some is None else not some


def fields_of(condition: Condition | None) -> Iterator[str]:
    """Every field a condition looks at."""
    if condition is None:
        return
    if condition.field is not None:
        yield condition.field
    for part in (condition.every, condition.some, condition.neither):
        for inner in part or ():
            yield from fields_of(inner)


def _unless(decisive: bool, parts: Iterable[Condition], values: Values) -> bool | None:
    """`decisive` where one part is; not known where one is not known; else the opposite."""
    outcome: bool | None = not decisive
    for part in parts:
        held = holds(part, values)
        if held is decisive:
            return decisive
        if held is None:
            outcome = None
    return outcome


def _compare(condition: Condition, field: str, values: Values) -> bool | None:
    value = values.get(field)
    if condition.answered is not None:
        return (value is not None) == condition.answered
    if value is None:
        return None
    failed = [name for name, wanted in condition.tests if not _COMPARISONS[name](value, wanted)]
    return not failed


def _number(value: Value) -> int | Decimal:
    return Decimal(value) if isinstance(value, str) else value


def _day(value: Value) -> datetime.date:
    return datetime.date.fromisoformat(str(value))


def _at_least(value: Value, least: int) -> bool:
    return _number(value) >= least


def _at_most(value: Value, most: int) -> bool:
    return _number(value) <= most


_COMPARISONS: Mapping[str, Callable[[Value, Any], bool]] = {
    "equals": operator.eq,
    "is_not": operator.ne,
    "one_of": lambda value, codes: value in codes,
    "at_least": _at_least,
    "low": _at_least,
    "at_most": _at_most,
    "high": _at_most,
    "before": lambda value, day: _day(value) < day,
    "after": lambda value, day: _day(value) > day,
    "includes": lambda value, code: code in str(value).split(","),
}
"""Every comparison of `Condition` but `answered`, which is about there being a value at all."""
