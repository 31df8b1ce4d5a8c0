"""The ways through a service: enough of them to reach every part, or all that its boundary values make.

Each way is a person's answers led along the real path (`kiosk.flow.path`), so what is found here is what
a resident meets. Two people whose answers no later condition tells apart go on as one: the ways of a
service are few, and a part that none of them reaches is one that nobody reaches.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kiosk.flow.conditions import holds
from kiosk.flow.path import StepKind
from kiosk.services.condition import Condition
from kiosk.services.explorer import Explorer
from kiosk.services.guide import Amount
from kiosk.services.model import Service
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Question
from kiosk.services.walkthrough import Walkthrough, walkthrough

__all__ = [
    "Survey", "Target", "Walkthrough",
    "every_walk", "reached_by", "shortest_way", "survey", "targets", "walkthrough",
]  # fmt: skip

_UNTYPED = CHOSEN_KINDS | {FieldKind.MANY, FieldKind.SIGNATURE}

Target = tuple[str, str]
"""A part that somebody should reach: its group in the file, and its id (`"hukou=local"` for an option)."""


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
    first = Explorer(service, today)
    first.explore()
    ends, whole = list(first.ends), first.whole
    reached = {target for walk in ends for target in reached_by(service, walk)}
    for target, condition in _conditions_at_the_end(service):
        if target in reached or not whole:
            continue
        more = Explorer(service, today, (condition,))
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
    return islice(Explorer(service, today).cross(), most)


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
