"""How sure it is who the people of an application are, at the moment it is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from kiosk.cases.submission import IdentityRecord
from kiosk.flow.fields import SKIPPED, Taken, field_type
from kiosk.flow.path import Path
from kiosk.flow.proof import Basis, MemberCard, Proof, basis_of, expired, proof_of
from kiosk.flow.source import CardFields, Source
from kiosk.services.model import Service
from kiosk.services.proof import CardRole
from kiosk.services.question import CARD_FIELDS, FieldKind, Question

_NAMING = (FieldKind.ID_NUMBER, FieldKind.NAME)
"""Kinds of answer that say who somebody is, the surest first."""


def identity_of(
    service: Service,
    path: Path,
    member: MemberCard | None,
    member_key: str | None,
    today: date,
    now: datetime,
) -> tuple[IdentityRecord, ...]:
    """The subject, and the actor where somebody acts for them; of who stays unnamed only that they do.

    `member` is the member card of this visit, and `member_key` its keyed hash.
    """
    if path.unnamed:
        return (IdentityRecord(CardRole.SUBJECT, Proof.CLAIMED, Basis.UNNAMED, now),)
    here = CardRole.SUBJECT if path.for_self else CardRole.ACTOR
    roles = (CardRole.SUBJECT,) if path.for_self else (CardRole.SUBJECT, CardRole.ACTOR)
    return tuple(
        _by_card(service, path, role, today, now)
        or _by_member_card(role, member if role is here else None, member_key, now)
        or IdentityRecord(role, Proof.CLAIMED, _said(service, path, role), now)
        for role in roles
    )


def _by_card(
    service: Service, path: Path, role: CardRole, today: date, now: datetime
) -> IdentityRecord | None:
    """By a card of theirs, where what they hand in is still what it says."""
    card = path.cards.get(role)
    if card is None or not _is_of(card, service, path, role, today):
        return None
    return IdentityRecord(role, proof_of(card), basis_of(card), now, expired=expired(card, today))


def _by_member_card(
    role: CardRole, member: MemberCard | None, member_key: str | None, now: datetime
) -> IdentityRecord | None:
    """By the member card of whoever stands at the kiosk."""
    if member is None or member_key is None:
        return None
    by = Basis.MEMBER_CARD
    return IdentityRecord(role, Proof.KNOWN, by, now, member_key=member_key, member_tail=member.tail)


def _is_of(card: CardFields, service: Service, path: Path, role: CardRole, today: date) -> bool:
    """Is the card that of the person named in the application? What it said may have been changed by hand.

    By the surest that the card says: where its number is not sound, by the name.
    """
    told = (question for question in _naming(service, path, role) if CARD_FIELDS[question.type] in card)
    question = next(told, None)
    if question is None:
        return True
    taken = field_type(question).parse(card[CARD_FIELDS[question.type]], question, today)
    return isinstance(taken, Taken) and taken.value == path.answers[question.id].value


def _said(service: Service, path: Path, role: CardRole) -> Basis:
    """By a code or in words, where no card says who they are."""
    question = next(_naming(service, path, role), None)
    scanned = question is not None and path.answers[question.id].source is Source.SCAN
    return Basis.SCAN if scanned else Basis.TYPED


def _naming(service: Service, path: Path, role: CardRole) -> Iterator[Question]:
    """The questions whose answers say who this person is: their number, then their name."""
    return (
        question
        for kind in _NAMING
        for question in service.question
        if question.type is kind and question.from_card is role and question.id in path.answers
        if path.answers[question.id].value != SKIPPED
    )
