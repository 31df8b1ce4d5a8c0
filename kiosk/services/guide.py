"""The first door of a service (看): what it is, what it gives, what people ask. Pydantic models; pure."""

from __future__ import annotations

import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from kiosk.services.condition import Condition
from kiosk.services.wording import Record, Wording, Words, wrong


class Validity(Record):
    """From when to when the service is offered."""

    start: datetime.date = Field(alias="from")
    end: datetime.date | None = Field(default=None, alias="to")


class Basis(Record):
    """A law or notice the service stands on."""

    law: Wording
    local_notice: Words | None = None


class Amount(Record):
    """What is paid, to whom, and from when to when; the first that fits counts."""

    when: Condition
    whom: Wording | None = None
    """The people it means, in words; needed where the condition is not about an age or one option."""
    yuan_per_month: int | None = Field(default=None, ge=0)
    yuan_once: int | None = Field(default=None, ge=0)
    valid: Validity | None = None

    @model_validator(mode="after")
    def one_sum(self) -> Self:
        """Every month, or once."""
        if (self.yuan_per_month is None) == (self.yuan_once is None):
            raise wrong("E223", "when", "one of yuan_per_month and yuan_once")
        return self


class Guide(Record):
    """The first door: what the service is (看)."""

    who: Wording
    get: Wording
    fee: Wording
    visits: int = Field(ge=0, le=9)
    here: Literal["whole", "part"] = "whole"
    """Can this kiosk do it? All of it, or the beginning; then `rest` says what remains (K37)."""
    rest: Wording | None = None
    basis: tuple[Basis, ...] = Field(min_length=1)
    amount: tuple[Amount, ...] = ()

    @model_validator(mode="after")
    def rest_of_a_part(self) -> Self:
        """Whoever begins here must know where it ends."""
        if (self.here == "part") != (self.rest is not None):
            raise wrong("E224", "here", "rest belongs to a part, and a part needs it")
        return self


class Faq(Record):
    """A question people ask, with its answer (问)."""

    ask: Wording
    answer: Wording
