"""What these answers call for and entitle to: papers to bring, money to get."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from kiosk.flow.conditions import holds
from kiosk.flow.path import Path
from kiosk.flow.proof import Proof, proof_of
from kiosk.flow.values import Values
from kiosk.services.guide import Amount
from kiosk.services.model import Service
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind

_SHOWN_HERE = "here"


def needed_materials(service: Service, path: Path) -> tuple[str, ...]:
    """The papers still to be brought, by id: those asked for that the person does not have with them now."""
    said = _said_of_papers(service, path)
    return tuple(name for name in asked_materials(service, path) if said.get(name) != _SHOWN_HERE)


def asked_materials(service: Service, path: Path) -> tuple[str, ...]:
    """The papers asked for, by id.

    An identity card that was read on the way is not among them, unless staff have to see it, too.
    """
    cards = _presented(service, path)
    return tuple(
        material.id
        for material in service.material
        if material.card not in cards and holds(material.need_if, path.values)
    )


def materials_at_hand(service: Service, path: Path) -> tuple[str, ...]:
    """Those of them that the person may have with them: they did not say that they bring it later."""
    said = _said_of_papers(service, path)
    return tuple(
        name for name in asked_materials(service, path) if said.get(name, _SHOWN_HERE) == _SHOWN_HERE
    )


def yuan_per_month(service: Service, values: Values, today: datetime.date) -> int | None:
    """What the guide says is paid to this person every month, by what is in force today."""
    return next(
        (a.yuan_per_month for a in _due(service, values, today) if a.yuan_per_month is not None), None
    )


def yuan_once(service: Service, values: Values, today: datetime.date) -> int | None:
    """What the guide says is paid to this person once, by what is in force today."""
    return next((a.yuan_once for a in _due(service, values, today) if a.yuan_once is not None), None)


def in_force(amount: Amount, today: datetime.date) -> bool:
    """Is this amount paid today? One without dates always is."""
    valid = amount.valid
    return valid is None or (valid.start <= today and (valid.end is None or today <= valid.end))


def _due(service: Service, values: Values, today: datetime.date) -> Iterator[Amount]:
    return (a for a in service.guide.amount if in_force(a, today) and holds(a.when, values))


def _presented(service: Service, path: Path) -> frozenset[CardRole]:
    """Whose identity cards need not be brought any more: a chip that can be copied stands for no document."""
    if service.proof is Proof.SEEN:
        return frozenset()
    return frozenset(role for role, card in path.cards.items() if proof_of(card).reaches(Proof.PRESENTED))


def _said_of_papers(service: Service, path: Path) -> dict[str, str]:
    """What was answered where it was asked whether a paper is here, by the paper."""
    return {
        question.material: answer.value
        for question in service.question
        if question.type is FieldKind.DOCUMENT and question.material is not None
        if (answer := path.answers.get(question.id)) is not None
    }
