"""What the author of a service should know besides: its words, its paths, its duties, its stories."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from kiosk.services.check.finding import Finding
from kiosk.services.check.people import stories_come_out
from kiosk.services.model import Service


def check_words(service: Service) -> Iterator[Finding]:
    """What can be said of a service even while its conditions make no sense."""
    yield from ()


def check_closely(service: Service, today: datetime.date) -> Iterator[Finding]:
    """Everything, for a service in which the quick rules find nothing: nobody can be led along
    a path whose conditions make no sense.
    """
    yield from check_words(service)
    yield from stories_come_out(service)
