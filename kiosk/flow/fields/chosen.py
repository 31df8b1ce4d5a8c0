"""Answers that are chosen, not typed."""

from __future__ import annotations

import datetime
from dataclasses import replace

from kiosk.flow.fields.base import HIDDEN, SKIPPED, FieldType, Refused, Taken
from kiosk.flow.fields.written import listed
from kiosk.services.question import Asked
from kiosk.text import EMPTY, Privacy, Text


class ChoiceField(FieldType):
    """One of the question's options; the value is the option's code.

    Yes and no are options, too, and so are what becomes of a document (here, later) and what a person
    says of a record (right, wrong, missing, staff).
    """

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Only a code of the list."""
        return Taken(typed) if typed in _codes(question) else Refused("field.choose_one")

    def still_fits(self, value: str, question: Asked, today: datetime.date) -> bool:
        """While it is one of the options."""
        return value in _codes(question)

    def words(self, value: str, question: Asked) -> Text:
        """The option's label."""
        return next((option.text() for option in question.options if option.value == value), EMPTY)

    def display(self, value: str, question: Asked) -> Text:
        """As shown at the kiosk. Half an option would be another word: the room hears all of it or none."""
        shown = super().display(value, question)
        return replace(shown, privacy=Privacy.PRIVATE) if shown.privacy is Privacy.MASKED else shown

    def mask(self, value: str) -> str:
        """A code says nothing to a reader: nothing is shown."""
        return HIDDEN

    def sample(self, question: Asked) -> str:
        """The first option."""
        return question.options[0].value


class ManyField(ChoiceField):
    """Any number of the options; the value is their codes in the order of the options, joined by commas."""

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Codes of the list, in any order; at least one unless the question says otherwise."""
        ticked = {code.strip() for code in typed.split(",")} - {""}
        if not ticked <= set(_codes(question)):
            return Refused("field.choose_one")
        if not ticked and question.optional:
            return Taken(SKIPPED)
        least = 1 if question.at_least is None else question.at_least
        if len(ticked) < least:
            return Refused("field.many_least", {"least": least})
        if question.at_most is not None and len(ticked) > question.at_most:
            return Refused("field.many_most", {"most": question.at_most})
        return Taken(",".join(code for code in _codes(question) if code in ticked))

    def still_fits(self, value: str, question: Asked, today: datetime.date) -> bool:
        """While all of them are options."""
        return {*value.split(",")} <= {*_codes(question), ""}

    def words(self, value: str, question: Asked) -> Text:
        """The labels, in a row."""
        ticked = value.split(",")
        return listed([option.text() for option in question.options if option.value in ticked])

    def sample(self, question: Asked) -> str:
        """As many as must be chosen."""
        return ",".join(_codes(question)[: max(1, question.at_least or 1)])


def _codes(question: Asked) -> list[str]:
    return [option.value for option in question.options]
