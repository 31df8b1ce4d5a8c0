"""Runs the sample people of a service file along its path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.flow.path import Answer, Given, Path, StepKind, find_path, monthly_amount, needed_materials
from kiosk.services.model import Service
from kiosk.services.story import Story


def walk_story(service: Service, story: Story) -> Path:
    """The path of that person: consents agreed unless refused, checks confirmed, all answers typed."""
    answers = {key: Answer(str(value)) for key, value in story.answers.items()}
    for consent in service.consent:
        answers[f"consent:{consent.id}"] = Answer("no" if consent.id in story.refuse else "yes")
    open_path = find_path(service, Given(answers), story.today)
    return find_path(
        service, Given(answers, marks={"check": open_path.digest, "sign": open_path.digest}), story.today
    )


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
    path = walk_story(service, story)
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
        "yuan_per_month": monthly_amount(service, path.values),
    }


def _in_order(name: str, outcome: object) -> object:
    """Papers and consents are counted, whatever their order; questions come one after another."""
    return frozenset(outcome) if name in _UNORDERED and isinstance(outcome, tuple) else outcome


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "—"
    return "—" if value is None else str(value)
