"""Conditions over earlier answers, with three values: yes, no, not known yet.

Unanswered is not zero (a missing number never compares as 0): a comparison with something
not known is itself not known, and `all` / `any` / `none` follow Kleene's logic.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from kiosk.services.condition import Condition

Value = str | int
Values = Mapping[str, Value]
"""Known values by field id: answers on the path and facts. A missing id is not known yet."""


def holds(condition: Condition | None, values: Values) -> bool | None:
    """Does it hold? True, False, or None where it cannot be known yet. No condition always holds."""
    if condition is None:
        return True
    if condition.every is not None:
        return _every([holds(part, values) for part in condition.every])
    if condition.some is not None:
        return _some([holds(part, values) for part in condition.some])
    if condition.neither is not None:
        return _negate(_some([holds(part, values) for part in condition.neither]))
    return _compare(condition, values)


def fields_of(condition: Condition | None) -> Iterator[str]:
    """Every field a condition looks at."""
    if condition is None:
        return
    if condition.field is not None:
        yield condition.field
    for part in (condition.every, condition.some, condition.neither):
        for inner in part or ():
            yield from fields_of(inner)


def _every(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _some(parts: list[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


def _negate(part: bool | None) -> bool | None:
    return None if part is None else not part


def _compare(condition: Condition, values: Values) -> bool | None:
    field = condition.field
    assert field is not None
    if condition.answered is not None:
        return (field in values) == condition.answered
    if field not in values:
        return None
    value = values[field]
    return all(test(value) for test in _tests(condition))


def _tests(condition: Condition) -> Iterator[Callable[[Value], bool]]:
    if condition.equals is not None:
        yield lambda value: value == condition.equals
    if condition.is_not is not None:
        yield lambda value: value != condition.is_not
    if condition.one_of is not None:
        yield lambda value: value in (condition.one_of or ())
    for least in (condition.at_least, condition.low):
        if least is not None:
            yield lambda value, least=least: int(value) >= least  # type: ignore[misc]
    for most in (condition.at_most, condition.high):
        if most is not None:
            yield lambda value, most=most: int(value) <= most  # type: ignore[misc]
    if condition.before is not None:
        yield lambda value: datetime.date.fromisoformat(str(value)) < condition.before  # type: ignore[operator]
    if condition.after is not None:
        yield lambda value: datetime.date.fromisoformat(str(value)) > condition.after  # type: ignore[operator]
