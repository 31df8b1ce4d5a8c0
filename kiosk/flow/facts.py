"""Values worked out from answers, from a closed list. What cannot be known yet is left out, never 0."""

from __future__ import annotations

import calendar
import datetime
import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from kiosk.flow.values import Value, Values
from kiosk.services.model import Fact

_Between = Callable[[datetime.date, datetime.date], int]
_OF_18 = re.compile(r"[0-9]{17}[0-9X]")


def years_between(birth: datetime.date, today: datetime.date) -> int:
    """Whole years, as ages are counted; someone born on 29 February turns a year older on 1 March."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def months_between(first: datetime.date, last: datetime.date) -> int:
    """Whole months; from the 31st a month is full on the last day of a shorter one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    last_of_month = calendar.monthrange(last.year, last.month)[1]
    return months - (last.day < min(first.day, last_of_month))


def birth_of(number: str) -> datetime.date | None:
    """The birth date in an identity number; None where the number does not tell it in full."""
    if not _OF_18.fullmatch(number):
        return None
    try:
        return datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str | None:
    """`female` or `male`, by the last digit but one (GB 11643)."""
    if not _OF_18.fullmatch(number):
        return None
    return "male" if int(number[16]) % 2 else "female"


def work_out(facts: Iterable[Fact], values: Values, today: datetime.date) -> dict[str, Value]:
    """Those of the facts that can be known from these values, by id."""
    reckoned = {fact.id: reckon(fact, values, today) for fact in facts}
    return {name: value for name, value in reckoned.items() if value is not None}


def reckon(fact: Fact, values: Values, today: datetime.date) -> Value | None:
    """One fact; None while an answer that it needs is missing."""
    way = fact.value
    if way.years_from is not None:
        return _span(way.years_from, way.to, years_between, values, today)
    if way.months_from is not None:
        return _span(way.months_from, way.to, months_between, values, today)
    if way.days_from is not None:
        return _span(way.days_from, way.to, _days_between, values, today)
    if way.birth_in is not None:
        born = birth_of(str(values.get(way.birth_in, "")))
        return born.isoformat() if born else None
    if way.sex_in is not None:
        return sex_of(str(values.get(way.sex_in, "")))
    if way.count is not None:
        return _count(values.get(way.count))
    return _sum(way.sum or (), values)


def _days_between(first: datetime.date, last: datetime.date) -> int:
    return (last - first).days


def _span(field: str, to: str, between: _Between, values: Values, today: datetime.date) -> int | None:
    if field not in values or (to != "today" and to not in values):
        return None
    last = today if to == "today" else datetime.date.fromisoformat(str(values[to]))
    return between(datetime.date.fromisoformat(str(values[field])), last)


def _count(held: Value | None) -> int | None:
    """The things of a list, the options of a `many`: codes never begin with a bracket."""
    if held is None:
        return None
    if str(held).startswith("["):
        return len(json.loads(str(held)))
    return len([code for code in str(held).split(",") if code])


def _sum(names: Iterable[str], values: Values) -> Value | None:
    """Whole numbers make a whole number, money makes money; one that is not known makes it unknown."""
    total: int | Decimal = 0
    for name in names:
        field, _, item = name.partition(".")
        held = values.get(field)
        if held is None:
            return None
        if not item:
            total += Decimal(held) if isinstance(held, str) else held
            continue
        parts = [thing.get(item) for thing in json.loads(str(held))]
        total += sum(Decimal(part) if "." in part else int(part) for part in parts if part)
    return total
