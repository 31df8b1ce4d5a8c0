"""Answers that are chosen, not typed."""

from __future__ import annotations

import datetime

from kiosk.flow.fields.base import FieldType, Refused, Taken
from kiosk.services.question import Question
from kiosk.text import Text


class ChoiceField(FieldType):
    """One of the question's options (yes and no are options, too); the value is the option's code."""

    def parse(self, typed: str, question: Question, today: datetime.date) -> Taken | Refused:
        """Only a code of the list."""
        if any(option.value == typed for option in question.options):
            return Taken(typed)
        return Refused("field.choose_one")

    def words(self, value: str, question: Question) -> Text:
        """The option's label."""
        return next(option.text() for option in question.options if option.value == value)

    def mask(self, value: str) -> str:
        """A code says nothing to a reader: nothing is shown."""
        return "***"
