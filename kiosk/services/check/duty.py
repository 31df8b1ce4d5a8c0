"""E5: what the law asks of every service before anybody meets it."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.conditions import fields_of
from kiosk.services.check.finding import Finding
from kiosk.services.model import Service
from kiosk.services.proof import CardRole, Proof
from kiosk.services.question import FieldKind

SEPARATELY = {FieldKind.ID_NUMBER, FieldKind.BANK_CARD}
"""Kinds of answer that are recorded only under a consent of their own (K35)."""
_LETTERS_QUESTIONS = ("name", "relation", "agent_phone", "account_name")


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


def authority_names_what_is_there(service: Service) -> Iterator[Finding]:
    """E527: the letter names questions and papers of a service that somebody may bring for another (K41)."""
    asked = service.authority
    if asked is None:
        return
    if service.applicant is None or service.applicant.self_when is None:
        yield "E527", ("authority", "may"), {"key": "applicant.self_when"}
    papers = frozenset(material.id for material in service.material)
    there = {key: frozenset(service.questions) for key in _LETTERS_QUESTIONS}
    there |= {"paper": papers, "guardian_paper": papers}
    for key, known in there.items():
        name = getattr(asked, key)
        if name is not None and name not in known:
            yield "E527", ("authority", key), {"key": name}
    for key in ("guardian_when", "volunteer_when"):
        for field in fields_of(getattr(asked, key)):
            if field not in service.questions:
                yield "E527", ("authority", key), {"key": field}
    if asked.guardian_when is not None and asked.guardian_paper is None:
        yield "E527", ("authority", "guardian_when"), {"key": "guardian_paper"}


def consents_cover_private_fields(service: Service) -> Iterator[Finding]:
    """E501: identity and bank numbers are recorded only under a separate consent of their own (K35)."""
    covered = {field for consent in service.consent if consent.separate for field in consent.covers}
    for number, question in enumerate(service.question):
        inside = any(item.type in SEPARATELY for item in question.item)
        if (question.type in SEPARATELY or inside) and question.id not in covered:
            yield "E501", ("question", number, "id"), {"key": question.id}
