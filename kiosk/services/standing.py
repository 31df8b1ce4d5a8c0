"""How it is with a service today: offered, or why not. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kiosk.services.model import Service
from kiosk.services.signing import signed_off


class Standing(StrEnum):
    """Why residents can apply for it, or cannot."""

    LIVE = "live"
    STOPPED = "stopped"
    """A manager has switched it off."""
    DRAFT = "draft"
    """It was never meant to be offered yet."""
    UNSIGNED = "unsigned"
    """Said to be live, and nobody has signed it off."""
    LAPSED = "lapsed"
    """It was changed after somebody had signed it off."""
    EARLY = "early"
    OVER = "over"


def standing(service: Service, today: date, *, stopped: bool = False) -> Standing:
    """What keeps it from residents; what must be put right first, first."""
    if service.status == "draft":
        return Standing.DRAFT
    if service.checked is None:
        return Standing.UNSIGNED
    if not signed_off(service):
        return Standing.LAPSED
    if service.valid.end is not None and today > service.valid.end:
        return Standing.OVER
    if today < service.valid.start:
        return Standing.EARLY
    return Standing.STOPPED if stopped else Standing.LIVE


def may_be_stopped(service: Service, today: date) -> bool:
    """Is there anything to switch off?"""
    return standing(service, today) is Standing.LIVE


def may_go_on(service: Service, today: date) -> bool:
    """After a stop: only what somebody answers for as it is now comes back."""
    return standing(service, today) in {Standing.LIVE, Standing.EARLY}
