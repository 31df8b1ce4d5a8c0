"""The pages of a path, by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class StepKind(StrEnum):
    """The kinds of page on a path."""

    CONSENT = "consent"
    QUESTION = "question"
    PROOF = "proof"
    """An identity card is needed: laid now, or shown to staff later."""
    CARD_WHOSE = "card-whose"
    CARD_OTHER = "card-other"
    CHECK = "check"
    AUTHORITY = "authority"
    """The letter of whoever applies for somebody else, read back."""
    SIGN = "sign"
    SUBMIT = "submit"
    STOP = "stop"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the path. `id` is the question, consent, stop or card role it is about."""

    kind: StepKind
    id: str = ""

    @property
    def place(self) -> str:
        """Its name among all places, `"question:hukou"`."""
        return f"{self.kind}:{self.id}" if self.id else str(self.kind)


ENDS = {StepKind.STOP, StepKind.REFUSED, StepKind.SUBMIT}


@lru_cache(maxsize=4096)
def question_step(field: str) -> Step:
    """The page of a question: made once, as every replay goes over all of them."""
    return Step(StepKind.QUESTION, field)
