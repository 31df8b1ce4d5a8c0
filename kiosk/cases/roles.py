"""Who may do what (K42): one table for desk, store and commands. No check of a role is elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kiosk.cases.moves import MOVES, Act
from kiosk.cases.states import DESK, OPEN, Role, State


class Right(StrEnum):
    """What is no move of a case. The moves have their roles in `kiosk.cases.moves.MOVES`."""

    SIGN_IN = "sign_in"
    """To have an account at all."""
    SEE_BOARD = "see_board"
    SEARCH = "search"
    SEE_OPEN = "see_open"
    """Open a case that is not decided; private values are masked."""
    SEE_FINISHED = "see_finished"
    ANSWER_CALLS = "answer_calls"
    STAND_BESIDE = "stand_beside"
    """Help a resident at the kiosk, and be noted as the one who did."""
    NEW_OWN_PIN = "new_own_pin"
    SEE_IN_FULL = "see_in_full"
    """Private values unmasked; each look is an event."""
    SEE_WORDS = "see_words"
    """What colleagues wrote to a case and about it."""
    WORK = "work"
    """Have cases in hand: the next one, the worksheet, the end of a shift, being asked by a colleague."""
    PAPERS = "papers"
    IDENTITY = "identity"
    """Note that somebody was seen with a document."""
    AUTHORITY = "authority"
    """Note what shows that somebody may act for another, or that it is taken back."""
    CORRECT = "correct"
    RATINGS = "ratings"
    """Look into bad ratings, never into those of one's own work."""
    TAKE_RATING_OVER = "take_rating_over"
    OTHERS_CASES = "others_cases"
    """The list of what somebody else has, and that they are away."""
    ACCOUNTS = "accounts"
    SERVICES = "services"
    """Take a service from the kiosk, and let it back."""
    STATISTICS = "statistics"
    EXPORT = "export"
    """What people handed in, out of the house; a second person always confirms it."""
    CONFIRM_EXPORT = "confirm_export"
    """Be that second person."""


_HOUSE = frozenset({Role.VOLUNTEER, *DESK})
_MANAGER = frozenset({Role.MANAGER})

GRANTED: Mapping[Right, frozenset[Role]] = {
    Right.SIGN_IN: _HOUSE,
    Right.SEE_BOARD: _HOUSE,
    Right.SEARCH: _HOUSE,
    Right.SEE_OPEN: _HOUSE,
    Right.SEE_FINISHED: DESK,
    Right.ANSWER_CALLS: _HOUSE,
    Right.STAND_BESIDE: _HOUSE,
    Right.NEW_OWN_PIN: _HOUSE,
    Right.SEE_IN_FULL: DESK,
    Right.SEE_WORDS: DESK,
    Right.WORK: DESK,
    Right.PAPERS: DESK,
    Right.IDENTITY: DESK,
    Right.AUTHORITY: DESK,
    Right.CORRECT: DESK,
    Right.RATINGS: DESK,
    Right.TAKE_RATING_OVER: _MANAGER,
    Right.OTHERS_CASES: _MANAGER,
    Right.ACCOUNTS: _MANAGER,
    Right.SERVICES: _MANAGER,
    Right.STATISTICS: _MANAGER,
    Right.EXPORT: _MANAGER,
    Right.CONFIRM_EXPORT: DESK,
}
"""A resident has none of these: what they may do at the kiosk hangs on their card."""


def may(role: Role, what: Right | Act) -> bool:
    """Whether this role may do that at all; a move also asks for its state and its needs."""
    return role in (GRANTED[what] if isinstance(what, Right) else MOVES[what].who)


def may_see(role: Role, state: State) -> bool:
    """Whether a case in this state may be opened at the desk: volunteers see no finished ones (K42)."""
    return may(role, Right.SEE_FINISHED) or (state in OPEN and may(role, Right.SEE_OPEN))
