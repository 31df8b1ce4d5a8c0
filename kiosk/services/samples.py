"""Answers worth trying: for each question the values at which a condition or a fact turns, and a sound one.

Nothing here is random and nothing is a person's: numbers are of a region that does not exist.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kiosk.flow import fields
from kiosk.flow.fields import SKIPPED
from kiosk.flow.values import Values
from kiosk.identity.id_number import check_character
from kiosk.services.check.known import atoms, conditions
from kiosk.services.condition import Condition
from kiosk.services.model import Fact, Service
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Item, Question

_LONG_AGO = (datetime.date(1944, 3, 5), datetime.date(1978, 6, 12))
_NAMES = ("张桂芳", "李德厚", "王建国")
_SUBSETS = 4
"""Options of a `many` that are crossed with one another; the others are tried one by one."""

_Step = Callable[[datetime.date, int], datetime.date]
"""So many years, months or days on from a day."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Where a field turns: the whole numbers, days and words it is compared with."""

    numbers: tuple[int, ...] = ()
    """From each on something is otherwise."""
    days: tuple[datetime.date, ...] = ()
    words: tuple[str, ...] = ()


class Samples:
    """What to try, question by question."""

    def __init__(self, service: Service, today: datetime.date) -> None:
        self._today = today
        compared: dict[str, list[Condition]] = defaultdict(list)
        for at, condition, _ in conditions(service):
            for _, atom in atoms(at, condition):
                compared[str(atom.field)].append(atom)
        self._turns = {name: _turns(found) for name, found in compared.items()}
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in service.fact:
            for source in fact.value.sources():
                self._facts[source].append(fact)

    def of(self, question: Question, values: Values) -> tuple[str, ...]:
        """Canonical values that the question takes from a person whose earlier answers are `values`.

        The first is an ordinary one; those at a turn follow, and last the skip where it is allowed.
        """
        tried = dict.fromkeys(self._tried(question, values))
        taken = dict.fromkeys(
            outcome.value
            for outcome in (fields.parse(question, one, values, self._today) for one in tried)
            if isinstance(outcome, fields.Taken) and outcome.value != SKIPPED
        )
        return (*taken, SKIPPED) if question.optional else tuple(taken)

    def _tried(self, question: Question, values: Values) -> Iterator[str]:
        own = self._turns.get(question.id, Turns())
        if question.type in CHOSEN_KINDS:
            yield from (option.value for option in question.options)
            return
        yield fields.field_type(question).sample(question)
        yield from own.words
        of_kind = _OF_KIND.get(question.type)
        if of_kind is not None:
            yield from of_kind(self, question, own, values)

    def _dates(self, question: Question, own: Turns, values: Values) -> Iterator[str]:
        days = [*own.days, *(day - datetime.timedelta(1) for day in own.days)]
        for fact in self._facts[question.id]:
            days += self._days_of(fact, question, values)
        near = [self._today + datetime.timedelta(n) for n in (0, -10, 10, 40)]
        yield from (day.isoformat() for day in [*_LONG_AGO, *days, *near])

    def _days_of(self, fact: Fact, question: Question, values: Values) -> Iterator[datetime.date]:
        """The day on which a fact turns, and the one on its other side."""
        start, step = _count_of(fact)
        begins = start == question.id
        other = values.get(fact.value.to if begins else start, self._today.isoformat())
        anchor = datetime.date.fromisoformat(str(other))
        for number in self._turns.get(fact.id, Turns()).numbers:
            try:
                turn = step(anchor, -number if begins else number)
            except (ValueError, OverflowError):
                continue
            yield from (turn, turn + datetime.timedelta(1 if begins else -1))

    def _ids(self, question: Question, own: Turns, values: Values) -> Iterator[str]:
        rules = (check.rule.birth_date_same_as for check in question.check)
        told = next((values.get(rule) for rule in rules if rule), None)
        births = [datetime.date.fromisoformat(str(told))] if told else list(_LONG_AGO[:1])
        for fact in self._facts[question.id]:
            days = self._turns.get(fact.id, Turns()).days
            births += [one for day in days for one in (day, day - datetime.timedelta(1))]
        for birth in births:
            yield from (id_number(birth, serial) for serial in ("002", "001"))

    def _counts(self, question: Question, own: Turns, values: Values) -> Iterator[str]:
        bounds = [number for number in (question.at_least, question.at_most) if number is not None]
        turns = [*own.numbers, *(number for _, number in self._left_over(question.id, values)), *bounds]
        yield from (str(one) for number in turns for one in (number, number - 1) if one >= 0)

    def _left_over(self, source: str, values: Values) -> Iterator[tuple[str, int]]:
        """What a part of a sum must come to for the sum to turn; with the item it is of, in a list."""
        for fact in self._facts[source]:
            parts = [name.partition(".") for name in fact.value.sum or ()]
            others = (values.get(name, 0) for name, _, _ in parts if name != source)
            rest = sum(int(str(other).partition(".")[0]) for other in others if _is_number(other))
            for number in self._turns.get(fact.id, Turns()).numbers:
                yield from ((item, number - rest) for name, _, item in parts if name == source)

    def _many(self, question: Question, own: Turns, values: Values) -> Iterator[str]:
        codes = [option.value for option in question.options]
        yield from codes
        least = question.at_least or 1
        yield from (",".join([code, *(one for one in codes if one != code)][:least]) for code in codes)
        sizes = {n for fact in self._facts[question.id] for n in self._turns.get(fact.id, Turns()).numbers}
        bounds = {n for n in (question.at_least, question.at_most) if n}
        asked_for = [code for code in own.words if code in codes][:_SUBSETS]
        plain = [code for code in codes if code not in asked_for]
        for size in sorted(s for n in sizes | bounds for s in (n - 1, n) if 0 < s <= len(codes)):
            yield from (",".join(codes[:size]), ",".join([*plain, *asked_for][:size]))
        for size in range(2, len(asked_for) + 1):
            yield from (",".join(chosen) for chosen in combinations(asked_for, size))
        yield from (",".join([*plain[:1], code]) for code in asked_for)

    def _lists(self, question: Question, own: Turns, values: Values) -> Iterator[str]:
        lengths = {question.at_least or 0, question.at_most or 2, 1}
        for fact in self._facts[question.id]:
            if fact.value.count:
                turns = self._turns.get(fact.id, Turns()).numbers
                lengths |= {one for number in turns for one in (number, number - 1) if one >= 0}
        yield from (_things(question, length) for length in sorted(lengths))
        first, *others = json.loads(_things(question, question.at_least or 1))
        for item, turn in self._left_over(question.id, values):
            for number in (turn, turn - 1):
                cheap = [{**thing, item: "0"} for thing in others]
                yield json.dumps([{**first, item: str(number)}, *cheap], ensure_ascii=False)

    def _person_names(self, question: Question, own: Turns, values: Values) -> Iterator[str]:
        yield from _NAMES


_OF_KIND: Mapping[FieldKind, Callable[[Samples, Question, Turns, Values], Iterator[str]]] = {
    FieldKind.DATE: Samples._dates,
    FieldKind.ID_NUMBER: Samples._ids,
    FieldKind.NUMBER: Samples._counts,
    FieldKind.MONEY: Samples._counts,
    FieldKind.MANY: Samples._many,
    FieldKind.REPEAT: Samples._lists,
    FieldKind.NAME: Samples._person_names,
}


def id_number(birth: datetime.date, serial: str = "002") -> str:
    """A sound number of nobody's, for that birth date; an even serial is a woman's."""
    first_17 = f"990101{birth:%Y%m%d}{serial}"
    return first_17 + check_character(first_17)


def _things(question: Question, length: int) -> str:
    thing = {item.id: _inside(item) for item in question.item}
    return json.dumps([thing] * length, ensure_ascii=False)


def _inside(item: Item) -> str:
    return fields.field_type(item).sample(item)


def _turns(found: list[Condition]) -> Turns:
    numbers: list[int] = []
    days: list[datetime.date] = []
    words: list[str] = []
    for atom in found:
        numbers += [n for n in (atom.at_least, atom.low) if n is not None]
        numbers += [n + 1 for n in (atom.at_most, atom.high) if n is not None]
        days += [atom.before] if atom.before else []
        days += [atom.after + datetime.timedelta(1)] if atom.after else []
        for one in (atom.equals, atom.is_not, atom.includes, *(atom.one_of or ())):
            if type(one) is int:
                numbers += [one, one + 1]
            elif one is not None:
                words.append(str(one))
    return Turns(tuple(sorted(set(numbers))), tuple(sorted(set(days))), tuple(dict.fromkeys(words)))


def _years(day: datetime.date, count: int) -> datetime.date:
    return _months(day, 12 * count)


def _months(day: datetime.date, count: int) -> datetime.date:
    """The same day of another month; the first of the next one where there is none."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    try:
        return datetime.date(year, month + 1, day.day)
    except ValueError:
        return _months(datetime.date(year, month + 1, 1), 1)


def _days(day: datetime.date, count: int) -> datetime.date:
    return day + datetime.timedelta(count)


def _count_of(fact: Fact) -> tuple[str, _Step]:
    """The date that a fact counts from, and what it counts."""
    value = fact.value
    counted = ((value.years_from, _years), (value.months_from, _months), (value.days_from, _days))
    return next((start, step) for start, step in counted if start is not None)


def _is_number(value: object) -> bool:
    return str(value).replace(".", "", 1).isdigit()
