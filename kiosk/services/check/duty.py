"""E5: what the law asks of every service before anybody meets it."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.services.check.finding import Finding
from kiosk.services.model import Service
from kiosk.services.proof import CardRole, Proof
from kiosk.services.question import FieldKind

SEPARATELY = {FieldKind.ID_NUMBER, FieldKind.BANK_CARD}
"""Kinds of answer that are recorded only under a consent of their own (K35)."""


def proof_can_be_given(service: Service) -> Iterator[Finding]:
    """E525, E526: who may have to show an identity card finds it on the list; who stays unnamed does not."""
    if service.proof is Proof.CLAIMED:
        return
    if service.applicant is not None and service.applicant.anonymous_when is not None:
        yield "E526", ("proof",), {"given": service.proof}
    people = [CardRole.SUBJECT]
    if service.applicant is not None and service.applicant.self_when is not None:
        people.append(CardRole.ACTOR)
    listed = {paper.card for paper in service.material}
    for person in people:
        if person not in listed:
            yield "E525", ("proof",), {"given": service.proof, "near": person}
            return


def consents_cover_private_fields(service: Service) -> Iterator[Finding]:
    """E501: identity and bank numbers are recorded only under a separate consent of their own (K35)."""
    covered = {field for consent in service.consent if consent.separate for field in consent.covers}
    for number, question in enumerate(service.question):
        inside = any(item.type in SEPARATELY for item in question.item)
        if (question.type in SEPARATELY or inside) and question.id not in covered:
            yield "E501", ("question", number, "id"), {"key": question.id}
