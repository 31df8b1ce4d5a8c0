"""The ways through a service: enough of them to reach every part, or all that its boundary values make.

Each way is a person's answers led along the real path (`kiosk.flow.path`), so what is found here is what
a resident meets. Two people whose answers no later condition tells apart go on as one: the ways of a
service are few, and a part that none of them reaches is one that nobody reaches.
"""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from kiosk.flow.conditions import holds
from kiosk.flow.path import Answer, Given, Path, StepKind, find_path
from kiosk.flow.source import CardFields
from kiosk.services.check.known import atoms
from kiosk.services.condition import Condition
from kiosk.services.model import Amount, Service
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Question
from kiosk.services.samples import Samples

_MOST_STEPS = 4000
"""Steps tried in one service. Past it the survey says that it is not the whole."""
_UNTYPED = CHOSEN_KINDS | {FieldKind.MANY, FieldKind.SIGNATURE}

Target = tuple[str, str]
"""A part that somebody should reach: its group in the file, and its id (`"hukou=local"` for an option)."""


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """One person's way from the first page to an end."""

    answers: Mapping[str, str] = field(repr=False)
    """Canonical values by question, as given; those that the path left behind are not among them."""
    path: Path = field(repr=False)
    refused: str = ""
    """The consent this person says no to."""

    @property
    def end(self) -> str:
        """`"submit"`, a stop's id or `"refused"`."""
        return self.path.end or self.path.last.place

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions asked, in order."""
        return tuple(step.id for step in self.path.steps if step.kind is StepKind.QUESTION)


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is to reach in a service, and who reaches it."""

    ends: tuple[Walkthrough, ...]
    """One person for each way that conditions tell apart."""
    covering: tuple[Walkthrough, ...]
    """A few of them, and a refusal of each consent, who together reach all that can be reached."""
    reached: frozenset[Target]
    whole: bool
    """Nobody is left out: what is not reached here is not reached by anybody."""


def survey(service: Service, today: datetime.date) -> Survey:
    """Go every way that conditions tell apart, as somebody would today."""
    first = _Explorer(service, today)
    first.explore()
    ends, whole = list(first.ends), first.whole
    reached = {target for walk in ends for target in reached_by(service, walk)}
    for target, condition in _conditions_at_the_end(service):
        if target in reached or not whole:
            continue
        more = _Explorer(service, today, (condition,))
        more.explore()
        whole = more.whole
        ends += (walk for walk in more.ends if target in reached_by(service, walk))
        reached |= {found for walk in more.ends for found in reached_by(service, walk)}
    few = _cover(service, ends)
    refusals = tuple(_refusals(service, few, today))
    reached |= {("refusal", walk.refused) for walk in refusals}
    return Survey(tuple(ends), (*few, *refusals), frozenset(reached), whole)


def every_walk(service: Service, today: datetime.date, most: int = 1000) -> Iterator[Walkthrough]:
    """All ways that the boundary values of its conditions make, at most so many, nobody going on as one."""
    return islice(_Explorer(service, today).cross(), most)


def targets(service: Service) -> tuple[Target, ...]:
    """All that somebody should reach."""
    found: list[Target] = []
    for question in service.question:
        found.append(("question", question.id))
        found += [("option", f"{question.id}={option.value}") for option in question.options]
    found += [("stop", stop.id) for stop in service.stop]
    for consent in service.consent:
        found += [("consent", consent.id), ("refusal", consent.id)]
    return (*found, ("end", "submit"), *(target for target, _ in _conditions_at_the_end(service)))


def reached_by(service: Service, walk: Walkthrough) -> Iterator[Target]:
    """What this person comes to."""
    for step in walk.path.steps:
        if step.kind in (StepKind.QUESTION, StepKind.CONSENT, StepKind.STOP):
            yield str(step.kind), step.id
    for name, answer in walk.path.answers.items():
        if service.find_question(name).options:
            yield from (("option", f"{name}={code}") for code in answer.value.split(",") if code)
    if walk.end == "submit":
        yield "end", "submit"
        for target, condition in _conditions_at_the_end(service):
            if _comes_true(service, target, condition, walk):
                yield target


def shortest_way(service: Service, ends: Iterable[Walkthrough]) -> tuple[int, int] | None:
    """Question pages and typed answers of the shortest way to hand in, with the person's own card read (K02).

    What may be skipped is a page, and not typed. None where nobody hands in.
    """
    ways = []
    for walk in ends:
        if walk.end == "submit":
            asked = [service.find_question(name) for name in walk.asked]
            left = [one for one in asked if not (one.from_card and walk.path.for_self)]
            ways.append((len(left), sum(_typed(one) for one in left)))
    return min(ways, default=None)


def _typed(question: Question) -> bool:
    may_be_empty = question.type is FieldKind.REPEAT and not question.at_least
    return question.type not in _UNTYPED and not question.optional and not may_be_empty


def _conditions_at_the_end(service: Service) -> Iterator[tuple[Target, Condition]]:
    """What is looked at only once everything is answered."""
    for material in service.material:
        yield ("material", material.id), material.need_if or _ALWAYS
    for number, amount in enumerate(service.guide.amount):
        yield ("amount", str(number)), amount.when
    for number, note in enumerate(service.staff_note):
        yield ("staff_note", str(number)), note.when
    for line in service.precheck:
        yield ("precheck", line.id), line.when


_ALWAYS = Condition(all=())


def _comes_true(service: Service, target: Target, condition: Condition, walk: Walkthrough) -> bool:
    held = holds(condition, walk.path.values)
    group, name = target
    if group == "precheck":
        return held is not None
    if group != "amount" or not held:
        return bool(held)
    amount = service.guide.amount[int(name)]
    before = service.guide.amount[: int(name)]
    return not any(holds(one.when, walk.path.values) and _hides(one, amount) for one in before)


def _hides(earlier: Amount, later: Amount) -> bool:
    """Does the earlier one count whenever the later one could?"""
    if earlier.valid is None:
        return True
    if later.valid is None:
        return False
    ends_after = earlier.valid.end is None or (
        later.valid.end is not None and later.valid.end <= earlier.valid.end
    )
    return earlier.valid.start <= later.valid.start and ends_after


@dataclass(frozen=True, slots=True)
class _Standing:
    """Somebody on the way: what they have answered, and where that has led them."""

    answers: Mapping[str, str]
    path: Path

    @property
    def open(self) -> str | None:
        """The question that waits, or None at an end."""
        return self.path.last.id if self.path.last.kind is StepKind.QUESTION else None


class _Explorer:
    """Leads people along the path, and lets those go on as one whom nothing later tells apart."""

    def __init__(self, service: Service, today: datetime.date, goals: tuple[Condition, ...] = ()) -> None:
        self._service, self._today = service, today
        self._samples = Samples(service, today)
        self._order = {question.id: n for n, question in enumerate(service.question)}
        self._agreed = {f"consent:{consent.id}": Answer("yes") for consent in service.consent}
        self._looked_at = self._atoms_by_place(goals)
        self._steps = 0
        self._seen: set[tuple[object, ...]] = set()
        self._met: set[str] = set()
        self.ends: list[Walkthrough] = []
        self.whole = True

    def explore(self) -> None:
        """Every way that conditions tell apart."""
        waiting = deque([self._stand({})])
        aside: list[_Standing] = []
        while waiting and self._steps < _MOST_STEPS:
            here = waiting.popleft()
            for there in self._ways_on(here):
                if self._is_news(there):
                    waiting.append(there)
                elif self._has_seen_more(there):
                    aside.append(there)
            if here.open is None:
                self.ends.append(self._ended(here))
        self.whole = not waiting
        self.ends += (self._ended(self._led_on(one)) for one in aside)

    def cross(self) -> Iterator[Walkthrough]:
        """Every way, boundary value by boundary value; what is looked at nowhere is not crossed."""
        matters = {atom.field for atom, _ in self._looked_at}
        matters |= {s for f in self._service.fact if f.id in matters for s in f.value.sources()}
        waiting = [self._stand({})]
        while waiting:
            here = waiting.pop()
            if here.open is None:
                yield self._ended(here)
                continue
            ways = list(self._ways_on(here))
            waiting += reversed(ways if here.open in matters else ways[:1])

    def _stand(self, answers: Mapping[str, str]) -> _Standing:
        self._steps += 1
        return _Standing(answers, find_path(self._service, self._given(answers), self._today))

    def _given(self, answers: Mapping[str, str]) -> Given:
        return Given(self._agreed | {name: Answer(value) for name, value in answers.items()})

    def _ways_on(self, here: _Standing) -> Iterator[_Standing]:
        if here.open is None:
            return
        question = self._service.find_question(here.open)
        for value in self._samples.of(question, here.path.values):
            there = self._stand({**here.answers, question.id: value})
            if there.open != question.id:
                yield there

    def _is_news(self, there: _Standing) -> bool:
        """Is nobody yet at this place for whom everything later is the same?"""
        values = there.path.values
        at = self._order.get(there.open or "", len(self._order))
        told = tuple(holds(atom, values) for atom, until in self._looked_at if until >= at)
        mark = (there.path.last.place, told, self._half_known(values))
        news = mark not in self._seen
        self._seen.add(mark)
        return news

    def _half_known(self, values: Mapping[str, object]) -> tuple[object, ...]:
        """Answers that count only together with one that is still to come."""
        facts = (fact for fact in self._service.fact if fact.id not in values)
        return tuple(values.get(source) for fact in facts for source in fact.value.sources())

    def _has_seen_more(self, there: _Standing) -> bool:
        """On the way to where others already are: has this person met what none of those set aside has?"""
        met = {step.place for step in there.path.steps}
        for name, value in there.answers.items():
            if self._service.find_question(name).options:
                met |= {f"{name}={code}" for code in value.split(",")}
        more = met - self._met
        self._met |= met
        return bool(more)

    def _led_on(self, here: _Standing) -> _Standing:
        """To an end, past the stops where there is a way past them."""
        while here.open is not None:
            ways = list(self._ways_on(here))
            if not ways:
                return here
            here = next((way for way in ways if way.path.last.kind is not StepKind.STOP), ways[0])
        return here

    def _ended(self, here: _Standing) -> Walkthrough:
        return walkthrough(self._service, here.answers, self._today)

    def _atoms_by_place(self, goals: tuple[Condition, ...]) -> list[tuple[Condition, int]]:
        """The comparisons that decide where a path goes, each with the last question it is looked at for."""
        service, end = self._service, len(self._order)
        placed: list[tuple[Condition | None, int]] = [(goal, end) for goal in goals]
        placed += [(question.ask_if, n) for n, question in enumerate(service.question)]
        placed += [(stop.when, self._order[stop.after]) for stop in service.stop]
        placed += [(consent.need_if, self._order.get(consent.before, end)) for consent in service.consent]
        until: dict[Condition, int] = {}
        for condition, place in placed:
            for _, atom in atoms((), condition) if condition else ():
                until[atom] = max(until.get(atom, 0), place)
        return list(until.items())


def walkthrough(
    service: Service,
    answers: Mapping[str, str],
    today: datetime.date,
    refused: str = "",
    card: CardFields | None = None,
) -> Walkthrough:
    """The way of somebody who gives these answers, agrees to all but `refused`, confirms and signs.

    With their `card` read, what it says is not asked.
    """
    given = {name: Answer(value) for name, value in answers.items()}
    for consent in service.consent:
        given[f"consent:{consent.id}"] = Answer("no" if consent.id == refused else "yes")
    mark = find_path(service, Given(given, card), today).digest
    path = find_path(service, Given(given, card, marks={"check": mark, "sign": mark}), today)
    return Walkthrough({name: answer.value for name, answer in path.answers.items()}, path, refused)


def _cover(service: Service, ends: list[Walkthrough]) -> tuple[Walkthrough, ...]:
    """A few of them who reach as much as all: the one who reaches most that is new, again and again."""
    left = [(walk, set(reached_by(service, walk))) for walk in ends]
    few: list[Walkthrough] = []
    while left:
        best, reached = max(left, key=lambda one: len(one[1]))
        if not reached:
            break
        few.append(best)
        left = [(walk, rest - reached) for walk, rest in left]
    return tuple(few)


def _refusals(service: Service, walks: Iterable[Walkthrough], today: datetime.date) -> Iterator[Walkthrough]:
    """Somebody who says no to each consent that is asked."""
    asked: dict[str, Walkthrough] = {}
    for walk in walks:
        for consent in walk.path.consents:
            asked.setdefault(consent, walk)
    for consent, walk in asked.items():
        yield walkthrough(service, walk.answers, today, refused=consent)
