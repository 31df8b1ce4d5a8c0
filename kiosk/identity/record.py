"""Cards and numbers as plain records, in the form that `kiosk reader decode` and `kiosk id check` print."""

from __future__ import annotations

from kiosk.identity.card import Card
from kiosk.identity.id_number import NumberCheck


def card_record(card: Card) -> dict[str, object]:
    """All that stands on a card. Personal data: for the terminal of whoever asked, never for a log."""
    record: dict[str, object] = {
        "card_type": card.kind.value,
        "name": card.name,
        "sex_code": card.sex_code,
        "sex": card.sex,
        "ethnic_code": card.ethnic_code or None,
        "ethnic": card.ethnic or None,
        "birth": card.birth.isoformat() if card.birth else None,
        "address": card.address,
        "number": card.number,
        "number_valid": card.number_valid,
        "authority": card.authority,
        "valid_from": card.valid_from.isoformat() if card.valid_from else None,
        "valid_to": card.valid_to.isoformat() if card.valid_to else None,
        "valid_forever": card.valid_forever,
    }
    for key in ("address_now", "name_latin", "nationality", "pass_number", "issue_count", "region"):
        if getattr(card, key):
            record[key] = getattr(card, key)
    record["warnings"] = [warning.value for warning in card.warnings]
    return record


def number_record(verdict: NumberCheck) -> dict[str, object]:
    """The verdict on a number; None for what it does not have. `number` and `normalised` are the same."""
    return {
        "number": verdict.number,
        "normalised": verdict.number,
        "kind": verdict.kind.value if verdict.kind else None,
        "valid": verdict.valid,
        "reason": verdict.reason.value if verdict.reason else None,
        "birth": verdict.birth.isoformat() if verdict.birth else None,
        "sex": verdict.sex,
        "warnings": list(verdict.warnings),
    }
