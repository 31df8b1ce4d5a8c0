"""What an act on a case asks for, and how it is carried out on the store: one row an act."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.states import Actor, Why
from kiosk.cases.views import CaseSummary
from kiosk.store import Store


@dataclass(frozen=True, slots=True)
class Given:
    """What was brought for an act."""

    words: str = dataclasses.field(default="", repr=False)
    chosen: str | None = None
    """A colleague, a desk or another case."""
    chosen_as: str = ""
    """What that is called on the page."""
    day: date | None = None
    reference: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Form:
    """What is written for an act. The labels stand in the catalogue under `writing.`."""

    fields: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    """Fields of one line."""
    optional: frozenset[str] = frozenset()
    told: bool = False
    """The resident reads it."""


FORMS: Mapping[Act, Form] = {
    Act.CLAIM: Form(("why_claim",)),
    Act.ASK_INFO: Form(("missing",), ("until",), frozenset({"until"}), told=True),
    Act.RECEIVE_INFO: Form(("received",)),
    Act.COMPLETE: Form(("result",), told=True),
    Act.REJECT: Form(("reason", "instead"), told=True),
    Act.RELEASE: Form(("why_release",), optional=frozenset({"why_release"})),
    Act.FAIL_FILING: Form(("why_failed",)),
    Act.CONFIRM_FILING: Form((), ("reference", "again")),
    Act.TELL: Form(("how_told",)),
    Act.HOLD: Form(("why_hold",), ("until",)),
    Act.WAKE: Form(("why_wake",)),
    Act.ASK_COLLEAGUE: Form(("question",), ("until",)),
    Act.ANSWER_COLLEAGUE: Form(("answer",)),
    Act.OFFER: Form(("note",)),
    Act.DECLINE: Form(("why_decline",)),
    Act.ASSIGN: Form(("why_assign",)),
    Act.TRANSFER: Form(("why_transfer",)),
    Act.HAND_OVER: Form(("why_hand_over", "person_said")),
    Act.GIVE_BACK: Form(("why_give_back",)),
    Act.TAKE_BACK: Form(("why_take_back",)),
    Act.MERGE: Form(("why_merge",)),
    Act.WITHDRAW_FOR: Form(("how_asked",)),
    Act.REOPEN: Form(("why_reopen",)),
}
"""Acts that are not here need no words."""


class Among(StrEnum):
    """What is chosen from before words are written."""

    COLLEAGUES = "colleagues"
    DESKS = "desks"
    CASES = "cases"
    CENTRES = "centres"


CHOICES: Mapping[Act, Among] = {
    Act.OFFER: Among.COLLEAGUES,
    Act.ASK_COLLEAGUE: Among.COLLEAGUES,
    Act.ASSIGN: Among.COLLEAGUES,
    Act.TRANSFER: Among.DESKS,
    Act.MERGE: Among.CASES,
    Act.HAND_OVER: Among.CENTRES,
}

GROUPS: Mapping[str, tuple[Act, ...]] = {
    "begin": (
        *(Act.CLAIM, Act.TAKE_OVER, Act.DECLINE, Act.ANSWER_COLLEAGUE, Act.RECEIVE_INFO, Act.WAKE),
        Act.TAKE_BACK,
    ),
    "check": (Act.CHECK, Act.ACCEPT, Act.ASK_INFO),
    "file": (Act.FILE, Act.CONFIRM_FILING, Act.FAIL_FILING),
    "end": (Act.COMPLETE, Act.REJECT, Act.TELL, Act.CLOSE, Act.REOPEN, Act.WITHDRAW_FOR),
    "wait": (Act.HOLD, Act.ASK_COLLEAGUE),
    "give": (
        *(Act.PUT_DOWN, Act.RELEASE, Act.OFFER, Act.TRANSFER, Act.MERGE, Act.ASSIGN),
        *(Act.HAND_OVER, Act.GIVE_BACK),
    ),
}
"""Acts of the desk, in the order in which a case meets them."""

LEAVES = frozenset(
    {
        Act.ASK_INFO,
        Act.COMPLETE,
        Act.REJECT,
        Act.RELEASE,
        Act.PUT_DOWN,
        Act.HOLD,
        Act.ASK_COLLEAGUE,
        Act.ANSWER_COLLEAGUE,
        Act.OFFER,
        Act.DECLINE,
        Act.TRANSFER,
        Act.MERGE,
        Act.HAND_OVER,
        Act.GIVE_BACK,
        Act.WITHDRAW_FOR,
        Act.CLOSE,
    }
)
"""Acts after which there is nothing more to do on the case here: the list comes back."""


def _until(given: Given) -> date:
    if given.day is None:
        raise IllegalMove(Why.DAY)
    return given.day


Does = Callable[[Store, CaseSummary, Actor, Given], object]

DO: Mapping[Act, Does] = {
    Act.CLAIM: lambda store, case, who, given: store.claim(case.case_id, who, given.words),
    Act.TAKE_OVER: lambda store, case, who, _: store.take_over(case.case_id, who),
    Act.DECLINE: lambda store, case, who, given: store.decline(case.case_id, who, given.words),
    Act.ANSWER_COLLEAGUE: lambda store, case, who, given: store.answer_colleague(
        case.case_id, who, given.words
    ),
    Act.RECEIVE_INFO: lambda store, case, who, given: store.receive_info(case.case_id, who, given.words),
    Act.WAKE: lambda store, case, who, given: store.wake(case.case_id, who, given.words),
    Act.CHECK: lambda store, case, who, _: store.begin_check(case.case_id, who, case.epoch),
    Act.ACCEPT: lambda store, case, who, _: store.accept(case.case_id, who, case.epoch),
    Act.ASK_INFO: lambda store, case, who, given: store.ask_info(
        case.case_id, who, case.epoch, given.words, given.day
    ),
    Act.FILE: lambda store, case, who, _: store.begin_filing(case.case_id, who, case.epoch),
    Act.CONFIRM_FILING: lambda store, case, who, given: store.confirm_filing(
        case.case_id, who, case.epoch, *given.reference
    ),
    Act.FAIL_FILING: lambda store, case, who, given: store.fail_filing(
        case.case_id, who, case.epoch, given.words
    ),
    Act.COMPLETE: lambda store, case, who, given: store.complete(case.case_id, who, case.epoch, given.words),
    Act.REJECT: lambda store, case, who, given: store.reject(case.case_id, who, case.epoch, given.words),
    Act.TELL: lambda store, case, who, given: store.tell(case.case_id, who, given.words),
    Act.CLOSE: lambda store, case, who, _: store.close_case(case.case_id, who),
    Act.REOPEN: lambda store, case, who, given: store.reopen(case.case_id, who, given.words),
    Act.WITHDRAW_FOR: lambda store, case, who, given: store.withdraw_for(
        case.case_id, who, case.epoch, given.words
    ),
    Act.HOLD: lambda store, case, who, given: store.hold(
        case.case_id, who, case.epoch, given.words, _until(given)
    ),
    Act.ASK_COLLEAGUE: lambda store, case, who, given: store.ask_colleague(
        case.case_id,
        who,
        case.epoch,
        given.chosen or "",
        given.words,
        _until(given),
    ),
    Act.PUT_DOWN: lambda store, case, who, _: store.put_down(case.case_id, who, case.epoch),
    Act.RELEASE: lambda store, case, who, given: store.release(case.case_id, who, case.epoch, given.words),
    Act.OFFER: lambda store, case, who, given: store.offer(
        case.case_id, who, case.epoch, given.chosen or "", given.words
    ),
    Act.TRANSFER: lambda store, case, who, given: store.transfer(
        case.case_id, who, case.epoch, given.chosen or "", given.words
    ),
    Act.MERGE: lambda store, case, who, given: store.merge(
        case.case_id, who, case.epoch, given.chosen or "", given.words
    ),
    Act.HAND_OVER: lambda store, case, who, given: store.hand_over(
        case.case_id, who, case.epoch, given.chosen or "", given.words
    ),
    Act.GIVE_BACK: lambda store, case, who, given: store.give_back(
        case.case_id, who, case.epoch, given.words
    ),
    Act.TAKE_BACK: lambda store, case, who, given: store.take_back(case.case_id, who, given.words),
    Act.ASSIGN: lambda store, case, who, given: store.assign(
        case.case_id, who, given.chosen or None, given.words
    ),
}
