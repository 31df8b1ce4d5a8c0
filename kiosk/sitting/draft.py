"""An unfinished application as JSON for the store, and back."""

from __future__ import annotations

import json
from typing import Any

from kiosk.flow.path import Answer, Given
from kiosk.flow.source import Source

_FORM = 1
"""The form of the JSON; a draft in another one is not offered."""


def to_json(given: Given) -> str:
    """All that was given, the other person's card included. The own card is laid again to open it."""
    return json.dumps(
        {
            "form": _FORM,
            "answers": {key: [answer.value, answer.source] for key, answer in given.answers.items()},
            "other_card": dict(given.other_card) if given.other_card is not None else None,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(body: str) -> Given | None:
    """What was given, or None for a draft of another form. Confirmations are asked again."""
    document: dict[str, Any] = json.loads(body)
    if document.get("form") != _FORM:
        return None
    answers = {key: Answer(value, Source(source)) for key, (value, source) in document["answers"].items()}
    return Given(answers=answers, other_card=document["other_card"])
