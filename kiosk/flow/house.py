"""Moves outside an application: language, welcome, card, home, draft, receipt, goodbye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow import application
from kiosk.flow.cards import another_card
from kiosk.flow.moves import Back, CardLaid, Choose, Move
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import CardFields, same_card
from kiosk.flow.walking import onto_path, put_away
from kiosk.text import LANGUAGES

RESTING = {"language"}
"""Where the kiosk waits for the next person: no idle warning, nothing personal."""

_BEFORE_HOME = {"language", "welcome", "card"}
_BESIDE = {"query-card": "query-cases", "query": "query", "query-records": "query-records"}
"""Where a card that comes late leads on from, apart from an application."""
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


def card_laid(sitting: Sitting, move: CardLaid, world: World) -> Turn:
    """A card on the reader: a greeting before home, the other person's card inside an application."""
    if sitting.card_left or sitting.place == "goodbye":
        return Turn(replace(sitting, card_lying=True))
    lying = replace(sitting, card_lying=True, lying=move.fields, card_trouble="")
    if sitting.place in _BEFORE_HOME:
        return Turn(replace(lying, card=move.fields).go("home"), (Errand.LOOK_UP_CARD,))
    if sitting.receipt is not None:
        return Turn(replace(lying, stranger=_is_stranger(sitting, move.fields)))
    if sitting.card is None:
        return _first_card_late(lying, move.fields, world)
    if sitting.service:
        return another_card(lying, move.fields, world)
    return Turn(lying) if same_card(sitting.card, move.fields) else _next_person(sitting)


def _is_stranger(sitting: Sitting, card: CardFields) -> bool:
    """Is it neither the card that began the visit nor the other one of this application?"""
    known = (sitting.card, sitting.given.other_card)
    return sitting.card is not None and not any(same_card(one, card) for one in known if one)


def home_again(sitting: Sitting) -> Turn:
    """Home after something was handed in or rated; where another person's card lies by now, their visit."""
    if sitting.stranger:
        return _next_person(sitting)
    home = replace(put_away(sitting).go("home"), rating_task=0)
    return Turn(home, (Errand.LOOK_UP_CARD,) if sitting.card else ())


def _next_person(sitting: Sitting) -> Turn:
    """Another card, and no application open: the visit ends, and its card begins the next one."""
    left = leave(sitting)
    return Turn(replace(left.sitting, card_lying=False), (*left.errands, Errand.END))


def _first_card_late(sitting: Sitting, fields: CardFields, world: World) -> Turn:
    """The card comes out in the middle: what it says is not asked any more. What was handed in stays so."""
    applying = bool(sitting.service)
    given = replace(sitting.given, first_card=fields) if applying else sitting.given
    place = _BESIDE.get(sitting.place, sitting.place if applying else "home")
    known = replace(sitting, card=fields, given=given, place=place)
    return Turn(onto_path(known, world), (Errand.LOOK_UP_CARD,))


def _language(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id=code) if code in LANGUAGES:
            return Turn(replace(sitting, language=code).go("welcome"))
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
            return leave(sitting)
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
            return Turn(sitting.go("printed:receipt"), (Errand.PRINT,))
        case Choose(id="home"):
            return home_again(sitting)
        case Choose(id="leave"):
            return leave(sitting)
    return Turn(sitting)


def _leave(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="leave"):
            return leave(sitting)
        case Choose(id="stay") | Back():
            return Turn(sitting.go("home"))
    return Turn(sitting)


def _goodbye(sitting: Sitting, move: Move, world: World) -> Turn:
    return Turn(sitting, (Errand.END,)) if isinstance(move, Choose) else Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {
    "language": _language,
    "welcome": _welcome,
    "card": _card,
    "home": _home,
    "draft": _draft,
    "keep": application.keep,
    "pause": application.pause,
    "receipt": _receipt,
    "leave": _leave,
    "goodbye": _goodbye,
}
