"""One person's way through a service, from the first page to an end."""

from __future__ import annotations

import datetime
from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from kiosk.flow.acting import AGREE
from kiosk.flow.path import Answer, Given, Path, StepKind, find_path
from kiosk.flow.source import CardFields
from kiosk.services.model import Service

_CONFIRMED = (StepKind.CHECK, StepKind.AUTHORITY, StepKind.SIGN)


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """One person's way from the first page to an end."""

    answers: Mapping[str, str] = field(repr=False)
    """Canonical values by question, as given; those that the path left behind are not among them."""
    path: Path = field(repr=False)
    refused: str = ""
    """The consent this person says no to."""

    @property
    def end(self) -> str:
        """`"submit"`, a stop's id or `"refused"`."""
        return self.path.end or self.path.last.place

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions asked, in order."""
        return tuple(step.id for step in self.path.steps if step.kind is StepKind.QUESTION)


def walkthrough(
    service: Service,
    answers: Mapping[str, str],
    today: datetime.date,
    refused: str = "",
    card: CardFields | None = None,
) -> Walkthrough:
    """The way of somebody who gives these answers, agrees to all but `refused`, confirms and signs.

    With their `card` read, what it says is not asked.
    """
    path = confirmed_path(service, answers, today, (refused,), card)
    return Walkthrough({name: answer.value for name, answer in path.answers.items()}, path, refused)


def confirmed_path(
    service: Service,
    answers: Mapping[str, str],
    today: datetime.date,
    refused: Container[str] = (),
    card: CardFields | None = None,
) -> Path:
    """The path of these answers once they are confirmed and signed, with every other consent given."""
    given = {name: Answer(value) for name, value in answers.items()}
    for consent in service.consent:
        given[f"consent:{consent.id}"] = Answer("no" if consent.id in refused else "yes")
    given[f"{StepKind.PROOF}:card"] = Answer("later")
    given[StepKind.AUTHORITY] = Answer(AGREE)
    mark = find_path(service, Given(given, card), today).digest
    return find_path(service, Given(given, card, marks=dict.fromkeys(_CONFIRMED, mark)), today)
