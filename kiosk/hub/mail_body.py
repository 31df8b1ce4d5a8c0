"""What lies in the mailbox of a kiosk: of a case, just what a kiosk shows, as it stands after an event."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kiosk.cases.parcels import News, Unread
from kiosk.cases.requests import Reply

_SHOWN = ("epoch", "state", "due", "outcome", "missing", "result", "desk", "reference", "goes_on_in")
_ASLEEP = ("held_from", "wake_on")


def to_mail(row: Any, answers: str = "", reply: Reply | None = None) -> str:
    """From the row of a case; `answers`: the parcel of a resident's act that was taken in, or set aside."""
    shown = {name: row[name] for name in (*_SHOWN, *_ASLEEP)}
    told = dataclasses.asdict(reply) if reply else None
    return json.dumps({**shown, "answers": answers, "reply": told}, ensure_ascii=False)


def read_mail(row: Any) -> News | Unread:
    """From a row of the mailbox: id, case_id, seq, kind, at, body."""
    number, case_id, seq, kind, at, body = row
    try:
        shown = json.loads(body)
        place = {"id": number, "case_id": case_id, "order": seq, "kind": kind, "at": at}
        return _form().validate_python({**shown, **place})
    except (ValidationError, ValueError, TypeError, RecursionError):
        return Unread(number)


@cache
def _form() -> TypeAdapter[News]:
    return TypeAdapter(News)
