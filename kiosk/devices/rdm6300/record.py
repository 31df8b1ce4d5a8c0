"""Tags and problems as plain records, in the form that `kiosk reader decode` prints."""

from __future__ import annotations

from kiosk.devices.line import Problem
from kiosk.devices.rdm6300.framing import Event


def event_record(event: Event) -> dict[str, object]:
    """One event of the stream."""
    if isinstance(event, Problem):
        return {"type": "problem", "kind": event.kind.value}
    return {
        "type": "tag",
        "hex": event.hex,
        "version": event.version,
        "number": event.number,
        "printed10": event.printed10,
        "printed_3_5": event.printed_3_5,
    }
