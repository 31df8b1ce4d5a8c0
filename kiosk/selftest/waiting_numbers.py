"""Is a number that is called taken for the number of a case?"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.cases.numbers import ticket
from kiosk.config import WaitingLetter
from kiosk.selftest.finding import Finding, State, finding


def waiting_numbers(letters: Sequence[WaitingLetter]) -> list[Finding]:
    """Nothing where nobody is called by number."""
    if not letters:
        return []
    receipt = ticket(1)
    if any(one.letter == receipt[0] for one in letters):
        return [
            finding(
                "waiting_numbers",
                State.LOOK,
                "waiting_numbers.like_receipts",
                receipt=receipt,
                called=f"{receipt[0]}1",
            )
        ]
    return [finding("waiting_numbers", State.GOOD, "waiting_numbers.apart")]
