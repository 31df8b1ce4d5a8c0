"""E5: the sample people of the file come out as it says they do."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.services.check.finding import Finding
from kiosk.services.model import Service
from kiosk.services.stories import differences


def stories_come_out(service: Service) -> Iterator[Finding]:
    """E502: each story ends, asks and calls for what it expects. Due dates need the calendar: not here."""
    for number, story in enumerate(service.story):
        for difference in differences(service, story):
            values = {"name": difference.name, "expected": difference.wanted, "got": difference.came}
            yield "E502", ("story", number, "expect", difference.name), {"key": story.name, **values}
