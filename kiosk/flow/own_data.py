"""Moves at "my data" (我的资料): what is held, who looked, what it says, putting right, erasing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow.held import HeldCase, OwnData
from kiosk.flow.lists import numbers
from kiosk.flow.moves import Back, Choose, ContentCome, HeldFound, Move
from kiosk.flow.sitting import Errand, Sitting, Turn, World

ELSEWHERE = ""
"""What is wrong is none of the answers, or they cannot say which."""
_ABOUT = "held"


def is_about(place: str) -> bool:
    """Is this one of the pages about what is held?"""
    return place.partition(":")[0].partition("-")[0] == _ABOUT


def enter(sitting: Sitting) -> Turn:
    """Their identity card shows it, and to nobody else."""
    if not sitting.opens_own:
        return Turn(sitting.go("held-card"))
    return Turn(replace(sitting, own_data=None).go(_ABOUT), (Errand.LOOK_UP_HELD,))


def is_open(sitting: Sitting) -> bool:
    """Do they stand before what they handed in, or wait for it? Their own card laid again changes nothing."""
    return sitting.place.startswith("held-content:") and sitting.opens_own and held_case(sitting) is not None


def told(sitting: Sitting, move: Move) -> Turn:
    """What was looked up, or opened. Who has gone on meanwhile is not called back."""
    match move:
        case HeldFound() if is_about(sitting.place) and sitting.opens_own:
            found = replace(sitting, own_data=OwnData(move.held, outcome=move.outcome), replied=False)
            return Turn(found.go("held-done") if move.outcome else found)
        case ContentCome() if sitting.own_data is not None and _waits_for(sitting, move.case_id):
            come = replace(sitting.own_data, content=move.lines, by_staff=move.lines is None)
            return Turn(replace(sitting, own_data=come))
    return Turn(sitting)


def _waits_for(sitting: Sitting, case_id: str) -> bool:
    case = held_case(sitting)
    return sitting.place.startswith("held-content:") and case is not None and case.case_id == case_id


def held_case(sitting: Sitting) -> HeldCase | None:
    """The matter that the page is about (`"held-case:0"`, `"held-wrong:0/hukou"`)."""
    cases = sitting.own_data.held.cases if sitting.own_data else ()
    number = sitting.place.rpartition(":")[2].partition("/")[0]
    return cases[int(number)] if number in numbers(cases) else None


def wrong_field(sitting: Sitting) -> str:
    """The answer that is called wrong."""
    return sitting.place.partition("/")[2]


def linked(sitting: Sitting, case: HeldCase) -> str:
    """The place of the same matter at the door 查, where it can be taken back; empty where there is none."""
    for number, line in enumerate(sitting.cases):
        if line.case_id == case.case_id and (line.open or line.consents):
            return f"query:{number}"
    return ""


def has_more(sitting: Sitting) -> bool:
    """Is there something besides matters: settings, an application that is not finished?"""
    drafts = sitting.own_data.held.drafts if sitting.own_data else 0
    return sitting.remembering.kept is not None or drafts > 0


def _card(sitting: Sitting, move: Move, world: World) -> Turn:
    """Goes on by itself when the card is laid."""
    return Turn(sitting.go("query")) if isinstance(move, Back | Choose) else Turn(sitting)


def _overview(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="cases" | "looks") if sitting.own_data and sitting.own_data.held.cases:
            return Turn(sitting.go(f"held-{move.id}"))
        case Choose(id="rest") if has_more(sitting):
            return Turn(sitting.go("held-rest"))
        case Choose(id="print") if world.printer:
            return Turn(sitting.go("printing:held"), (Errand.PRINT,))
        case Back() | Choose(id="go"):
            return Turn(replace(sitting, own_data=None).go("query"))
    return Turn(sitting)


def _cases(sitting: Sitting, move: Move, world: World) -> Turn:
    cases = sitting.own_data.held.cases if sitting.own_data else ()
    match move:
        case Choose(id=chosen) if chosen in numbers(cases):
            heard = (Errand.HEAR_REPLIES,) if cases[int(chosen)].replies else ()
            return Turn(sitting.go(f"held-case:{chosen}"), heard)
        case Back():
            return Turn(sitting.go(_ABOUT))
    return Turn(sitting)


def _case(sitting: Sitting, move: Move, world: World) -> Turn:
    case, number = held_case(sitting), sitting.place.partition(":")[2]
    match move:
        case Choose(id="content"):
            return Turn(sitting.go(f"held-content:{number}"), (Errand.OPEN_CONTENT,))
        case Choose(id="wrong"):
            return Turn(sitting.go(f"held-wrong:{number}"))
        case Choose(id="withdraw") if case and (there := linked(sitting, case)):
            return Turn(sitting.go(there))
        case Choose(id="erase"):
            return Turn(sitting.go(f"held-erase:{number}"))
        case Back():
            return Turn(sitting.go("held-cases"))
    return Turn(sitting)


def _content(sitting: Sitting, move: Move, world: World) -> Turn:
    """Whoever leaves the page leaves nothing of it behind."""
    own = sitting.own_data
    match move:
        case Choose(id="print") if world.printer and own and own.content is not None:
            return Turn(sitting.go(f"printing:{sitting.place}"), (Errand.PRINT,))
        case Choose(id="copy") if own and own.content is not None:
            return Turn(sitting, (Errand.ASK_COPY,))
        case Back() | Choose(id="go"):
            shut = replace(own, content=None, by_staff=False) if own else None
            there = replace(sitting, own_data=shut).go(_case_place(sitting))
            return Turn(there, (Errand.DROP_CONTENT,))
    return Turn(sitting)


def _wrong(sitting: Sitting, move: Move, world: World) -> Turn:
    case, number = held_case(sitting), sitting.place.partition(":")[2].partition("/")[0]
    match move:
        case Choose(id="else"):
            return Turn(sitting.go(f"held-wrong:{number}/{ELSEWHERE}"), (Errand.ASK_CORRECTION,))
        case Choose(id=field) if case and field in dict(case.fields):
            return Turn(sitting.go(f"held-wrong:{number}/{field}"), (Errand.ASK_CORRECTION,))
        case Back():
            return Turn(sitting.go(_case_place(sitting)))
    return Turn(sitting)


def _erase(sitting: Sitting, move: Move, world: World) -> Turn:
    """What may go goes at once; for what is kept until a day somebody at the desk can be asked."""
    case = held_case(sitting)
    match move:
        case Choose(id="yes") if case and case.erasable == "now":
            return Turn(sitting, (Errand.ERASE_CASE,))
        case Choose(id="ask") if case and case.erasable in {"later", "unsaid"}:
            return Turn(sitting, (Errand.ASK_ERASURE,))
        case Choose(id="withdraw") if case and case.erasable == "open" and (there := linked(sitting, case)):
            return Turn(sitting.go(there))
        case Back() | Choose(id="no" | "go"):
            return Turn(sitting.go(_case_place(sitting)))
    return Turn(sitting)


def _looks(sitting: Sitting, move: Move, world: World) -> Turn:
    return Turn(sitting.go(_ABOUT)) if isinstance(move, Back | Choose) else Turn(sitting)


def _rest(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="forget") if sitting.remembering.kept is not None:
            return Turn(sitting, (Errand.FORGET_PREFERENCES,))
        case Choose(id="draft") if sitting.draft is not None:
            return Turn(sitting.go("draft"))
        case Back() | Choose(id="go"):
            return Turn(sitting.go(_ABOUT))
    return Turn(sitting)


def _done(sitting: Sitting, move: Move, world: World) -> Turn:
    """Back to the list: a matter may be gone from it."""
    if isinstance(move, Back | Choose) and sitting.own_data is not None:
        return Turn(replace(sitting, own_data=replace(sitting.own_data, outcome="")).go("held-cases"))
    return Turn(sitting)


def _case_place(sitting: Sitting) -> str:
    return "held-case:" + sitting.place.partition(":")[2].partition("/")[0]


Room = Callable[[Sitting, Move, World], Turn]


def _of_ones_own(room: Room) -> Room:
    """A page for which nothing was looked up, or of a matter that is gone, gives way to the first one."""

    def checked(sitting: Sitting, move: Move, world: World) -> Turn:
        lost = ":" in sitting.place and held_case(sitting) is None
        if sitting.own_data is None or lost or not sitting.opens_own:
            return Turn(sitting.go("query")) if isinstance(move, Back) else enter(sitting)
        return room(sitting, move, world)

    return checked


ROOMS: Mapping[str, Room] = {
    "held-card": _card,
    "held": _of_ones_own(_overview),
    "held-cases": _of_ones_own(_cases),
    "held-case": _of_ones_own(_case),
    "held-content": _of_ones_own(_content),
    "held-wrong": _of_ones_own(_wrong),
    "held-erase": _of_ones_own(_erase),
    "held-looks": _of_ones_own(_looks),
    "held-rest": _of_ones_own(_rest),
    "held-done": _of_ones_own(_done),
}
