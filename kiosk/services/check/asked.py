"""Every question of a service, and every question about an item of a list, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.services.model import Service
from kiosk.services.positions import Part
from kiosk.services.question import Asked


def all_asked(service: Service) -> Iterator[tuple[tuple[Part, ...], Asked]]:
    """In the order of the file."""
    for n, question in enumerate(service.question):
        yield ("question", n), question
        for m, item in enumerate(question.item):
            yield ("question", n, "item", m), item
