"""Ratings (好差评) and the tasks that bad ones open (K43)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kiosk.cases.submission import Words

LEVELS = range(1, 6)
"""From very poor to very good."""

BAD = 2
"""Up to this level somebody looks into it."""

REVIEW_WORKDAYS = 15
"""Within how many workdays, where no service says otherwise."""

Stage = Literal["submitted", "closed"]


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody thought of a service, or of the visit. It is kept apart from whose it was."""

    level: int
    service_id: str | None = None
    title: Words = field(default_factory=dict)
    """The service's name; empty for the visit as a whole."""
    review_workdays: int = REVIEW_WORKDAYS
    case_id: str | None = None
    """The case it is about. That it was rated is kept, and who must not look into it; not how."""
    stage: Stage = "submitted"

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError("a rating is 1 to 5")


@dataclass(frozen=True, slots=True)
class RatingTask:
    """A bad rating that somebody looks into. Nothing leads to a person, unless they asked to be called."""

    id: int
    level: int
    service_id: str | None
    title: Words
    opened_on: date
    due: date
    late: bool
    case_id: str | None
    """Where the person asked to be called back: the case with their name and number."""
    taken_by: str | None
    called_back: bool
    done: bool
    note: str = field(repr=False)
    """What came of it."""
    reason: str = ""
    """What was bad, as one of the codes of `kiosk.flow.rating`; empty where the person did not say."""
