"""Values worked out from answers, from a closed list."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from kiosk.services.model import Fact


def years_between(birth: datetime.date, today: datetime.date) -> int:
    """Whole years, as ages are counted; someone born on 29 February turns a year older on 1 March."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def work_out(
    facts: tuple[Fact, ...], values: Mapping[str, str | int], today: datetime.date
) -> dict[str, int]:
    """The facts that can be known from these values, by id."""
    known = {}
    for fact in facts:
        source = values.get(fact.value.years_from or "")
        if source is not None:
            known[fact.id] = years_between(datetime.date.fromisoformat(str(source)), today)
    return known
