"""One move of the person (or of the card, the clock, the store) and the visit after it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow import (
    application,
    asking,
    earlier,
    hearing,
    house,
    laid,
    newcomer,
    querying,
    rating,
    scanning,
    shelf,
)
from kiosk.flow.looking_up import looking_up, told
from kiosk.flow.moves import (
    Answered,
    Back,
    CallPerson,
    CardLaid,
    CardLifted,
    CaseChanged,
    Choose,
    Found,
    Heard,
    HeardAmong,
    Help,
    MemberLaid,
    Missed,
    Move,
    NextLanguage,
    NotStored,
    Overlay,
    Printed,
    Quiet,
    RatingKept,
    ReaderSays,
    ReceiptSought,
    Remark,
    Scanned,
    Submitted,
)
from kiosk.flow.path import StepKind
from kiosk.flow.records import RecordNews
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.text import LANGUAGES

_ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {
    **house.ROOMS,
    **shelf.ROOMS,
    **asking.ROOMS,
    **querying.ROOMS,
    **rating.ROOMS,
    "earlier": earlier.earlier,
    **{str(kind): application.on_path for kind in StepKind},
}


def turn(sitting: Sitting, move: Move, world: World) -> Turn:
    """The visit after a move. A move that means nothing on this page changes nothing."""
    return looking_up(sitting, _made(sitting, move, world), world)


def _made(sitting: Sitting, move: Move, world: World) -> Turn:
    """The move itself, after what it puts an end to."""
    return _turn(hearing.put_aside(scanning.put_aside(sitting, move), move), move, world)


def _turn(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case NextLanguage():
            following = LANGUAGES[(LANGUAGES.index(sitting.language) + 1) % len(LANGUAGES)]
            return Turn(replace(sitting, language=following))
        case Help():
            overlay = Overlay.NONE if sitting.overlay is Overlay.HELP else Overlay.HELP
            return Turn(replace(sitting, overlay=overlay))
        case CallPerson() | Choose(id="person"):
            return Turn(replace(sitting, overlay=Overlay.CALLED), (Errand.CALL_PERSON,))
        case Quiet():
            return _quiet(sitting, over=move.over)
        case NotStored():
            return Turn(replace(sitting, overlay=Overlay.TROUBLE, trouble=move.key))
        case CardLaid() | CardLifted() | MemberLaid() | ReaderSays() | Remark():
            return _news(sitting, move, world)
        case Scanned() if sitting.newcomer is None:
            return scanning.scanned(sitting, move, world, lambda at, typed: _in_room(at, typed, world))
        case RecordNews():
            return told(sitting, move, world)
        case Found() | Answered() | Submitted() | RatingKept() | ReceiptSought() | CaseChanged() | Printed():
            return _brought(sitting, move)
        case Heard() | HeardAmong() | Missed():
            return hearing.listened(sitting, move, world, lambda at, then: _made(at, then, world))
    return _on_page(sitting, move, world)


def _on_page(sitting: Sitting, move: Move, world: World) -> Turn:
    """What is done on the page that is seen, which may lie over others."""
    if sitting.overlay:
        return _on_overlay(sitting, move)
    if sitting.said_back is not None:
        return hearing.judged(sitting, sitting.said_back, move, lambda at, then: _made(at, then, world))
    if sitting.newcomer is not None:
        return newcomer.answer(sitting, move, world)
    return _in_room(sitting, move, world)


def _in_room(sitting: Sitting, move: Move, world: World) -> Turn:
    return _ROOMS[sitting.place.partition(":")[0]](sitting, move, world)


def _quiet(sitting: Sitting, *, over: bool) -> Turn:
    if sitting.place == "goodbye":
        return Turn(sitting, (Errand.END,) if over else ())
    if sitting.place in house.RESTING:
        return Turn(sitting)
    if not over:
        return Turn(replace(sitting, overlay=Overlay.IDLE))
    return house.leave(sitting)


def _news(sitting: Sitting, move: Move, world: World) -> Turn:
    """What a reader reports, whatever page is open."""
    match move:
        case CardLaid():
            return laid.card_laid(sitting, move, world)
        case CardLifted():
            return laid.lifted(sitting, move)
        case MemberLaid():
            return laid.member_laid(sitting, move, world)
        case ReaderSays():
            return laid.reader_says(sitting, move)
        case Remark():
            return laid.remark(sitting, move, world)
    return Turn(sitting)


def _brought(sitting: Sitting, move: Move) -> Turn:
    """What an errand brought back."""
    match move:
        case Found() if sitting.place != "goodbye" and not sitting.guarded:
            known = replace(sitting, cases=move.cases, draft=move.draft, earlier=move.earlier)
            if known.place.startswith(("query:", "query-withdraw:", "query-consent", "rate:")):
                known = known.go("query-cases")
            offered = move.draft is not None and known.place == "home"
            return Turn(replace(known.go("draft"), told=known.told) if offered else known)
        case Answered():
            return asking.answered(sitting, move)
        case ReceiptSought():
            return querying.sought(sitting, move)
        case CaseChanged():
            return querying.changed(sitting, move)
        case RatingKept():
            return rating.kept(sitting, move)
        case Printed() if sitting.place != "goodbye":
            return shelf.printed(sitting, move)
        case Submitted():
            return Turn(replace(sitting.go("receipt"), receipt=move.receipt, draft_id=""))
    return Turn(sitting)


def _on_overlay(sitting: Sitting, move: Move) -> Turn:
    """Help, "a person is coming", the warning and troubles all lead back to where the person was."""
    match move:
        case Choose() | Back():
            return Turn(replace(sitting, overlay=Overlay.NONE, trouble=""))
    return Turn(sitting)
