"""Moves on the way to a waiting number, and the calls that the page at rest shows. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.facts import years_between
from kiosk.flow.house import leaving
from kiosk.flow.moves import Back, Choose, LookForCalls, Move, NumberCalled, NumberDrawn, Overlay
from kiosk.flow.sitting import Errand, Sitting, Turn, World

TAKE = "take-number"
"""The choice that leads here, on whichever page it stands."""
OFFERED_ON = {"welcome", "do"}
DRAWN = "number-drawn"
_FIRST, _ORDINARY = "first", "ordinary"


def take(sitting: Sitting, world: World) -> Turn:
    """To the number: which letter, whether they go first, or the one that was drawn in this visit."""
    if world.waiting is None:
        return Turn(sitting)
    here = replace(sitting, number_from=sitting.place)
    if here.number is not None:
        return Turn(replace(here.go(DRAWN), number=replace(here.number, ahead=None)))
    letters = list(world.waiting.letters)
    if len(letters) > 1:
        return Turn(here.go("number"))
    return _for_letter(here, letters[0], world)


def drawing(place: str) -> tuple[str, bool] | None:
    """The letter that is drawn at this place, and whether the person goes first; None where none is."""
    door, _, rest = place.partition(":")
    letter, _, lane = rest.partition(":")
    return (letter, lane == _FIRST) if door == "number-drawing" else None


def told(sitting: Sitting, move: Move, world: World) -> Turn:
    """What the store knows of numbers: the one that was drawn, a call for the page at rest."""
    at_rest = sitting.place == "language" and sitting.overlay is Overlay.NONE
    match move:
        case NumberDrawn() if drawing(sitting.place):
            there = replace(sitting.go(DRAWN), number=move)
            return Turn(there, (Errand.PRINT,) if world.printer else ())
        case LookForCalls() if at_rest and world.waiting is not None:
            return Turn(sitting, (Errand.LOOK_FOR_CALLS,))
        case NumberCalled() if at_rest:
            return Turn(replace(sitting, called=move))
    return Turn(sitting)


def _number(sitting: Sitting, move: Move, world: World) -> Turn:
    """Which letter, then whether they go first. A card that says their age is not asked again."""
    _, _, letter = sitting.place.partition(":")
    letters = world.waiting.letters if world.waiting is not None else {}
    match move:
        case Choose(id=chosen) if not letter and chosen in letters:
            return _for_letter(sitting, chosen, world)
        case Choose(id="yes" | "no" as said) if letter in letters:
            return _draw(sitting, letter, first=said == "yes")
        case Back() if letter and len(letters) > 1:
            return Turn(sitting.go("number"))
        case Back():
            return Turn(_out(sitting))
    return Turn(sitting)


def _for_letter(sitting: Sitting, letter: str, world: World) -> Turn:
    if _old_by_card(sitting, world):
        return _draw(sitting, letter, first=True)
    return Turn(sitting.go(f"number:{letter}"))


def _draw(sitting: Sitting, letter: str, *, first: bool) -> Turn:
    there = sitting.go(f"number-drawing:{letter}:{_FIRST if first else _ORDINARY}")
    return Turn(there, (Errand.DRAW_NUMBER,))


def _old_by_card(sitting: Sitting, world: World) -> bool:
    if sitting.card is None or sitting.guarded or world.waiting is None:
        return False
    born = sitting.card.get("birth_date", "")
    return (
        bool(born) and years_between(datetime.date.fromisoformat(born), world.today) >= world.waiting.from_age
    )


def _drawn(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="leave"):
            return leaving(sitting, world)
        case Choose(id="home") | Back():
            return Turn(_out(sitting))
    return Turn(sitting)


def _out(sitting: Sitting) -> Sitting:
    """Back to where everything is chosen; before a card was asked for, to the page before that."""
    asked_for_one = sitting.card or sitting.number_from != "welcome"
    return sitting.go("home" if asked_for_one else "welcome")


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {
    "number": _number,
    "number-drawing": _number,
    DRAWN: _drawn,
}
