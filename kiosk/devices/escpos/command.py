"""The questions that an ESC/POS printer is asked."""

from __future__ import annotations

from enum import Enum


class Question(Enum):
    """The bytes of each question. The first four are answered at once, whatever the printer is doing."""

    PRINTER = b"\x10\x04\x01"
    OFFLINE_CAUSE = b"\x10\x04\x02"
    ERROR_CAUSE = b"\x10\x04\x03"
    PAPER = b"\x10\x04\x04"
    PAPER_IN_TURN = b"\x1dr\x01"
    """Answered when all that was sent before it is done: known to many printers that know no other."""
    PAPER_OF_OLD = b"\x1bv"

    @property
    def number(self) -> int | None:
        """1 to 4 of the first four; None of the others."""
        return self.value[-1] if self in REAL_TIME else None


REAL_TIME = (Question.PRINTER, Question.PAPER, Question.OFFLINE_CAUSE, Question.ERROR_CAUSE)
"""In the order they are asked: a printer that answers neither of the first two knows none of them."""
NUMBERED = {question.value[-1]: question for question in REAL_TIME}
"""The same by number."""
ANSWER_SECONDS = 0.3
"""A question that is not answered in this time stays unanswered."""
