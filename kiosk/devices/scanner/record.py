"""Events of a scanner's line as plain records, in the form that `kiosk reader decode` prints."""

from __future__ import annotations

from kiosk.devices.scanner import gm65
from kiosk.devices.scanner.framing import Acknowledged, Code, Event, Overlong, Told, Unreadable

_COMMANDS = {0x07: "gm65_read", gm65.WRITE: "gm65_write", 0x09: "gm65_save"}


def event_record(event: Event) -> dict[str, object]:
    """One event of the stream. A code is shown whole: whoever decodes bytes has them already.

    What a terminal would obey in it is written as escapes where the record is printed.
    """
    match event:
        case Code(text=text, encoding=encoding):
            return {"type": "code", "text": text, "encoding": encoding}
        case Unreadable(raw=raw):
            return {"type": "unreadable", "hex": raw.hex()}
        case Overlong():
            return {"type": "overlong"}
        case Acknowledged(values=values):
            return {"type": "gm65_ack", "data": values.hex()}
        case Told():
            return {
                "type": _COMMANDS[event.kind],
                "address": event.address.hex(),
                "data": event.values.hex(),
                "crc": "ok" if event.computed else "skip",
            }
    return {"type": "problem", "kind": event.kind.value}
