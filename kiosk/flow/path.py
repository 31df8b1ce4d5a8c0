"""The path: from a service, the answers so far and today's date to the pages in order.

A pure function, computed anew each time: there is no current-page pointer and no stale value.
Answers to questions that are no longer on the path are ignored, not deleted, so they come back
when the person changes their mind, and are never shown, printed or submitted.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.flow.fields import SKIPPED
from kiosk.flow.given import Answer, Given, SavedDraft
from kiosk.flow.replay import Replay
from kiosk.flow.source import CardFields
from kiosk.flow.step import ENDS, Step, StepKind
from kiosk.flow.values import Values
from kiosk.services.model import Service
from kiosk.services.proof import CardRole

__all__ = [
    "ENDS", "SKIPPED", "Answer", "Given", "Path", "SavedDraft", "Step", "StepKind", "find_path",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Path:
    """The pages from the first to the one that waits for an answer (or the end)."""

    steps: tuple[Step, ...]
    answers: Mapping[str, Answer]
    """Answers on the path by field, those from a card included, in the order asked."""
    values: Values = field(repr=False)
    """The same with facts, for conditions."""
    consents: Mapping[str, bool]
    cards: Mapping[CardRole, CardFields] = field(repr=False)
    digest: str
    """SHA-256 over all answers and consents on the path; a confirmation is for one digest."""
    for_self: bool
    """The person applies for themselves, as far as the answers tell (`applicant.self_when`)."""
    unnamed: bool
    """The case must not lead to the person (`applicant.anonymous_when`)."""
    said_to_letter: str | None
    """What was said to the letter of authority (`kiosk.flow.acting`); None where none was read back."""
    questions_ahead: int | None
    """Question pages still to come after the last step; None where that cannot be known yet."""

    @property
    def last(self) -> Step:
        """Where the person stands when everything before is answered."""
        return self.steps[-1]

    @property
    def end(self) -> str | None:
        """`"submit"`, a stop's id, `"refused"`, or None while a question is open."""
        kinds = {StepKind.SUBMIT: "submit", StepKind.STOP: self.last.id, StepKind.REFUSED: "refused"}
        return kinds.get(self.last.kind)


def find_path(service: Service, given: Given, today: datetime.date, *, known: bool = False) -> Path:
    """The path that these answers make today. Answers are in canonical form.

    `known`: a member card was laid in this visit.
    """
    replay = Replay(service, given, today, known=known)
    replay.run()
    return Path(
        steps=tuple(replay.steps),
        answers=replay.answers,
        values=replay.values,
        consents=replay.consents,
        cards=replay.cards,
        digest=replay.digest,
        for_self=replay.for_self() is True,
        unnamed=replay.unnamed(),
        said_to_letter=replay.said_to_letter,
        questions_ahead=replay.questions_ahead(),
    )
