"""Whose a visit and its case are: by a keyed name that nobody can read a person from."""

from __future__ import annotations

from kiosk.flow.holders import is_document
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
    """Whose case it will be; nobody's, where the person chose to stay unnamed."""
    if sitting.path(world).unnamed:
        return None
    return applicant(sitting, site_key) or _typed_owner(sitting, world, site_key)


def _typed_owner(sitting: Sitting, world: World, site_key: bytes) -> str | None:
    """Without a card: whose matter it is, by the number that was typed, so that their card finds it."""
    service, path = world.services[sitting.service], sitting.path(world)
    for question in service.question:
        typed = path.answers.get(question.id)
        if question.type is FieldKind.ID_NUMBER and question.from_card is CardRole.SUBJECT and typed:
            return person_key(typed.value, site_key)
    return None
