"""What is left to whoever does not agree: most of all, another answer that needs no consent (K35). Pure."""

from __future__ import annotations

from kiosk.flow.conditions import holds
from kiosk.flow.path import Path
from kiosk.services.model import Service
from kiosk.services.question import CHOSEN_KINDS, Question


def way_without(service: Service, path: Path, consent_id: str) -> str | None:
    """The question that made this consent needed, where it has an option that needs none.

    Who is paid on a bank card agrees that its number is kept; on the social security card nobody need agree.
    """
    consent = next(one for one in service.consent if one.id == consent_id)
    field = consent.need_if.field if consent.need_if is not None else None
    if field is None or field not in path.answers:
        return None
    question = service.find_question(field)
    others = (holds(consent.need_if, {**path.values, field: code}) for code in _codes(question))
    return field if any(needed is False for needed in others) else None


def _codes(question: Question) -> list[str]:
    return [option.value for option in question.options] if question.type in CHOSEN_KINDS else []
