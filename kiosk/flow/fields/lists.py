"""Lists of things, each answered by questions of its own."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kiosk.flow.fields.base import SKIPPED, FieldType, Refused, Taken
from kiosk.flow.fields.reading import read_json
from kiosk.flow.fields.written import counted, listed
from kiosk.services.question import Asked, FieldKind, Item, Question
from kiosk.text import Privacy, Text

MOST_THINGS = 20
"""In a list that sets no bound of its own: more than anybody types on a kiosk."""
_ONE_OF_THEM = Text({"zh": "项", "en": "in all"})
_OPENS, _BETWEEN, _WITHIN = {"zh": "：", "en": ": "}, {"zh": "；", "en": "; "}, {"zh": " ", "en": " "}


def bounds(question: Asked) -> tuple[int, int]:
    """How many things there must be, and may be."""
    least = question.at_least if question.at_least is not None else int(not question.optional)
    return least, question.at_most or MOST_THINGS


class RepeatField(FieldType):
    """A list; the value is a JSON list of objects with each item's canonical value by its id.

    Every object has all the items in their order; one that was skipped is `""`.
    """

    def __init__(self, kinds: Mapping[FieldKind, FieldType]) -> None:
        self._kinds = kinds

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """The JSON, every value of it understood as an answer to its question."""
        things = read_json(typed)
        if not isinstance(things, list):
            return Refused("field.repeat_again")
        misfit = self._out_of_bounds(len(things), question)
        if misfit:
            return misfit
        kept: list[dict[str, str]] = []
        for thing in things:
            outcome = self._thing(thing, question, today)
            if isinstance(outcome, Refused):
                return outcome
            kept.append(outcome)
        return Taken(json.dumps(kept, ensure_ascii=False))

    def still_fits(self, value: str, question: Asked, today: datetime.date) -> bool:
        """While each of its answers does."""
        things = read_json(value)
        return isinstance(things, list) and all(self._thing_fits(thing, question, today) for thing in things)

    def words(self, value: str, question: Asked) -> Text:
        """How many, then each in full."""
        return self._all(value, question, lambda item, held: self._kinds[item.type].show(held, item))

    def display(self, value: str, question: Asked) -> Text:
        """As `words`, with the private ones among the items masked; of a private list only how many."""
        if question.privacy is Privacy.PRIVATE:
            return replace(self._count(value, question), privacy=Privacy.PRIVATE)
        shown = self._all(value, question, lambda item, held: self._kinds[item.type].display(held, item))
        return _of(question, shown)

    def show(self, value: str, question: Asked) -> Text:
        """In full, as private as the most private of it."""
        return _of(question, self.words(value, question))

    def thing(self, held: Mapping[str, str], question: Asked) -> Text:
        """One thing of the list as shown at the kiosk, for the line where it can be changed or removed."""
        line = self._one(held, question, lambda item, value: self._kinds[item.type].display(value, item))
        return _of(question, line)

    def mask(self, value: str) -> str:
        """How many there are."""
        return str(len(json.loads(value)))

    def sample(self, question: Asked) -> str:
        """As many things as there must be, at least one."""
        thing = {item.id: self._kinds[item.type].sample(item) for item in _items(question)}
        return json.dumps([thing] * max(1, question.at_least or 1), ensure_ascii=False)

    def _thing(self, thing: Any, question: Asked, today: datetime.date) -> dict[str, str] | Refused:
        if not isinstance(thing, dict):
            return Refused("field.repeat_again")
        kept = {}
        for item in _items(question):
            typed = thing.get(item.id, SKIPPED)
            if typed == SKIPPED and item.optional:
                kept[item.id] = SKIPPED
                continue
            outcome = self._kinds[item.type].parse(str(typed), item, today)
            if isinstance(outcome, Refused):
                return outcome
            kept[item.id] = outcome.value
        return kept

    def _thing_fits(self, thing: Any, question: Asked, today: datetime.date) -> bool:
        if not isinstance(thing, dict):
            return False
        for item in _items(question):
            value = thing.get(item.id, SKIPPED)
            fits = (
                item.optional if value == SKIPPED else self._kinds[item.type].still_fits(value, item, today)
            )
            if not fits:
                return False
        return True

    def _out_of_bounds(self, count: int, question: Asked) -> Refused | None:
        least, most = bounds(question)
        if count < least:
            return Refused("field.repeat_least", {"least": least})
        if count > most:
            return Refused("field.repeat_most", {"most": most})
        return None

    def _count(self, value: str, question: Asked) -> Text:
        return counted(len(json.loads(value)), question.unit.text() if question.unit else _ONE_OF_THEM)

    def _all(self, value: str, question: Asked, wording: Callable[[Item, str], Text]) -> Text:
        count, things = self._count(value, question), json.loads(value)
        if not things:
            return count
        row = listed([self._one(thing, question, wording) for thing in things], _BETWEEN)
        return listed([count, row], _OPENS)

    def _one(self, held: Mapping[str, str], question: Asked, wording: Callable[[Item, str], Text]) -> Text:
        answered = [(item, held.get(item.id, SKIPPED)) for item in _items(question)]
        return listed([wording(item, value) for item, value in answered if value != SKIPPED], _WITHIN)


def _items(question: Asked) -> tuple[Item, ...]:
    return question.item if isinstance(question, Question) else ()


def _of(question: Asked, words: Text) -> Text:
    """No less private than the list is, and then as one: its items may say less of themselves."""
    if question.privacy is Privacy.OPEN:
        return words
    return replace(words, privacy=max(words.privacy, question.privacy, key=list(Privacy).index), parts=())
