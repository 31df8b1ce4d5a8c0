"""Messages between two of our processes: each one JSON object on a line of its own."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Message = TypeVar("Message", bound="DataclassInstance")


class JsonLines(Generic[Message]):
    """Writes and reads the messages of these kinds: dataclasses of plain values."""

    def __init__(self, *kinds: type[Message]) -> None:
        self._kinds: dict[str, type[Any]] = {kind.__name__: kind for kind in kinds}

    def to_line(self, message: Message) -> bytes:
        """One line with its newline."""
        fields = {"kind": type(message).__name__, **asdict(message)}
        line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return line.encode(errors="replace") + b"\n"

    def from_line(self, line: bytes) -> Message | None:
        """The message, or None for a line that is none (a library's own print)."""
        try:
            fields = json.loads(line)
            message: Message = self._kinds[fields.pop("kind")](**fields)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return message
