"""What somebody at the desk is looking for, read from one line as they typed it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from kiosk.cases.numbers import LETTERS, as_case_number
from kiosk.cases.states import State

_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_TICKET = re.compile(rf"([{LETTERS}{LETTERS.lower()}])(\d{{1,3}})")
_DAY = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?")
PER_LETTER = 999
LETTER_ROUND = PER_LETTER * len(LETTERS)


@dataclass(frozen=True, slots=True)
class Search:
    """All that is given must fit. Nothing given finds nothing."""

    number: str | None = None
    ticket: int | None = None
    """The place in its day."""
    day: date | None = None
    states: frozenset[State] = frozenset()
    words: tuple[str, ...] = ()
    """Parts of the name of a service."""
    id_number: str | None = field(default=None, repr=False)
    """Never kept: it is asked for by its keyed name."""

    @property
    def empty(self) -> bool:
        """Whether nothing was given."""
        return self == Search()


def read_search(typed: str, today: date, state_names: Mapping[str, State]) -> Search:
    """A case number, a ticket, a day, a state, words of a service, an identity number; several with spaces.

    `state_names`: how the states are called at the desk, in any language.
    """
    plain = unicodedata.normalize("NFKC", typed).strip()
    whole = "".join(plain.split())
    if _ID_NUMBER.fullmatch(whole):
        return Search(id_number=whole.upper())
    if not re.search(r"[^\W\d]", plain) and (number := as_case_number(plain)):
        return Search(number=number)
    return _parts(plain, today, state_names)


def _parts(plain: str, today: date, state_names: Mapping[str, State]) -> Search:
    ticket, day, words = None, None, []
    rest = plain.casefold()
    states = set()
    for name in sorted(state_names, key=len, reverse=True):
        if name.casefold() in rest:
            states.add(state_names[name])
            rest = rest.replace(name.casefold(), " ")
    for part in rest.split():
        if found := _TICKET.fullmatch(part):
            ticket = LETTERS.index(found[1].upper()) * PER_LETTER + int(found[2])
        elif (read := read_day(part, today)) is not None:
            day = read
        else:
            words.append(part)
    return Search(ticket=ticket, day=day, states=frozenset(states), words=tuple(words))


def read_day(typed: str, today: date, *, ahead: bool = False) -> date | None:
    """A day as people write it: 11-09, 11月9日, 2026-11-09. None where it is none.

    Without a year it is the last such day, or with `ahead` the next one.
    """
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None:
        return None
    month, day = int(found[2]), int(found[3])
    years = [int(found[1])] if found[1] else [today.year - 1, today.year, today.year + 1]
    days = []
    for year in years:
        with suppress(ValueError):
            days.append(date(year, month, day))
    if found[1]:
        return days[0] if days else None
    if ahead:
        return next((one for one in days if one >= today), None)
    return next((one for one in reversed(days) if one <= today), None)
