"""Runs the sample people of a service file along its path."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kiosk.flow import fields
from kiosk.flow.entitlement import needed_materials, yuan_once, yuan_per_month
from kiosk.flow.path import Path, StepKind
from kiosk.services.model import Service
from kiosk.services.question import Asked, FieldKind, Question
from kiosk.services.story import Story
from kiosk.services.toml_text import inline
from kiosk.services.walkthrough import confirmed_path


def walk_story(service: Service, story: Story) -> Path:
    """The path of that person: consents agreed unless refused, checks confirmed, all answers typed."""
    kept = ((name, _canonical(service, name, value, story.today)) for name, value in story.answers.items())
    answers = {name: value for name, value in kept if value is not None}
    return confirmed_path(service, answers, story.today, story.refuse)


def refused_answer(service: Service, story: Story, path: Path) -> tuple[str, str] | None:
    """The question at which the story stands still because it does not take the answer, and one it takes."""
    last = path.last
    if last.kind is not StepKind.QUESTION or last.id not in story.answers:
        return None
    question = service.find_question(last.id)
    if question.options:
        return last.id, "、".join(option.value for option in question.options)
    kind = fields.field_type(question)
    taken = kind.parse(kind.sample(question), question, story.today)
    sample = as_written(question, taken.value) if isinstance(taken, fields.Taken) else kind.sample(question)
    return last.id, inline(sample)


def as_written(question: Question, value: str) -> Any:
    """A canonical value as a story gives it."""
    match question.type:
        case _ if not value:
            return value
        case FieldKind.MANY:
            return value.split(",")
        case FieldKind.REPEAT | FieldKind.ADDRESS:
            return json.loads(value)
        case FieldKind.NUMBER:
            return int(value)
        case FieldKind.DATE:
            return datetime.date.fromisoformat(value)
    return value


def _canonical(service: Service, name: str, value: Any, today: datetime.date) -> str | None:
    """What a story gives, as the path keeps it: lists and tables as they stand in TOML, all else as typed.

    None for what the kiosk would not take: then the question stays open.
    """
    question = service.questions.get(name)
    if question is None:
        return str(value)
    typed = _typed(value, question)
    if typed == fields.SKIPPED:
        return typed
    taken = fields.field_type(question).parse(typed, question, today)
    return taken.value if isinstance(taken, fields.Taken) else None


def _typed(value: Any, question: Asked) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if question.type is FieldKind.MANY and isinstance(value, list):
        return ",".join(map(str, value))
    if isinstance(question, Question) and question.item and isinstance(value, list):
        return json.dumps([_thing(one, question) for one in value], ensure_ascii=False, default=str)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _thing(held: Any, question: Question) -> Any:
    """One thing of a list, its answers as typed."""
    items = {item.id: item for item in question.item}
    if not isinstance(held, dict):
        return held
    return {name: _typed(value, items[name]) if name in items else value for name, value in held.items()}


_UNORDERED = {"materials", "consents"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than the story says."""

    name: str
    """The key of `expect`."""
    expected: object
    got: object

    @property
    def wanted(self) -> str:
        """What the story expects, in one line."""
        return _plain(self.expected)

    @property
    def came(self) -> str:
        """What came of it, in one line."""
        return _plain(self.got)


def differences(service: Service, story: Story) -> Iterator[Difference]:
    """What came out otherwise than the story says; only what it names is compared.

    Not the due date: that needs the calendar, which no file of a service has.
    """
    yield from compare(service, story, walk_story(service, story))


def compare(service: Service, story: Story, path: Path) -> Iterator[Difference]:
    """The same for a path that was walked already."""
    for name, got in _outcome(service, story, path).items():
        expected = getattr(story.expect, name)
        if expected is not None and _in_order(name, got) != _in_order(name, expected):
            yield Difference(name, expected, got)


def _outcome(service: Service, story: Story, path: Path) -> dict[str, object]:
    asked = tuple(step.id for step in path.steps if step.kind is StepKind.QUESTION)
    unwanted = tuple(field for field in story.expect.not_asked or () if field in asked)
    return {
        "end": path.end or path.last.place,
        "asked": asked,
        "not_asked": tuple(f for f in story.expect.not_asked or () if f not in unwanted),
        "materials": needed_materials(service, path),
        "consents": tuple(key for key, given in path.consents.items() if given),
        "yuan_per_month": yuan_per_month(service, path.values, story.today),
        "yuan_once": yuan_once(service, path.values, story.today),
    }


def _in_order(name: str, outcome: object) -> object:
    """Papers and consents are counted, whatever their order; questions come one after another."""
    return frozenset(outcome) if name in _UNORDERED and isinstance(outcome, tuple) else outcome


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "—"
    return "—" if value is None else str(value)
