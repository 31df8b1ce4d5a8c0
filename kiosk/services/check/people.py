"""E5: the sample people of the file come out as it says they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiosk.services.model import Service
from kiosk.services.positions import Part
from kiosk.services.stories import differences

Finding = tuple[str, tuple[Part, ...], dict[str, Any]]


def stories_come_out(service: Service) -> Iterator[Finding]:
    """E502: each story ends, asks and calls for what it expects. Due dates need the calendar: not here."""
    for number, story in enumerate(service.story):
        for difference in differences(service, story):
            yield "E502", ("story", number, "expect"), {"key": story.name, "reason": difference}
