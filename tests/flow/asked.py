"""Questions of every kind, and what becomes of what is typed there."""

from __future__ import annotations

import datetime
from typing import Any

from kiosk.catalogue import load_catalogue
from kiosk.flow import fields
from kiosk.flow.fields import Refused, Taken
from kiosk.identity.id_number import check_character
from kiosk.services.question import FIXED_OPTIONS, FieldKind, Question
from kiosk.text import LANGUAGES

TODAY = datetime.date(2026, 11, 2)
TEXTS = load_catalogue("resident")
NOTHING: dict[str, Any] = {}
WORDS = {"zh": "问", "en": "ask"}
CHOSEN: dict[FieldKind, tuple[str, ...]] = {
    FieldKind.CHOICE: ("here", "away"),
    FieldKind.MANY: ("right", "middle", "left"),
    **FIXED_OPTIONS,
}
GOODS = (
    {"id": "name", "type": "text", "ask": WORDS, "label": WORDS},
    {"id": "price", "type": "money", "ask": WORDS, "label": WORDS},
    {"id": "phone", "type": "cn_phone", "ask": WORDS, "label": WORDS, "privacy": "private", "optional": True},
)


def question(kind: FieldKind, **parts: Any) -> Question:
    """A question of that kind, private unless `parts` say otherwise, with all that the kind needs."""
    needs: dict[FieldKind, dict[str, Any]] = {
        FieldKind.DOCUMENT: {"material": "paper"},
        FieldKind.RECORD: {"source": "pension"},
        FieldKind.REPEAT: {"item": GOODS},
    }
    options = tuple({"value": value, "zh": f"选{value}", "en": value} for value in CHOSEN.get(kind, ()))
    basis = {"id": "q", "type": kind, "ask": WORDS, "label": WORDS, "options": options, "privacy": "private"}
    return Question.model_validate({**basis, **needs.get(kind, {}), **parts})


def understood(kind: FieldKind, typed: str, **parts: Any) -> str:
    """The value that is kept."""
    outcome = fields.parse(question(kind, **parts), typed, NOTHING, TODAY)
    assert isinstance(outcome, Taken), outcome
    return outcome.value


def refused(kind: FieldKind, typed: str, **parts: Any) -> str:
    """The key of the message, which is there in every language with all that it tells."""
    outcome = fields.parse(question(kind, **parts), typed, NOTHING, TODAY)
    assert isinstance(outcome, Refused), outcome
    for language in LANGUAGES:
        assert TEXTS.text(outcome.key, **outcome.values).show(language)
    return outcome.key


def id_number(birth: datetime.date, serial: str = "002", region: str = "990101") -> str:
    """A sound number of nobody's, for that birth date."""
    first_17 = f"{region}{birth:%Y%m%d}{serial}"
    return first_17 + check_character(first_17)
