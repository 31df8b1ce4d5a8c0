"""Moves in a case of one's own: hearing what staff changed, and taking an authority back (K40, K41)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.flow.moves import Back, Choose, Move, ToldChange
from kiosk.flow.querying import about_a_case, case_at
from kiosk.flow.sitting import Errand, Sitting, Turn, World

RIGHT, WRONG = "yes", "no"
"""What can be said to a change."""


def change_at(sitting: Sitting) -> ToldChange | None:
    """The change that the page is about: the first that has not been heard."""
    case = case_at(sitting)
    return case.changes[0] if case and case.changes else None


def _change(sitting: Sitting, move: Move, world: World) -> Turn:
    """The answer counts at once. What could not be shown here is not called right here."""
    change = change_at(sitting)
    match move:
        case Choose(id="yes") if change and change.value is not None:
            return Turn(sitting, (Errand.CALL_RIGHT,))
        case Choose(id="no") if change:
            return Turn(sitting, (Errand.CALL_WRONG,))
        case Back() | Choose(id="later"):
            return Turn(sitting.go(_case_place(sitting)))
    return Turn(sitting)


def _authority(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="yes"):
            return Turn(sitting, (Errand.WITHDRAW_AUTHORITY,))
        case Choose(id="no") | Back():
            return Turn(sitting.go(_case_place(sitting)))
    return Turn(sitting)


def _case_place(sitting: Sitting) -> str:
    return "query:" + sitting.place.partition(":")[2]


ROOMS: Mapping[str, Callable[[Sitting, Move, World], Turn]] = {
    "query-change": about_a_case(_change),
    "query-authority": about_a_case(_authority),
}
