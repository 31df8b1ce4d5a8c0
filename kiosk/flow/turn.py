"""One move of the person (or of the card, the clock, the store) and the visit after it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow import (
    application,
    asking,
    beside,
    earlier,
    hearing,
    house,
    laid,
    newcomer,
    own_case,
    own_data,
    photographing,
    querying,
    rating,
    remembering,
    same_case,
    scanning,
    shelf,
    stopped,
    switches,
    waiting,
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
    ContentCome,
    Found,
    Heard,
    HeardAmong,
    HeldFound,
    Help,
    LookForCalls,
    MemberLaid,
    Missed,
    Move,
    NextLanguage,
    NotStored,
    NumberCalled,
    NumberDrawn,
    Overlay,
    PreferencesKept,
    Prefers,
    Printed,
    Quiet,
    RatingKept,
    ReaderSays,
    ReceiptSought,
    Remark,
    Scanned,
    Settings,
    Submitted,
)
from kiosk.flow.path import StepKind
from kiosk.flow.pictures import PapersShown, PictureTaken
from kiosk.flow.preferences import Preferences
from kiosk.flow.records import RecordNews
from kiosk.flow.same_values import SameFound
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.text import LANGUAGES

_ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {
    **house.ROOMS,
    **shelf.ROOMS,
    **stopped.ROOMS,
    **asking.ROOMS,
    **querying.ROOMS,
    **own_case.ROOMS,
    **own_data.ROOMS,
    **photographing.ROOMS,
    **rating.ROOMS,
    **same_case.ROOMS,
    **waiting.ROOMS,
    "earlier": earlier.earlier,
    **{str(kind): application.on_path for kind in StepKind},
}

_FROM_OVERLAY: dict[Overlay, tuple[Overlay, ...]] = {
    Overlay.HELP: (Overlay.SETTINGS,),
    Overlay.SETTINGS: (Overlay.SPEED, Overlay.VOLUME),
}
"""Pages over the page from which others are reached, by a choice that is called as they are."""
_SETTINGS = {Overlay.SETTINGS, *_FROM_OVERLAY[Overlay.SETTINGS]}


def turn(sitting: Sitting, move: Move, world: World) -> Turn:
    """The visit after a move. A move that means nothing on this page changes nothing."""
    made = looking_up(sitting, _made(sitting, move, world), world)
    if not isinstance(move, Back):
        made = same_case.looking_for(sitting, made, world)
    return photographing.offered(sitting, move, made, world)


def _made(sitting: Sitting, move: Move, world: World) -> Turn:
    """The move itself, after what it puts an end to."""
    return _turn(hearing.put_aside(scanning.put_aside(sitting, move), move), move, world)


def _turn(sitting: Sitting, move: Move, world: World) -> Turn:
    made = switches.answer(sitting, move) or beside.answer(sitting, move, world)
    made = made or _of_settings(sitting, move, world)
    return _of_any_page(sitting, move, world) if made is None else made


def _of_settings(sitting: Sitting, move: Move, world: World) -> Turn | None:
    """What a person sets for themselves, and keeps; None where a move is about something else."""
    match move:
        case Settings() if sitting.overlay in _SETTINGS:
            return _settings_left(sitting, world)
        case Settings():
            return Turn(replace(sitting, overlay=Overlay.SETTINGS))
        case Prefers() | PreferencesKept() if sitting.place == "goodbye":
            return Turn(sitting)
        case Prefers():
            return remembering.told(sitting, move.now)
        case PreferencesKept(kept=Preferences() as kept):
            return house.kept(sitting, kept, world)
        case PreferencesKept():
            return remembering.forgotten(sitting, world)
    return remembering.answer(sitting, move, world)


def _of_any_page(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case NextLanguage():
            following = LANGUAGES[(LANGUAGES.index(sitting.language) + 1) % len(LANGUAGES)]
            return Turn(replace(sitting, language=following, language_chosen=True))
        case Help():
            overlay = Overlay.NONE if sitting.overlay is Overlay.HELP else Overlay.HELP
            return Turn(replace(sitting, overlay=overlay))
        case CallPerson() | Choose(id="person"):
            return beside.called(sitting)
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
        case NumberDrawn() | LookForCalls() | NumberCalled():
            return waiting.told(sitting, move, world)
        case (
            Found() | Answered() | Submitted() | RatingKept() | ReceiptSought() | CaseChanged() | Printed()
            | HeldFound() | ContentCome() | SameFound() | PictureTaken()
        ):  # fmt: skip
            return _brought(sitting, move, world)
        case Heard() | HeardAmong() | Missed():
            return hearing.listened(sitting, move, world, lambda at, then: _made(at, then, world))
    return _on_page(sitting, move, world)


def _on_page(sitting: Sitting, move: Move, world: World) -> Turn:
    """What is done on the page that is seen, which may lie over others."""
    if sitting.overlay:
        return _on_overlay(sitting, move, world)
    if sitting.said_back is not None:
        return hearing.judged(sitting, sitting.said_back, move, lambda at, then: _made(at, then, world))
    if sitting.newcomer is not None:
        return newcomer.answer(sitting, move, world)
    return _in_room(sitting, move, world)


def _in_room(sitting: Sitting, move: Move, world: World) -> Turn:
    if isinstance(move, Choose) and move.id == waiting.TAKE and sitting.place in waiting.OFFERED_ON:
        return waiting.take(sitting, world)
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


def _brought(sitting: Sitting, move: Move, world: World) -> Turn:
    """What an errand brought back."""
    match move:
        case Found() if sitting.place != "goodbye" and not sitting.guarded:
            return _known(sitting, move, world)
        case SameFound():
            return same_case.found(sitting, move)
        case HeldFound() | ContentCome():
            return own_data.told(sitting, move)
        case PictureTaken():
            return photographing.told(sitting, move)
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
            done = replace(sitting.go("receipt"), receipt=move.receipt, draft_id="", papers=PapersShown())
            return Turn(done)
    return Turn(sitting)


def _known(sitting: Sitting, move: Found, world: World) -> Turn:
    """What is kept for the person whose card was laid."""
    known = replace(sitting, cases=move.cases, draft=move.draft, earlier=move.earlier, replied=move.replied)
    known = remembering.found(known, move.preferences, world)
    if known.place.startswith(
        ("query:", "query-withdraw:", "query-consent", "query-change:", "query-authority:", "rate:")
    ):
        known = known.go("query-cases")
    if own_data.is_about(known.place):
        return Turn(known) if own_data.is_open(known) else own_data.enter(known)
    offered = move.draft is not None and known.place == "home"
    return Turn(replace(known.go("draft"), told=known.told) if offered else known)


def _settings_left(sitting: Sitting, world: World) -> Turn:
    """Who has set something is asked, once, whether it shall be so the next time, too."""
    asked = remembering.to_be_asked(sitting, world) and not sitting.remembering.agreed
    return Turn(replace(sitting, overlay=Overlay.REMEMBER if asked else Overlay.NONE))


def _on_overlay(sitting: Sitting, move: Move, world: World) -> Turn:
    """Help, "a person is coming", the warning and troubles all lead back to where the person was."""
    match move:
        case Choose(id=name) if name in _FROM_OVERLAY.get(sitting.overlay, ()):
            return Turn(replace(sitting, overlay=Overlay(name)))
        case Choose() | Back() if sitting.overlay in _FROM_OVERLAY[Overlay.SETTINGS]:
            return Turn(replace(sitting, overlay=Overlay.SETTINGS))
        case Choose() | Back() if sitting.overlay is Overlay.SETTINGS:
            return _settings_left(sitting, world)
        case Choose() | Back():
            return Turn(replace(sitting, overlay=Overlay.NONE, trouble=""))
    return Turn(sitting)
