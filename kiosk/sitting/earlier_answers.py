"""What a person gave in earlier applications on this box and may use again in the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.cases.submission import Submission
from kiosk.flow.conditions import holds
from kiosk.flow.earlier_values import EarlierValues
from kiosk.flow.source import Source
from kiosk.services.model import Service
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind

NEWEST = 5
"""So many submissions are looked into: who moved house has said so since."""


def earlier_values(submissions: Iterable[Submission], services: Mapping[str, Service]) -> EarlierValues:
    """By what an answer is in every service (`reuse`) and its kind, the newest one of each.

    Only what people said of themselves, with their card: what was given for somebody else is not theirs,
    and a number that was typed could be anybody's, who would leave their phone in the place of another's.
    """
    found: dict[tuple[str, FieldKind], str] = {}
    for submission in submissions:
        service = services.get(submission.service_id)
        if service is None or not _for_self(service, submission) or _number_typed(service, submission):
            continue
        for answer in submission.answers:
            question = service.questions.get(answer.field)
            if question is not None and question.reuse is not None:
                found.setdefault((question.reuse, question.type), answer.value)
    return found


def _number_typed(service: Service, submission: Submission) -> bool:
    """Whose it is was typed, not read."""
    return any(
        question.type is FieldKind.ID_NUMBER
        and question.from_card is CardRole.SUBJECT
        and answer.source is not Source.CARD
        for answer in submission.answers
        if (question := service.questions.get(answer.field)) is not None
    )


def _for_self(service: Service, submission: Submission) -> bool:
    values = {answer.field: answer.value for answer in submission.answers}
    return service.applicant is None or holds(service.applicant.self_when, values) is True
