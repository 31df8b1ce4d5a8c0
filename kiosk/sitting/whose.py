"""Whose a visit and its case are: by a keyed name that nobody can read a person from."""

from __future__ import annotations

from kiosk.flow.holders import is_document
from kiosk.flow.path import SKIPPED
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import CardFields
from kiosk.security.keys import member_key, person_key
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind


def visitor(sitting: Sitting, site_key: bytes) -> str | None:
    """Whoever laid their identity card, while what was kept for them may be shown.

    A chip that can be copied, or a number that was typed, is nobody.
    """
    return _keyed(sitting.card, site_key) if sitting.opens_own else None


def applicant(sitting: Sitting, site_key: bytes) -> str | None:
    """Whose identity card the open application was begun with."""
    return _keyed(sitting.given.first_card, site_key)


def _keyed(card: CardFields | None, site_key: bytes) -> str | None:
    number = card.get("id_number") if card and is_document(card) else None
    return person_key(number, site_key) if number else None


def member_of(sitting: Sitting, site_key: bytes) -> str | None:
    """The member card of this visit; it says that two visits belong together, never whose they are."""
    return member_key(sitting.member.number, site_key) if sitting.member else None


def owner(sitting: Sitting, world: World, site_key: bytes) -> str | None:
    """Whose case it will be; nobody's, where the person chose to stay unnamed.

    Of a matter that somebody brings for another it is the other one's.
    """
    if sitting.path(world).unnamed:
        return None
    named = _numbered(sitting, world, site_key, CardRole.SUBJECT)
    first = applicant(sitting, site_key)
    return first or named if sitting.path(world).for_self else named or first


def agent(sitting: Sitting, world: World, site_key: bytes) -> str | None:
    """Whoever acts for the person, by their card or the number they gave; None where nobody does."""
    path = sitting.path(world)
    if path.unnamed or path.for_self:
        return None
    card = _keyed(path.cards.get(CardRole.ACTOR), site_key)
    return card or _numbered(sitting, world, site_key, CardRole.ACTOR)


def _numbered(sitting: Sitting, world: World, site_key: bytes, role: CardRole) -> str | None:
    """By the number among the answers, from a card or typed, so that their card finds the case."""
    service, path = world.services[sitting.service], sitting.path(world)
    for question in service.question:
        answer = path.answers.get(question.id)
        asked = question.type is FieldKind.ID_NUMBER and question.from_card is role
        if asked and answer and answer.value != SKIPPED:
            return person_key(answer.value, site_key)
    return None
