"""Leads made-up people along the path of a service, past each point at which a condition turns."""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.flow.conditions import holds
from kiosk.flow.path import Answer, Given, Path, StepKind, find_path
from kiosk.services.check.known import atoms
from kiosk.services.condition import Condition
from kiosk.services.model import Service
from kiosk.services.samples import Samples
from kiosk.services.walkthrough import Walkthrough, walkthrough

_MOST_STEPS = 4000
"""Steps tried in one service. Past it, the explorer says that it is not the whole."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """Somebody on the way: what they have answered, and where that has led them."""

    answers: Mapping[str, str]
    path: Path

    @property
    def open(self) -> str | None:
        """The question that waits, or None at an end."""
        return self.path.last.id if self.path.last.kind is StepKind.QUESTION else None


class Explorer:
    """Leads people along the path, and lets those go on as one whom nothing later tells apart."""

    def __init__(self, service: Service, today: datetime.date, goals: tuple[Condition, ...] = ()) -> None:
        self._service, self._today = service, today
        self._samples = Samples(service, today)
        self._order = {question.id: n for n, question in enumerate(service.question)}
        self._agreed = {f"consent:{consent.id}": Answer("yes") for consent in service.consent}
        self._agreed[f"{StepKind.PROOF}:card"] = Answer("later")
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
