"""Events of a printer's line as plain records, in the form that `kiosk reader decode` prints."""

from __future__ import annotations

from dataclasses import asdict

from kiosk.devices.escpos.framing import Asked, Event, Flow, PaperAnswer, Printed, Status, StatusBlock
from kiosk.devices.escpos.meaning import block_state, fields_of, paper_told

_NO_STATUS: dict[str, object] = {"valid": False}
"""`valid` is about answers to DLE EOT: everything else is none."""


def event_record(event: Event | Asked | Printed) -> dict[str, object]:
    """One event of the stream, of either side."""
    match event:
        case Status(byte=byte, asked=asked):
            return reply_record(byte, asked)
        case StatusBlock(content=content):
            return {"type": "status_block", **_NO_STATUS, **asdict(block_state(content))}
        case PaperAnswer(byte=byte):
            return {"type": "paper", **_NO_STATUS, "paper": paper_told(byte).value}
        case Flow(wait=wait):
            return {"type": "flow", **_NO_STATUS, "wait": wait}
        case Asked(question=question):
            return {"type": "request", "valid": True, "n": question.number, "hex": question.value.hex()}
        case Printed():
            return {"type": "printed"}
    return {"type": "problem", "kind": event.kind.value, **_NO_STATUS}


def reply_record(byte: int, asked: int | None) -> dict[str, object]:
    """What a status byte says as the answer to DLE EOT `asked`; without that only that it is one."""
    says = {} if asked is None else {"n": asked, **fields_of(asked, byte)}
    return {"type": "status", "valid": True, **says}
