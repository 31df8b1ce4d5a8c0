"""The people of an application, and how sure it is who they are: staff see it, a service may ask for it."""

from __future__ import annotations

from enum import StrEnum


class CardRole(StrEnum):
    """A person of an application; whose card fills a field."""

    SUBJECT = "subject"
    """The person whose matter it is."""
    ACTOR = "actor"
    """Who acts for them; the same person when they act for themselves."""


class Proof(StrEnum):
    """What stands behind a name and a number, in rising order."""

    CLAIMED = "claimed"
    """Typed, said, scanned, or read off a chip that can be copied."""
    KNOWN = "known"
    """A member card that was here before: it can be copied, but it links to earlier visits."""
    PRESENTED = "presented"
    """An identity card was read by a module that checks it."""
    SEEN = "seen"
    """Staff have seen person and paper, and say so under their name."""

    def reaches(self, asked: Proof) -> bool:
        """True when this level is the one asked for, or above it."""
        order = list(Proof)
        return order.index(self) >= order.index(asked)
