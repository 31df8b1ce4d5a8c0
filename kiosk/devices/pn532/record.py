"""Frames and problems as plain records, in the form that `kiosk reader decode` prints."""

from __future__ import annotations

from kiosk.devices.line import Problem
from kiosk.devices.pn532.command import Command
from kiosk.devices.pn532.content import listed_targets
from kiosk.devices.pn532.framing import CHIP, Event, Frame, Signal


def event_record(event: Event) -> dict[str, object]:
    """One event of the stream. A frame that lists cards has the number of the first one beside its data."""
    if isinstance(event, Problem):
        return {"type": "problem", "kind": event.kind.value}
    if isinstance(event, Signal):
        return {"type": event.value}
    record: dict[str, object] = {
        "type": "frame",
        "tfi": f"{event.tfi:02x}",
        "code": f"{event.code:02x}",
        "data": event.data.hex(),
    }
    if event.tfi == CHIP and event.code == Command.LIST.reply_code:
        record.update(_listed(event))
    return record


def _listed(frame: Frame) -> dict[str, object]:
    targets = listed_targets(frame.data)
    if targets is None:
        return {"uid": None, "content_error": True}
    if not targets:
        return {}
    first = targets[0]
    record: dict[str, object] = {
        "uid": first.uid.hex(),
        "sens_res": first.sens_res.hex(),
        "sel_res": f"{first.sel_res:02x}",
    }
    if first.ats:
        record["ats"] = first.ats.hex()
    if first.random_uid:
        record["random_uid"] = True
    return record
