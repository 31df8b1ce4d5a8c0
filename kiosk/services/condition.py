"""Conditions of a service file, as data: one field compared, or other conditions joined."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from kiosk.services.wording import Record, wrong

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]


class Condition(Record):
    """A yes / no / not-known-yet question about earlier answers. See `kiosk.flow.conditions`."""

    field: Id | None = None
    equals: str | int | bool | None = Field(default=None, alias="is")
    is_not: str | int | bool | None = None
    one_of: tuple[str | int, ...] | None = Field(default=None, alias="in")
    at_least: int | None = None
    at_most: int | None = None
    low: int | None = Field(default=None, alias="from")
    high: int | None = Field(default=None, alias="to")
    before: datetime.date | None = None
    after: datetime.date | None = None
    answered: bool | None = None
    includes: str | None = None
    """An option that is among those chosen in a `many`."""
    every: tuple[Condition, ...] | None = Field(default=None, alias="all")
    some: tuple[Condition, ...] | None = Field(default=None, alias="any")
    neither: tuple[Condition, ...] | None = Field(default=None, alias="none")

    @model_validator(mode="after")
    def one_shape(self) -> Self:
        """A condition compares one field, or joins other conditions; never both, never neither."""
        joins = [part for part in (self.every, self.some, self.neither) if part is not None]
        tests = [name for name in _TESTS if getattr(self, name) is not None]
        if self.field is None:
            if len(joins) != 1 or tests:
                raise wrong("E226", "field", "a field to compare, or one of all, any, none")
        elif joins or not tests:
            raise wrong("E227", "field", "a field needs a comparison")
        return self

    @cached_property
    def tests(self) -> tuple[tuple[str, Any], ...]:
        """The comparisons it makes, each with what it compares with."""
        named = ((name, getattr(self, name)) for name in _TESTS)
        return tuple((name, wanted) for name, wanted in named if wanted is not None)


_TESTS = (
    "equals",
    "is_not",
    "one_of",
    "at_least",
    "at_most",
    "low",
    "high",
    "before",
    "after",
    "answered",
    "includes",
)
