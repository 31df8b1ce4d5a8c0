"""Sample people of a service file, and what must come of each."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from kiosk.services.condition import Id
from kiosk.services.wording import Record, Words

Answers = dict[
    str, Annotated[Any, BeforeValidator(lambda v: v.isoformat() if isinstance(v, datetime.date) else v)]
]


class Story(Record):
    """A sample person: the answers given and what must come of it. Runs in the tests."""

    name: Words
    today: datetime.date
    answers: Answers
    refuse: tuple[Id, ...] = ()
    """Consents this person says no to."""
    expect: Expect


class Expect(Record):
    """What a story must lead to; only what is named is compared."""

    end: Id
    asked: tuple[Id, ...] | None = None
    not_asked: tuple[Id, ...] | None = None
    materials: tuple[Id, ...] | None = None
    consents: tuple[Id, ...] | None = None
    yuan_per_month: int | None = None
    yuan_once: int | None = None
    due: datetime.date | None = None
