"""A sample person of a service file, made from answers that somebody gave. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.flow.entitlement import needed_materials, yuan_once, yuan_per_month
from kiosk.services.model import Service
from kiosk.services.stories import as_written, walk_story
from kiosk.services.story import Story
from kiosk.services.toml_text import dump


def story_document(
    service: Service,
    answers: Mapping[str, str],
    refused: Iterable[str],
    today: datetime.date,
    name: str,
) -> dict[str, Any]:
    """A `[[story]]` with these canonical answers, and what comes of them when they are all typed."""
    told = {key: as_written(service.find_question(key), value) for key, value in answers.items()}
    made: dict[str, Any] = {"name": name, "today": today, "answers": told}
    if no := [consent.id for consent in service.consent if consent.id in set(refused)]:
        made["refuse"] = no
    return {**made, "expect": _expected(service, Story.model_validate({**made, "expect": {"end": "submit"}}))}


def with_story(source: bytes, story: Mapping[str, Any]) -> bytes:
    """The file with the story at its end; every byte before it stays as it is."""
    ending = "\r\n" if b"\r\n" in source else "\n"
    gap = "\n" if source.endswith(b"\n") else "\n\n"
    added = gap + dump({"story": [dict(story)]})
    return source + added.replace("\n", ending).encode()


def _expected(service: Service, story: Story) -> dict[str, Any]:
    path = walk_story(service, story)
    expected: dict[str, Any] = {"end": path.end or path.last.place}
    if path.end == "submit":
        expected["materials"] = list(needed_materials(service, path))
        sums = {
            "yuan_per_month": yuan_per_month(service, path.values, story.today),
            "yuan_once": yuan_once(service, path.values, story.today),
        }
        expected.update({key: value for key, value in sums.items() if value is not None})
    expected["consents"] = [name for name, given in path.consents.items() if given]
    return expected
