"""E3: names and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.services.check.asked import all_asked
from kiosk.services.check.finding import Finding, nearest
from kiosk.services.model import Reckoning, Service
from kiosk.services.positions import Part
from kiosk.services.question import Asked, FieldKind, Question, Rule

PRINT_BLOCKS = (
    "@title",
    "@receipt_number",
    "@ticket",
    "@due",
    "@missing",
    "@materials",
    "@consents",
    "@signature_or_fingerprint",
    "@date",
    "@phone",
    "@qr",
)
"""What the program itself can put on a paper."""

_Named = Iterator[tuple[tuple[Part, ...], str, list[str]]]
"""A place, the name that stands there, and those that may."""


def names_are_unique(service: Service) -> Iterator[Finding]:
    """E301: no two questions or facts, stops, materials, consents, pre-checks or papers share an id."""
    for groups in (("question", "fact"), ("stop",), ("material",), ("consent",), ("precheck",), ("print",)):
        seen: set[str] = set()
        for group in groups:
            for number, part in enumerate(getattr(service, group)):
                if part.id in seen:
                    yield "E301", (group, number, "id"), {"key": part.id}
                seen.add(part.id)
    for n, question in enumerate(service.question):
        names = [item.id for item in question.item]
        for m, name in enumerate(names):
            if name in names[:m]:
                yield "E301", ("question", n, "item", m, "id"), {"key": name}


def references_exist(service: Service) -> Iterator[Finding]:
    """E302: stops, facts, consents, documents, records, rules, papers and the form name what exists."""
    for names in (_of_parts(service), _of_questions(service), _of_papers(service)):
        for place, name, allowed in names:
            if name not in allowed:
                yield "E302", place, {"key": name, "near": nearest(name, allowed)}


def _of_parts(service: Service) -> _Named:
    ids = list(service.questions)
    for n, stop in enumerate(service.stop):
        yield ("stop", n, "after"), stop.after, ids
    for n, fact in enumerate(service.fact):
        for name in fact.value.sources():
            yield ("fact", n, "is"), name, ids
    for n, consent in enumerate(service.consent):
        yield ("consent", n, "before"), consent.before, [*ids, "start", "submit"]
        for m, covered in enumerate(consent.covers):
            yield ("consent", n, "covers", m), covered, ids


def _of_questions(service: Service) -> _Named:
    ids = list(service.questions)
    papers = [material.id for material in service.material]
    for at, asked in all_asked(service):
        if asked.material is not None:
            yield (*at, "material"), asked.material, papers
    for n, question in enumerate(service.question):
        if question.look_up is not None:
            typed = [
                one.id for one in service.question[:n] if one.type is FieldKind.TEXT and not one.optional
            ]
            yield ("question", n, "look_up"), question.look_up, typed
        for m, check in enumerate(question.check):
            for key in ("birth_date_same_as", "differs_from"):
                if name := getattr(check.rule, key):
                    yield ("question", n, "check", m, "rule", key), name, ids[:n]


def _of_papers(service: Service) -> _Named:
    ids = [*service.questions, *(fact.id for fact in service.fact)]
    for m, name in enumerate(service.handling.form_order):
        yield ("handling", "form_order", m), name, list(service.questions)
    for n, paper in enumerate(service.print):
        for row, cells in enumerate(paper.rows):
            for column, name in enumerate(cells):
                allowed = list(PRINT_BLOCKS) if name.startswith("@") else ids
                yield ("print", n, "rows", row, column), name, allowed


def rules_fit_their_question(service: Service) -> Iterator[Finding]:
    """E308: a rule about days belongs to a date, a birth date inside a number to an ID number."""
    for n, question in enumerate(service.question):
        for m, check in enumerate(question.check):
            if not _rule_fits(check.rule, question, service):
                yield "E308", ("question", n, "check", m), {"key": question.id}


def _rule_fits(rule: Rule, question: Question, service: Service) -> bool:
    about_days = rule.not_after is not None or rule.not_before is not None
    if about_days and question.type is not FieldKind.DATE:
        return False
    if rule.birth_date_same_as is None:
        return True
    other = service.questions.get(rule.birth_date_same_as)
    return question.type is FieldKind.ID_NUMBER and (other is None or other.type is FieldKind.DATE)


def facts_are_made_of_the_right_kind(service: Service) -> Iterator[Finding]:
    """E304: years between days, sums of numbers, a birth date in an identity number."""
    for n, fact in enumerate(service.fact):
        for name, kinds in _wanted(fact.value):
            whole, _, inner = name.partition(".")
            question = service.questions.get(whole)
            if question is None:
                continue
            inside = next((item for item in question.item if item.id == inner), None)
            made_of: Asked | None = inside if inner else question
            if made_of is None or made_of.type not in kinds:
                yield "E304", ("fact", n, "is"), {"key": name, "near": "、".join(kinds)}


def _wanted(value: Reckoning) -> Iterator[tuple[str, tuple[FieldKind, ...]]]:
    days = (value.years_from, value.months_from, value.days_from, None if value.to == "today" else value.to)
    yield from ((name, (FieldKind.DATE,)) for name in days if name)
    yield from ((name, (FieldKind.ID_NUMBER,)) for name in (value.birth_in, value.sex_in) if name)
    if value.count:
        yield value.count, (FieldKind.REPEAT, FieldKind.MANY)
    yield from ((name, (FieldKind.NUMBER, FieldKind.MONEY)) for name in value.sum or ())


def bounds_leave_room(service: Service) -> Iterator[Finding]:
    """E315: nobody can give at least five things and at most three, nor five of four options."""
    for at, asked in all_asked(service):
        most = asked.at_most
        if asked.type is FieldKind.MANY:
            most = min(most or len(asked.options), len(asked.options))
        if asked.at_least is not None and most is not None and asked.at_least > most:
            yield "E315", (*at, "at_least"), {"low": "at_least", "high": "at_most"}


def own_wording_has_a_use(service: Service) -> Iterator[Finding]:
    """E307: `ask_self` needs `applicant`, which tells who applies for themselves; so does `other`."""
    for n, question in enumerate(service.question):
        if question.ask_self is not None and service.applicant is None:
            yield "E307", ("question", n, "ask_self"), {"key": question.id, "name": "ask_self"}
    for n, consent in enumerate(service.consent):
        if consent.other is not None and service.applicant is None:
            yield "E307", ("consent", n, "other"), {"key": consent.id, "name": "other"}
