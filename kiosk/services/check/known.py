"""What a condition may look at, at each point of a service, and as what it can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.services.condition import Condition
from kiosk.services.model import Fact, Service
from kiosk.services.positions import Part
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Question


class As(StrEnum):
    """As what a field is compared."""

    NUMBER = "number"
    DAY = "day"
    OPTION = "option"
    OPTIONS = "options"
    """Several at once: only `includes`."""
    TEXT = "text"
    NOTHING = "nothing"
    """Only whether it was answered."""


@dataclass(frozen=True, slots=True)
class Field:
    """One name that conditions may use."""

    id: str
    compared: As
    options: tuple[str, ...] = ()


_KINDS = {
    FieldKind.NUMBER: As.NUMBER,
    FieldKind.MONEY: As.NUMBER,
    FieldKind.DATE: As.DAY,
    FieldKind.MANY: As.OPTIONS,
    FieldKind.REPEAT: As.NOTHING,
    FieldKind.SIGNATURE: As.NOTHING,
    FieldKind.ADDRESS: As.NOTHING,
    **dict.fromkeys(CHOSEN_KINDS, As.OPTION),
}

Known = Mapping[str, Field]


def field_of(part: Question | Fact) -> Field:
    """A question or fact as conditions see it."""
    if isinstance(part, Question):
        compared = _KINDS.get(part.type, As.TEXT)
        return Field(part.id, compared, tuple(option.value for option in part.options))
    if part.value.birth_in is not None:
        return Field(part.id, As.DAY)
    if part.value.sex_in is not None:
        return Field(part.id, As.OPTION, ("female", "male"))
    return Field(part.id, As.NUMBER)


def known_before(service: Service, question_id: str | None) -> dict[str, Field]:
    """Fields that may be looked at when that question is about to be asked: earlier ones, and their facts."""
    known: dict[str, Field] = {}
    for question in service.question:
        if question.id == question_id:
            break
        known[question.id] = field_of(question)
    for fact in service.fact:
        if all(source in known for source in fact.value.sources()):
            known[fact.id] = field_of(fact)
    return known


def known_after(service: Service, question_id: str) -> dict[str, Field]:
    """The same where that question has just been answered."""
    ids = [question.id for question in service.question]
    later = ids[ids.index(question_id) + 1 :] if question_id in ids else []
    return known_before(service, later[0] if later else None)


def conditions(service: Service) -> Iterator[tuple[tuple[Part, ...], Condition, Known]]:
    """Every condition with its place and what it may look at."""
    yield from _on_the_way(service)
    whole = known_before(service, None)
    for at, condition in _at_the_end(service):
        yield at, condition, whole


def _on_the_way(service: Service) -> Iterator[tuple[tuple[Part, ...], Condition, Known]]:
    for n, question in enumerate(service.question):
        if question.ask_if:
            yield ("question", n, "ask_if"), question.ask_if, known_before(service, question.id)
    for n, stop in enumerate(service.stop):
        yield ("stop", n, "when"), stop.when, known_after(service, stop.after)
    for n, consent in enumerate(service.consent):
        if consent.need_if:
            point = service.question[0].id if consent.before == "start" else consent.before
            yield ("consent", n, "need_if"), consent.need_if, known_before(service, point)


def _at_the_end(service: Service) -> Iterator[tuple[tuple[Part, ...], Condition]]:
    for n, note in enumerate(service.staff_note):
        yield ("staff_note", n, "when"), note.when
    for n, material in enumerate(service.material):
        if material.need_if:
            yield ("material", n, "need_if"), material.need_if
    for n, line in enumerate(service.precheck):
        yield ("precheck", n, "when"), line.when
    for n, amount in enumerate(service.guide.amount):
        yield ("guide", "amount", n, "when"), amount.when
    for key in ("self_when", "anonymous_when"):
        said = getattr(service.applicant, key, None)
        if said is not None:
            yield ("applicant", key), said


def atoms(at: tuple[Part, ...], condition: Condition) -> Iterator[tuple[tuple[Part, ...], Condition]]:
    """The comparisons a condition is made of, each with its place."""
    if condition.field is not None:
        yield at, condition
    for key, parts in (("all", condition.every), ("any", condition.some), ("none", condition.neither)):
        for number, part in enumerate(parts or ()):
            yield from atoms((*at, key, number), part)
