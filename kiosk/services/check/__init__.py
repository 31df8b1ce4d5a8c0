"""Rules that a service must keep, beyond its shape. One file a rule family.

Each rule yields `(code, path of the key, values for the message)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiosk.services.check.duty import consents_cover_private_fields
from kiosk.services.check.logic import conditions_can_be_answered, names_are_unique, references_exist
from kiosk.services.model import Service
from kiosk.services.positions import Part

Finding = tuple[str, tuple[Part, ...], dict[str, Any]]


def check_service(service: Service) -> Iterator[Finding]:
    """Everything that is wrong with a service whose shape is right."""
    yield from names_are_unique(service)
    yield from conditions_can_be_answered(service)
    yield from references_exist(service)
    yield from consents_cover_private_fields(service)
