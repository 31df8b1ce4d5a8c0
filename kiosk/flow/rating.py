"""Moves at the door 评: five levels, one key each; a bad one may say why, and ask for a call back (K43)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.house import home_again, leaving
from kiosk.flow.lists import numbers
from kiosk.flow.moves import Back, CaseLine, Choose, Move, RatingKept
from kiosk.flow.sitting import Errand, Sitting, Turn, World

LEVELS = ("very-good", "good", "fair", "poor", "very-poor")
"""The five levels of the rating, best first; level 5 is the best."""

BAD = {"poor", "very-poor"}
"""Somebody else looks into these."""

REASONS = ("waiting", "unclear", "manner", "outcome")
"""What may have been bad: codes, no words. They stand beside the task, and lead from there to nobody."""


def rated_case(sitting: Sitting) -> CaseLine | None:
    """The finished case that is rated (`"rate:0"`); None for the visit, or for what was just handed in."""
    _, _, number = sitting.place.partition(":")
    return sitting.cases[int(number)] if number in numbers(sitting.cases) else None


def kept(sitting: Sitting, move: RatingKept) -> Turn:
    """The rating is kept. Why is asked only where somebody looks into it, a call back offered only where a
    number to call is known."""
    rated = sitting.rated | {_subject(sitting)}
    known = replace(sitting, rating_task=move.task, can_call=move.can_call, rated=rated)
    door, _, number = sitting.place.partition(":")
    if door == "why" and not move.task:
        return Turn(known.go(_place("rated", number)))
    return Turn(known)


def _subject(sitting: Sitting) -> str:
    """The number of the case that is rated, `""` for the visit."""
    case = rated_case(sitting) or sitting.receipt
    return case.number if case else ""


def _place(door: str, number: str) -> str:
    return f"{door}:{number}" if number else door


def _rate(sitting: Sitting, move: Move, world: World) -> Turn:
    _, _, number = sitting.place.partition(":")
    match move:
        case Choose(id=level) if level in LEVELS and _subject(sitting) in sitting.rated:
            return Turn(sitting.go(_place("rated", number)))
        case Choose(id=level) if level in LEVELS:
            following = "why" if level in BAD else "rated"
            rating = len(LEVELS) - LEVELS.index(level)
            return Turn(sitting.go(_place(following, number)), (Errand.RATE,), rating)
        case Choose(id="skip") | Back():
            return Turn(sitting.go(_way_back(sitting)))
    return Turn(sitting)


def _way_back(sitting: Sitting) -> str:
    _, _, number = sitting.place.partition(":")
    if number:
        return f"query:{number}"
    return "receipt" if sitting.receipt else "home"


def _why(sitting: Sitting, move: Move, world: World) -> Turn:
    """Back says nothing, as the last choice does: the rating is kept either way."""
    _, _, number = sitting.place.partition(":")
    following = sitting.go(_place("call-back" if sitting.can_call else "rated", number))
    match move:
        case Choose(id=reason) if reason in REASONS:
            return Turn(following, (Errand.TELL_WHY,), reason=reason)
        case Choose(id="skip") | Back():
            return Turn(following)
    return Turn(sitting)


def _call_back(sitting: Sitting, move: Move, world: World) -> Turn:
    """Back means no: nobody is called who did not say so."""
    _, _, number = sitting.place.partition(":")
    match move:
        case Choose(id="yes"):
            return Turn(sitting.go(_place("will-call", number)), (Errand.CALL_BACK,))
        case Choose(id="no") | Back():
            return Turn(sitting.go(_place("rated", number)))
    return Turn(sitting)


def _rated(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="leave"):
            return leaving(sitting, world)
        case Choose(id="home") | Back():
            return home_again(sitting)
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {
    "rate": _rate,
    "why": _why,
    "call-back": _call_back,
    "rated": _rated,
    "will-call": _rated,
}
