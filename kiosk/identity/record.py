"""Frames, problems, cards and numbers as plain records, in the form that `kiosk reader decode` prints."""

from __future__ import annotations

from kiosk.identity import command as sdt
from kiosk.identity.card import Card
from kiosk.identity.content import ReadReply, addresses, module_number, parse_text, slice_read_reply
from kiosk.identity.framing.sdt import Event, Frame
from kiosk.identity.id_number import NumberCheck

_MODULE_NUMBER = 16
_ADDRESSES = {70, 140, 210, 280}
_SHORTEST_READ = 224
"""Shorter payloads are never a read reply; the four sizes above are not one either."""


def event_record(event: Event, *, text: bool = False) -> dict[str, object]:
    """One event of the stream. Personal texts are part of it only when asked for."""
    if not isinstance(event, Frame):
        return {"type": "problem", "kind": event.kind.value}
    payload = event.payload
    record: dict[str, object] = {"type": "frame", "status": event.status, "payload_len": len(payload)}
    if event.status != sdt.DONE:
        return record
    if len(payload) == _MODULE_NUMBER:
        record["sam_id"] = module_number(payload)
    elif len(payload) in _ADDRESSES:
        if text:
            record["addresses"] = addresses(payload)
    elif len(payload) >= _SHORTEST_READ:
        record.update(_read_record(payload, text=text))
    return record


def _read_record(payload: bytes, *, text: bool) -> dict[str, object]:
    # A reply names no command: the one header under which all lengths fit tells which it answers.
    plain = slice_read_reply(payload)
    parts: ReadReply | None = plain or slice_read_reply(payload, fingerprints=True)
    if parts is None:
        return {"inner": "inconsistent"}
    record: dict[str, object] = {"text_len": len(parts.text), "photo_len": parts.photo_len}
    if plain is None:
        record["fingerprint_len"] = parts.fingerprint_len
    if text:
        record["text"] = card_record(parse_text(parts.text))
    return record


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
    for key in ("name_latin", "nationality", "pass_number", "issue_count", "region"):
        if getattr(card, key):
            record[key] = getattr(card, key)
    record["warnings"] = [warning.value for warning in card.warnings]
    return record


def number_record(verdict: NumberCheck) -> dict[str, object]:
    """The verdict on a number; what it does not have is left out."""
    record: dict[str, object] = {"number": verdict.number, "valid": verdict.valid}
    for key, value in (
        ("reason", verdict.reason),
        ("birth", verdict.birth.isoformat() if verdict.birth else None),
        ("sex", verdict.sex),
        ("kind", verdict.kind),
    ):
        if value is not None:
            record[key] = str(value)
    record["warnings"] = list(verdict.warnings)
    return record
