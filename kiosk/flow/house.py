"""Moves outside an application: language, welcome, card, home, draft, receipt, goodbye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow import application, remembering
from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.preferences import Preferences
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import Slot
from kiosk.flow.walking import put_away
from kiosk.text import LANGUAGES

RESTING = {"language"}
"""Where the kiosk waits for the next person: no idle warning, nothing personal."""

BEFORE_HOME = {"language", "welcome", "card"}
_DOORS = {"look", "ask", "query", "do", "rate"}


def leave(sitting: Sitting) -> Turn:
    """Goodbye: nothing of the visit is left in it. An unfinished application is kept only where agreed."""
    drop = bool(sitting.draft_id) and not sitting.keep
    after = Sitting(
        place="goodbye",
        language=sitting.language,
        card_lying=sitting.card_lying,
        draft_id=sitting.draft_id if drop else "",
    )
    return Turn(after, (Errand.DROP_DRAFT,) if drop else ())


def leaving(sitting: Sitting, world: World) -> Turn:
    """The person goes. Who has set something is asked once whether it shall be so the next time, too."""
    if not remembering.to_be_asked(sitting, world):
        return leave(sitting)
    there = sitting.go("remember")
    return Turn(there, (Errand.KEEP_PREFERENCES,)) if sitting.remembering.agreed else Turn(there)


def kept(sitting: Sitting, preferences: Preferences, world: World) -> Turn:
    """Their settings are kept: on to what they were about to do."""
    known = remembering.kept(sitting, preferences)
    if known.place != "remember":
        return remembering.below_again(known, world)
    left = leave(known)
    return replace(left, sitting=replace(left.sitting, told=(world.texts["remember.kept"],)))


def home_again(sitting: Sitting) -> Turn:
    """Home after something was handed in or rated; where another person's card lies by now, their visit."""
    if sitting.stranger:
        return next_person(sitting)
    home = replace(put_away(sitting).go("home"), rating_task=0, can_call=False)
    return Turn(home, (Errand.LOOK_UP_CARD,) if sitting.opens_own else ())


def next_person(sitting: Sitting) -> Turn:
    """Another card, and no application open: the visit ends, and its card begins the next one."""
    left = leave(sitting)
    return Turn(replace(left.sitting, card_lying=Slot.NONE), (*left.errands, Errand.END))


def blocked(sitting: Sitting) -> bool:
    """The last person's card must be taken away before anybody begins; not where the reader cannot tell."""
    return bool(sitting.card_left) and not about_the_reader(sitting.card_trouble)


def about_the_reader(key: str) -> bool:
    """Is it the reader itself that something is to be done about, not a card on it?"""
    return key.partition(".")[2].startswith("reader_")


def _language(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id=code) if code in LANGUAGES:
            chosen = replace(sitting, language=code, language_chosen=True)
            return Turn(chosen.go("card-left" if blocked(sitting) else "welcome"))
    return Turn(sitting)


def _welcome(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="go"):
            return Turn(sitting.go("home" if sitting.card else "card"))
        case Back():
            return Turn(sitting.go("language"))
    return Turn(sitting)


def _card(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="without"):
            return Turn(sitting.go("home"))
        case Back():
            return Turn(sitting.go("welcome"))
    return Turn(sitting)


def _home(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="leave"):
            return leaving(sitting, world)
        case Choose(id=door) if door in _DOORS:
            return Turn(sitting.go(door))
        case Back():
            return Turn(sitting.go("leave"))
    return Turn(sitting)


def _draft(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="resume"):
            return application.resume(sitting, world)
        case Choose(id="discard") if sitting.draft:
            dropped = replace(sitting.go("home"), draft_id=sitting.draft.id, draft=None)
            return Turn(dropped, (Errand.DROP_DRAFT,))
        case Choose(id="later") | Back():
            return Turn(sitting.go("home"))
    return Turn(sitting)


def _receipt(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="rate"):
            return Turn(sitting.go("rate"))
        case Choose(id="print") if world.printer:
            return Turn(sitting.go("printing:receipt"), (Errand.PRINT,))
        case Choose(id="home"):
            return home_again(sitting)
        case Choose(id="leave"):
            return leaving(sitting, world)
    return Turn(sitting)


def _leave(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="leave"):
            return leaving(sitting, world)
        case Choose(id="stay") | Back():
            return Turn(sitting.go("home"))
    return Turn(sitting)


def _remember(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="yes"):
            return Turn(sitting, (Errand.KEEP_PREFERENCES,))
        case Choose(id="no"):
            return leave(sitting)
        case Back():
            return home_again(sitting)
    return Turn(sitting)


def _card_left(sitting: Sitting, move: Move, world: World) -> Turn:
    """Goes on by itself when the card is taken away."""
    match move:
        case Back():
            return Turn(sitting.go("language"))
    return Turn(sitting)


def _goodbye(sitting: Sitting, move: Move, world: World) -> Turn:
    """The end; while a card lies there it is called out again instead (K34)."""
    if not isinstance(move, Choose):
        return Turn(sitting)
    if sitting.card_lying:
        return Turn(replace(sitting, misses=sitting.misses + 1))
    return Turn(sitting, (Errand.END,))


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {
    "language": _language,
    "welcome": _welcome,
    "card-left": _card_left,
    "card": _card,
    "home": _home,
    "draft": _draft,
    "keep": application.keep,
    "pause": application.pause,
    "receipt": _receipt,
    "leave": _leave,
    "remember": _remember,
    "goodbye": _goodbye,
}
