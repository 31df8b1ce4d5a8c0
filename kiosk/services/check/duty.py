"""E5: what the law and the house ask of a service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiosk.services.model import Service
from kiosk.services.positions import Part
from kiosk.services.question import FieldKind

Finding = tuple[str, tuple[Part, ...], dict[str, Any]]

_SEPARATELY = {FieldKind.ID_NUMBER, FieldKind.BANK_CARD}


def consents_cover_private_fields(service: Service) -> Iterator[Finding]:
    """E501: identity and bank numbers are recorded only under a separate consent of their own (K35)."""
    covered = {field for consent in service.consent if consent.separate for field in consent.covers}
    for number, question in enumerate(service.question):
        if question.type in _SEPARATELY and question.id not in covered:
            yield "E501", ("question", number, "id"), {"key": question.id}
