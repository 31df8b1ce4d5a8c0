"""E3: names, conditions and references."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from kiosk.services.condition import Condition
from kiosk.services.model import Service
from kiosk.services.positions import Part
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Question

Finding = tuple[str, tuple[Part, ...], dict[str, Any]]


def names_are_unique(service: Service) -> Iterator[Finding]:
    """E301: no two questions or facts, stops, materials or consents share an id."""
    for groups in (("question", "fact"), ("stop",), ("material",), ("consent",)):
        seen: set[str] = set()
        for group in groups:
            for number, part in enumerate(getattr(service, group)):
                if part.id in seen:
                    yield "E301", (group, number, "id"), {"key": part.id}
                seen.add(part.id)


def _known_before(service: Service, question_id: str | None) -> dict[str, Question | None]:
    """Fields a condition at that point may look at: earlier questions, and facts made of them."""
    known: dict[str, Question | None] = {}
    for question in service.question:
        if question.id == question_id:
            break
        known[question.id] = question
    known.update({fact.id: None for fact in service.fact if all(f in known for f in fact.value.sources())})
    return known


def _conditions(service: Service) -> Iterator[tuple[tuple[Part, ...], Condition, dict[str, Question | None]]]:
    """Every condition with its place and what it may look at."""
    everything = _known_before(service, None)
    for n, question in enumerate(service.question):
        if question.ask_if:
            yield ("question", n, "ask_if"), question.ask_if, _known_before(service, question.id)
    for n, stop in enumerate(service.stop):
        ids = [question.id for question in service.question]
        later = ids[ids.index(stop.after) + 1 :] if stop.after in ids else []
        yield ("stop", n, "when"), stop.when, _known_before(service, later[0] if later else None)
    for n, consent in enumerate(service.consent):
        if consent.need_if:
            point = service.question[0].id if consent.before == "start" else consent.before
            yield ("consent", n, "need_if"), consent.need_if, _known_before(service, point)
    for n, note in enumerate(service.staff_note):
        yield ("staff_note", n, "when"), note.when, everything
    for n, material in enumerate(service.material):
        if material.need_if:
            yield ("material", n, "need_if"), material.need_if, everything
    for n, amount in enumerate(service.guide.amount):
        yield ("guide", "amount", n, "when"), amount.when, everything
    if service.applicant:
        for key in ("self_when", "anonymous_when"):
            if (when := getattr(service.applicant, key)) is not None:
                yield ("applicant", key), when, everything


def conditions_can_be_answered(service: Service) -> Iterator[Finding]:
    """E302, E305, E306: a condition looks only at earlier fields, and compares like with like."""
    for at, condition, known in _conditions(service):
        yield from _check_condition(at, condition, known)


def _check_condition(
    at: tuple[Part, ...], condition: Condition, known: dict[str, Question | None]
) -> Iterator[Finding]:
    for part in (condition.every, condition.some, condition.neither):
        for inner in part or ():
            yield from _check_condition(at, inner, known)
    if condition.field is None:
        return
    if condition.field not in known:
        yield "E302", (*at, "field"), {"key": condition.field, "near": nearest(condition.field, known)}
        return
    question = known[condition.field]
    if question is not None and question.type in CHOSEN_KINDS:
        yield from _check_options(at, condition, question)
    elif not _comparable(condition, question):
        yield "E306", (*at, "field"), {"key": condition.field}


def _check_options(at: tuple[Part, ...], condition: Condition, question: Question) -> Iterator[Finding]:
    options = [option.value for option in question.options]
    compared = [condition.equals, condition.is_not, *(condition.one_of or ())]
    for value in compared:
        if value is not None and value not in options:
            values = {"key": question.id, "option": str(value), "near": "、".join(options)}
            yield "E305", (*at, "is"), values
    if any(v is not None for v in (condition.at_least, condition.at_most, condition.low, condition.high)):
        yield "E306", (*at, "field"), {"key": question.id}


def _comparable(condition: Condition, question: Question | None) -> bool:
    """Facts and numbers compare with numbers, dates with dates, all others only for equality."""
    numeric = any(
        v is not None for v in (condition.at_least, condition.at_most, condition.low, condition.high)
    )
    dated = condition.before is not None or condition.after is not None
    if question is None or question.type is FieldKind.NUMBER:
        compared = [condition.equals, condition.is_not, *(condition.one_of or ())]
        return not dated and all(v is None or type(v) is int for v in compared)
    if question.type is FieldKind.DATE:
        return not numeric
    return not numeric and not dated


def rules_fit_their_question(service: Service) -> Iterator[Finding]:
    """E306: a rule about days belongs to a date, a birth date inside a number to an ID number."""
    for n, question in enumerate(service.question):
        for m, check in enumerate(question.check):
            rule = check.rule
            about_days = rule.not_after is not None or rule.not_before is not None
            wrong_day = about_days and question.type is not FieldKind.DATE
            if wrong_day or (rule.birth_date_same_as and question.type is not FieldKind.ID_NUMBER):
                yield "E306", ("question", n, "check", m), {"key": question.id}


def own_wording_has_a_use(service: Service) -> Iterator[Finding]:
    """E307: `ask_self` needs `applicant`, which tells who applies for themselves."""
    for n, question in enumerate(service.question):
        if question.ask_self is not None and service.applicant is None:
            yield "E307", ("question", n, "ask_self"), {"key": question.id}


def references_exist(service: Service) -> Iterator[Finding]:
    """E302: stops, facts, consents, rules and the form name questions that exist."""
    ids = [question.id for question in service.question]
    dates = [question.id for question in service.question if question.type is FieldKind.DATE]
    named: list[tuple[tuple[Part, ...], str, list[str]]] = []
    named += [(("stop", n, "after"), stop.after, ids) for n, stop in enumerate(service.stop)]
    for n, fact in enumerate(service.fact):
        dated = fact.value.years_from or fact.value.months_from or fact.value.days_from
        allowed = dates if dated else ids
        named += [(("fact", n, "is"), field, allowed) for field in fact.value.sources()]
    points = [*ids, "start", "submit"]
    for n, consent in enumerate(service.consent):
        named.append((("consent", n, "before"), consent.before, points))
        named += [(("consent", n, "covers"), covered, ids) for covered in consent.covers]
    named += [(("handling", "form_order"), field, ids) for field in service.handling.form_order]
    for n, question in enumerate(service.question):
        for m, check in enumerate(question.check):
            at = ("question", n, "check", m)
            if check.rule.birth_date_same_as:
                earlier = [name for name in dates if name in ids[:n]]
                named.append((at, check.rule.birth_date_same_as, earlier))
            if check.rule.differs_from:
                named.append((at, check.rule.differs_from, ids[:n]))
    for place, name, allowed in named:
        if name not in allowed:
            yield "E302", place, {"key": name, "near": nearest(name, allowed)}


def nearest(name: str, known: Any) -> str:
    """The most similar known name, or all of them."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return close[0] if close else "、".join(known)
