"""Rules that a service must keep, beyond its shape. One file a rule family.

Each rule yields `(code, path of the key, values for the message)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiosk.services.check.duty import consents_cover_private_fields
from kiosk.services.check.logic import (
    conditions_can_be_answered,
    names_are_unique,
    own_wording_has_a_use,
    references_exist,
    rules_fit_their_question,
)
from kiosk.services.check.people import stories_come_out
from kiosk.services.model import Service
from kiosk.services.positions import Part

Finding = tuple[str, tuple[Part, ...], dict[str, Any]]


def check_service(service: Service) -> Iterator[Finding]:
    """What a resident could stumble over in a service whose shape is right; quick, run at every start."""
    yield from names_are_unique(service)
    yield from conditions_can_be_answered(service)
    yield from references_exist(service)
    yield from rules_fit_their_question(service)
    yield from own_wording_has_a_use(service)
    yield from consents_cover_private_fields(service)


def check_closely(service: Service) -> Iterator[Finding]:
    """What its author should know besides. Only for a service that `check_service` finds nothing in:
    nobody can be led along a path whose conditions or rules make no sense.
    """
    yield from stories_come_out(service)
