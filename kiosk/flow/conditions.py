"""Conditions over earlier answers, with three values: yes, no, not known yet.

Unanswered is not zero (a missing number never compares as 0): a comparison with something
not known is itself not known, and `all` / `any` / `none` follow Kleene's logic.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from kiosk.flow.values import Value, Values
from kiosk.services.condition import Condition


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
    value = values.get(field)
    if value is None:
        return None
    return _is_one_of_them(condition, value) and _within_bounds(condition, value)


def _is_one_of_them(condition: Condition, value: Value) -> bool:
    if condition.equals is not None and value != condition.equals:
        return False
    if condition.is_not is not None and value == condition.is_not:
        return False
    if condition.one_of is not None and value not in condition.one_of:
        return False
    return condition.includes is None or condition.includes in str(value).split(",")


def _within_bounds(condition: Condition, value: Value) -> bool:
    for least in (condition.at_least, condition.low):
        if least is not None and _number(value) < least:
            return False
    for most in (condition.at_most, condition.high):
        if most is not None and _number(value) > most:
            return False
    if condition.before is not None and not _day(value) < condition.before:
        return False
    return condition.after is None or _day(value) > condition.after


def _number(value: Value) -> int | Decimal:
    return Decimal(value) if isinstance(value, str) else value


def _day(value: Value) -> datetime.date:
    return datetime.date.fromisoformat(str(value))
