"""Runs the sample people of a service file along its path."""

from __future__ import annotations

from collections.abc import Iterator

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


def differences(service: Service, story: Story) -> Iterator[str]:
    """What came out otherwise than the story says, each as `name: expected …, is …`."""
    path, expect = walk_story(service, story), story.expect
    asked = [step.id for step in path.steps if step.kind is StepKind.QUESTION]
    end = path.end or f"{path.last.kind} {path.last.id}"
    found: list[tuple[str, object, object]] = [("end", expect.end, end)]
    if expect.asked is not None:
        found.append(("asked", list(expect.asked), asked))
    if expect.not_asked is not None:
        found.append(("not_asked", [], [field for field in expect.not_asked if field in asked]))
    if expect.materials is not None:
        found.append(("materials", list(expect.materials), list(needed_materials(service, path))))
    if expect.consents is not None:
        found.append(("consents", list(expect.consents), [k for k, given in path.consents.items() if given]))
    if expect.yuan_per_month is not None:
        found.append(("yuan_per_month", expect.yuan_per_month, monthly_amount(service, path.values)))
    for name, wanted, got in found:
        if wanted != got:
            yield f"{name}: {wanted} ≠ {got}"
