"""Cases as plain values, for scripts and exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kiosk.cases.identity import level_now
from kiosk.cases.submission import IdentityRecord
from kiosk.cases.views import CaseSummary, CaseView
from kiosk.flow.fields.base import mask_digits
from kiosk.text import Privacy

Plain = dict[str, Any]


def line_of(case: CaseSummary) -> Plain:
    """Nothing personal in it."""
    return {
        "number": case.number,
        "ticket": case.ticket,
        "service": case.service_id,
        "title": dict(case.title),
        "desk": case.desk,
        "state": case.state,
        "due": case.deadline.due.isoformat(),
        "late": case.deadline.late,
        "paused": case.deadline.paused,
        "due_is_sure": case.deadline.sure,
        "received_at": case.received_at.isoformat(),
        "holder": case.holder,
    }


def whole(case: CaseView, full: bool) -> Plain:
    """One case. `full`: private values and what people wrote; recorded before by whoever asks for it."""
    words = {"missing": case.missing, "result": case.result} if full else {}
    return {
        **line_of(case.summary),
        "identity": [person_of(case, person, full) for person in case.submission.identity],
        "proof_needed": case.submission.proof_needed,
        "operator": case.submission.operator,
        "answers": _answers(case, full),
        "consents": [{"id": one.id, "given": one.given} for one in case.submission.consents],
        "events": _events(case, full),
        **words,
    }


def marked(cases: Sequence[CaseView], mark: Mapping[str, str]) -> list[Plain]:
    """Whole cases for an export: each carries who took it out, when, and which of how many it is."""
    return [
        {"export": {**mark, "case": n, "of": len(cases)}, **whole(case, full=True)}
        for n, case in enumerate(cases, 1)
    ]


def person_of(case: CaseView, person: IdentityRecord, full: bool) -> Plain:
    """How sure it is who this is, and what that rests on. What staff wrote of a paper may name the person."""
    seen = [
        {"by": one.by, "at": one.at.isoformat(), "shown": one.shown, "note": one.note if full else ""}
        for one in case.sightings
        if one.role is person.role
    ]
    earlier = [use.number for use in case.earlier_uses] if person.member_key else []
    return {
        "role": person.role,
        "level": level_now(person, case.sightings),
        "reached": person.role not in case.unproven,
        "by": person.by,
        "at": person.at.isoformat(),
        "expired": person.expired,
        "member_card": person.member_tail,
        "earlier_cases": earlier,
        "seen": seen,
    }


def _answers(case: CaseView, full: bool) -> list[Plain]:
    return [
        {
            "field": answer.field,
            "label": dict(answer.label),
            "value": answer.value if full or answer.privacy is Privacy.OPEN else mask_digits(answer.value),
            "source": answer.source,
        }
        for answer in case.answers
    ]


def _events(case: CaseView, full: bool) -> list[Plain]:
    return [
        {
            "at": event.at.isoformat(),
            "actor": event.actor,
            "role": event.role,
            "kind": event.kind,
            "note": event.note,
            "words": event.words if full else "",
        }
        for event in case.events
    ]
