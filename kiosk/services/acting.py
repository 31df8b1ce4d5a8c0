"""As what somebody acts for another."""

from __future__ import annotations

from enum import StrEnum


class Acting(StrEnum):
    """As what somebody brings a matter."""

    SELF = "self"
    FAMILY = "family"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    GUARDIAN = "guardian"
    """For a person who cannot consent; a paper shows it, no letter of theirs can."""
