"""Frames and problems as plain records, in the form that `kiosk reader decode` prints."""

from __future__ import annotations

from kiosk.devices.sdt import command as sdt
from kiosk.devices.sdt.framing import Event, Frame
from kiosk.devices.sdt.replies import ReadReply, module_number, slice_read_reply
from kiosk.devices.sdt.requests import Request
from kiosk.identity.content import addresses, parse_text
from kiosk.identity.record import card_record

_MODULE_NUMBER = 16
_ADDRESSES = {70, 140, 210, 280}
_OTHERS = {0, 4, 8, 28}
"""Done, found, selected, and the number of the card's own management: nothing in them is told."""


def event_record(event: Event | Request, *, text: bool = False) -> dict[str, object]:
    """One event of the stream. A card's texts are part of it only when asked for, its addresses always."""
    if isinstance(event, Request):
        return request_record(event)
    if not isinstance(event, Frame):
        return {"type": "problem", "kind": event.kind.value}
    payload = event.payload
    record: dict[str, object] = {"type": "frame", "status": event.status, "payload_len": len(payload)}
    if event.status != sdt.DONE:
        return record
    if len(payload) == _MODULE_NUMBER:
        record["sam_id"] = module_number(payload)
    elif len(payload) not in _OTHERS:
        record.update(_read_record(payload, text=text))
    return record


def request_record(request: Request) -> dict[str, object]:
    """What the host asked; of a request too short to name a command, only that it does not hold."""
    named = {"command": request.command} if request.command else {}
    return {"type": "request", **named, "valid": request.valid}


def _read_record(payload: bytes, *, text: bool) -> dict[str, object]:
    # A reply names no command: the one header under which all lengths fit tells which it answers.
    plain = slice_read_reply(payload)
    parts: ReadReply | None = plain or slice_read_reply(payload, fingerprints=True)
    if parts is None and len(payload) in _ADDRESSES:
        return {"addresses": addresses(payload)}
    if parts is None:
        return {"inner": "inconsistent"}
    record: dict[str, object] = {"text_len": len(parts.text), "photo_len": parts.photo_len}
    if plain is None:
        record["fingerprint_len"] = parts.fingerprint_len
    if text:
        record["text"] = card_record(parse_text(parts.text))
    return record
