"""Who acts for whom in an application, and whether a letter of authority is read back. Pure."""

from __future__ import annotations

from kiosk.flow.conditions import holds
from kiosk.flow.values import Values
from kiosk.services.acting import Acting
from kiosk.services.model import Service

AGREE, LATER = "agree", "later"
"""What can be said to the letter."""


def acting_as(service: Service, values: Values, *, for_self: bool) -> Acting:
    """As what the person at the kiosk brings this matter."""
    asked = service.authority
    if for_self:
        return Acting.SELF
    if asked is not None and asked.guardian_when is not None and holds(asked.guardian_when, values):
        return Acting.GUARDIAN
    if asked is not None and asked.volunteer_when is not None and holds(asked.volunteer_when, values):
        return Acting.VOLUNTEER
    return Acting.FAMILY


def needs_letter(service: Service, *, for_self: bool, unnamed: bool) -> bool:
    """Is a letter read back? Not of one's own matter, and of nobody who stays unnamed."""
    return service.authority is not None and not for_self and not unnamed


def waits_for_it(service: Service) -> bool:
    """Is nothing handed in before the person agrees?"""
    return service.authority is not None and service.authority.before == "submit"
