"""From a finished path to what is submitted: answers in the order of the official form."""

from __future__ import annotations

from datetime import datetime

from kiosk.cases.submission import (
    AnswerRecord,
    ConsentRecord,
    EvidenceRecord,
    FindingRecord,
    MaterialRecord,
    SignatureRecord,
    Submission,
)
from kiosk.flow import fields
from kiosk.flow.conditions import holds
from kiosk.flow.entitlement import needed_materials
from kiosk.flow.looking_up import ANSWERS
from kiosk.flow.pages.cards import readable
from kiosk.flow.path import SKIPPED, Given, Path
from kiosk.flow.photographing import handed_in
from kiosk.flow.precheck import pre_check
from kiosk.flow.proof import Proof
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.statement import statement
from kiosk.services.model import Service
from kiosk.sitting.authority import authority_of
from kiosk.sitting.identity import identity_of
from kiosk.sitting.same_case import note_of
from kiosk.text import Catalogue


def build_submission(
    sitting: Sitting,
    world: World,
    person: str | None,
    now: datetime,
    member_key: str | None = None,
    agent_key: str | None = None,
) -> Submission:
    """Only what is on the path; nothing else was asked, so nothing else is sent.

    `person` is the keyed hash of the card's number, None without a card; `member_key` that of the member
    card of this visit, `agent_key` that of whoever acts for the person.
    """
    service, path = world.services[sitting.service], sitting.path(world)
    return Submission(
        id=sitting.draft_id,
        service_id=service.id,
        service_version=service.version,
        title=dict(service.title.text().shown),
        language=sitting.language,
        desk=service.handling.desk,
        person_key=person,
        answers=_answers(service, path, world.texts),
        consents=_consents(service, path, now),
        signature=_signature(sitting, world, path, now),
        materials=_materials(sitting, world, path),
        staff_notes=(
            *note_of(sitting, path, world),
            *({"zh": note.zh, "en": note.en} for note in service.staff_note if holds(note.when, path.values)),
        ),
        legal_workdays=service.handling.legal_workdays,
        promised_workdays=service.handling.promised_workdays,
        begun_at=sitting.begun_at or now,
        evidence=_evidence(sitting.given, path),
        precheck=tuple(
            FindingRecord(finding.kind.value, finding.ok, dict(finding.text.shown))
            for finding in pre_check(service, path, world.texts)
        ),
        identity=identity_of(service, path, sitting.member, member_key, world.today, now),
        proof_needed=Proof.CLAIMED if path.unnamed else service.proof,
        authority=authority_of(service, path, world, now),
        agent_key=agent_key,
    )


def _answers(service: Service, path: Path, texts: Catalogue) -> tuple[AnswerRecord, ...]:
    """As they are, and as staff see them: a sign that cannot be drawn says that it stands on the card."""
    order = [*service.handling.form_order, *(q.id for q in service.question)]
    given = [field for field in dict.fromkeys(order) if field in path.answers]
    records = []
    for field in given:
        question, answer = service.find_question(field), path.answers[field]
        if answer.value == SKIPPED:
            continue
        # As private as the most private thing in it: a list may hold somebody's number.
        shown = readable(fields.show(question, answer.value), texts)
        records.append(
            AnswerRecord(
                field=field,
                label=dict(question.label.text().shown),
                value=answer.value,
                shown=dict(shown.shown),
                source=answer.source,
                privacy=shown.privacy,
            )
        )
    return tuple(records)


def _consents(service: Service, path: Path, now: datetime) -> tuple[ConsentRecord, ...]:
    return tuple(
        ConsentRecord(
            consent.id,
            dict(consent.text(for_self=path.for_self).shown),
            path.consents[consent.id],
            now,
            consent.keep_days,
        )
        for consent in service.consent
        if consent.id in path.consents
    )


def _signature(sitting: Sitting, world: World, path: Path, now: datetime) -> SignatureRecord:
    confirmed = statement(world.services[sitting.service], path, world.texts)
    drawn = sitting.strokes or None
    return SignatureRecord("mark" if drawn else "key", now, dict(confirmed.shown), drawn)


def _materials(sitting: Sitting, world: World, path: Path) -> tuple[MaterialRecord, ...]:
    """Those still to be brought, and those of which a picture goes along: staff look at the paper itself."""
    service = world.services[sitting.service]
    needed = {*needed_materials(service, path), *(one.material for one in handed_in(sitting, world))}
    return tuple(
        MaterialRecord(material.id, dict(material.text().shown), material.form)
        for material in service.material
        if material.id in needed
    )


def _evidence(given: Given, path: Path) -> tuple[EvidenceRecord, ...]:
    """What was shown of every record that the person said something about.

    Who would not wait for a look-up has not seen what it brought.
    """
    shown = [
        given.records[field]
        for field, answer in path.answers.items()
        if field in given.records and answer.value in ANSWERS[given.records[field].state]
    ]
    return tuple(
        EvidenceRecord(
            field=news.question,
            source=news.source,
            title=dict(news.title.shown),
            state=news.state.value,
            lines=tuple((dict(line.label.shown), dict(line.value.shown)) for line in news.lines),
            at=news.at,
            as_of=news.as_of,
        )
        for news in shown
    )
