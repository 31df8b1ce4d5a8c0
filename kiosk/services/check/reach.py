"""E309 to E319, W321, E323, E324: every part of a service is for somebody."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.conditions import fields_of
from kiosk.services.check.finding import Finding
from kiosk.services.model import Service
from kiosk.services.paths import Survey

_GROUPS = (
    ("question", "E309", "id"),
    ("stop", "E310", "when"),
    ("consent", "E312", "id"),
    ("material", "E313", "need_if"),
    ("precheck", "W321", "when"),
)


def every_part_is_reached(service: Service, found: Survey) -> Iterator[Finding]:
    """E309 to E313, E317, W321: by somebody, whoever comes. Silent where the ways are too many to say."""
    if not found.whole:
        return
    if ("end", "submit") not in found.reached:
        yield "E311", ("question",), {}
        return
    for group, code, key in _GROUPS:
        for n, part in enumerate(getattr(service, group)):
            if (group, part.id) not in found.reached:
                yield code, (group, n, key), {"key": part.id}
    yield from _options_nobody_takes(service, found)
    for n in range(len(service.guide.amount)):
        if ("amount", str(n)) not in found.reached:
            yield "E317", ("guide", "amount", n, "when"), {}
    for n in range(len(service.staff_note)):
        if ("staff_note", str(n)) not in found.reached:
            yield "W321", ("staff_note", n, "when"), {}


def _options_nobody_takes(service: Service, found: Survey) -> Iterator[Finding]:
    """E319: a question people come to, and an option that it refuses from all of them."""
    for n, question in enumerate(service.question):
        for m, option in enumerate(question.options):
            asked = ("question", question.id) in found.reached
            if asked and ("option", f"{question.id}={option.value}") not in found.reached:
                yield "E319", ("question", n, "options", m), {"key": question.id, "option": option.value}


def stops_are_told_apart(service: Service) -> Iterator[Finding]:
    """E314, E316: each stop has a reason of its own, and looks at the question it follows."""
    order = list(service.questions)
    for n, stop in enumerate(service.stop):
        for other in service.stop[:n]:
            if (other.after, other.when) == (stop.after, stop.when):
                yield "E314", ("stop", n, "when"), {"key": stop.id, "other": other.id}
        seen = _sources(service, set(fields_of(stop.when)))
        if seen and stop.after not in seen:
            near = max(seen, key=order.index)
            yield "E316", ("stop", n, "after"), {"key": stop.id, "after": stop.after, "near": near}


def consents_come_first(service: Service) -> Iterator[Finding]:
    """E318: whoever is asked for a private number has agreed to it before (K35)."""
    order = list(service.questions)
    for n, consent in enumerate(service.consent):
        if consent.before == "start":
            continue
        asked_at = order.index(consent.before) if consent.before in order else len(order)
        for covered in consent.covers:
            if order.index(covered) < asked_at:
                yield "E318", ("consent", n, "before"), {"key": covered}


def who_acts_agrees_in_own_words(service: Service) -> Iterator[Finding]:
    """E323, E324: what is agreed to once somebody is known to act for another is worded for them, too.

    What is agreed to before that has one wording, and it has to fit everybody. A service from before there
    were two wordings goes on being offered with its one.
    """
    own = service.applicant.self_when if service.applicant else None
    if own is None:
        return
    order = {name: place for place, name in enumerate(service.questions)}
    known = max((order.get(name, -1) for name in fields_of(own)), default=-1)
    for n, consent in enumerate(service.consent):
        asked = {"start": -1, "submit": len(order)}.get(consent.before, order.get(consent.before, -1))
        if asked > known and consent.other is None:
            yield "E323", ("consent", n, "id"), {"key": consent.id}
        if asked <= known and consent.other is not None:
            yield "E324", ("consent", n, "other"), {"key": consent.id}


def _sources(service: Service, names: set[str]) -> set[str]:
    """The questions behind these fields."""
    made = {fact.id: fact.value.sources() for fact in service.fact}
    return {source for name in names for source in made.get(name, (name,))}
