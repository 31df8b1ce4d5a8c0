"""E5: what the law asks of every service before anybody meets it."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.services.check.finding import Finding
from kiosk.services.model import Service
from kiosk.services.question import FieldKind

SEPARATELY = {FieldKind.ID_NUMBER, FieldKind.BANK_CARD}
"""Kinds of answer that are recorded only under a consent of their own (K35)."""


def consents_cover_private_fields(service: Service) -> Iterator[Finding]:
    """E501: identity and bank numbers are recorded only under a separate consent of their own (K35)."""
    covered = {field for consent in service.consent if consent.separate for field in consent.covers}
    for number, question in enumerate(service.question):
        inside = any(item.type in SEPARATELY for item in question.item)
        if (question.type in SEPARATELY or inside) and question.id not in covered:
            yield "E501", ("question", number, "id"), {"key": question.id}
