"""Moves at the door 查: my cases, a case by its receipt, my records, and taking back what was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow import application, own_data
from kiosk.flow.fields.base import Refused, tidy
from kiosk.flow.lists import numbers
from kiosk.flow.moves import (
    Back,
    CaseChanged,
    CaseLine,
    Choose,
    Enter,
    GivenConsent,
    Move,
    ReceiptSought,
    Sought,
)
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.services.model import Service
from kiosk.services.question import FieldKind, Question

NUMBER_LENGTH = 16
"""Digits of the number on a receipt: the day, and eight drawn by lot."""
MOST_WRONG_NUMBERS = 5
"""After so many numbers that lead to nothing, only a person helps: nobody is to try numbers out."""


def record_services(world: World) -> dict[str, Service]:
    """The services that show everybody who opens them what an office holds of them."""
    return {
        name: service
        for name, service in world.services.items()
        if any(_shows_own_record(question) for question in service.question)
    }


def _shows_own_record(question: Question) -> bool:
    return question.type is FieldKind.RECORD and question.look_up is None and question.ask_if is None


def case_at(sitting: Sitting) -> CaseLine | None:
    """The case that the page is about (`"query:0"`, `"query-consent:0/1"`)."""
    number = sitting.place.partition(":")[2].partition("/")[0]
    return sitting.cases[int(number)] if number in numbers(sitting.cases) else None


def consent_at(sitting: Sitting) -> GivenConsent | None:
    """The consent that the page is about."""
    case, number = case_at(sitting), sitting.place.partition("/")[2]
    return case.consents[int(number)] if case and number in numbers(case.consents) else None


def my_cases(sitting: Sitting) -> str:
    """Where a person sees their cases: only their identity card shows them, and to nobody else."""
    return "query-cases" if sitting.opens_own else "query-card"


def sought(sitting: Sitting, move: ReceiptSought) -> Turn:
    """A number led to a case, or to nothing; or it is still asked for elsewhere, or cannot be."""
    if move.case is not None:
        return Turn(_beneath(replace(sitting, sought=move.case), "query-found"))
    if move.how is not Sought.DONE:
        return Turn(_beneath(sitting, f"query-{move.how}"))
    asked = sitting if sitting.place == "query-number" else _beneath(sitting, "query-number")
    missed = replace(asked, wrong_numbers=sitting.wrong_numbers + 1, misses=sitting.misses + 1)
    return Turn(replace(missed, refused=Refused("query.no_such_number", anew=True)))


def _beneath(sitting: Sitting, place: str) -> Sitting:
    """There, with the number kept, and under whatever lies over the page: the answer comes by itself."""
    return replace(sitting.go(place), typed=sitting.typed, overlay=sitting.overlay)


def by_code(sitting: Sitting, number: str) -> Turn:
    """The number of a receipt was scanned: as if typed on its page, as often as one may be wrong there."""
    at = sitting.go("query-number")
    return _typed_number(at, number) if sitting.wrong_numbers < MOST_WRONG_NUMBERS else Turn(at)


def changed(sitting: Sitting, move: CaseChanged) -> Turn:
    """Something was taken back, or it was too late for that."""
    return Turn(replace(sitting, cases=move.cases, outcome=move.outcome).go("query-done"))


def _query(sitting: Sitting, move: Move, world: World) -> Turn:
    if sitting.place != "query":
        return _case(sitting, move, world)
    match move:
        case Choose(id="mine"):
            return Turn(sitting.go(my_cases(sitting)), (Errand.LOOK_UP_CASES,) if sitting.opens_own else ())
        case Choose(id="number"):
            return Turn(sitting.go("query-number"))
        case Choose(id="held"):
            return own_data.enter(sitting)
        case Choose(id="records"):
            return Turn(sitting.go("query-card" if sitting.guarded else "query-records"))
        case Back():
            return Turn(sitting.go("home"))
    return Turn(sitting)


def _cases(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id=chosen) if chosen in numbers(sitting.cases):
            # what staff changed is asked about first
            door = "query-change" if sitting.cases[int(chosen)].changes else "query"
            return Turn(sitting.go(f"{door}:{chosen}"))
        case Choose(id="number") if world.elsewhere and not sitting.cases:
            return Turn(sitting.go("query-number"))
        case Choose(id="home"):
            return Turn(sitting.go("home"))
        case Back():
            return Turn(sitting.go("query"))
    return Turn(sitting)


def _card(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="number"):
            return Turn(sitting.go("query-number"))
        case Back():
            return Turn(sitting.go("query"))
    return Turn(sitting)


def _case(sitting: Sitting, move: Move, world: World) -> Turn:
    case, number = case_at(sitting), sitting.place.partition(":")[2]
    match move:
        case Choose(id="rate") if case and case.closed:
            return Turn(sitting.go(f"rate:{number}"))
        case Choose(id="withdraw") if case and case.open:
            return Turn(sitting.go(f"query-withdraw:{number}"))
        case Choose(id="authority") if case and case.acted_for:
            return Turn(sitting.go(f"query-authority:{number}"))
        case Choose(id="consents") if case and case.consents:
            return Turn(sitting.go(f"query-consents:{number}"))
        case Back() | Choose(id="go"):
            return Turn(sitting.go("query-cases"))
    return Turn(sitting)


def _withdraw(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="yes"):
            return Turn(sitting, (Errand.WITHDRAW_CASE,))
        case Choose(id="no") | Back():
            return Turn(sitting.go(_case_place(sitting)))
    return Turn(sitting)


def _consents(sitting: Sitting, move: Move, world: World) -> Turn:
    case = case_at(sitting)
    match move:
        case Choose(id=chosen) if case and chosen in numbers(case.consents):
            return Turn(sitting.go(f"query-consent:{sitting.place.partition(':')[2]}/{chosen}"))
        case Back():
            return Turn(sitting.go(_case_place(sitting)))
    return Turn(sitting)


def _consent(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="yes"):
            return Turn(sitting, (Errand.WITHDRAW_CONSENT,))
        case Choose(id="no") | Back():
            return Turn(sitting.go(_case_place(sitting).replace("query:", "query-consents:")))
    return Turn(sitting)


def _done(sitting: Sitting, move: Move, world: World) -> Turn:
    if isinstance(move, Back | Choose):
        return Turn(replace(sitting, outcome="").go("query-cases"))
    return Turn(sitting)


def _case_place(sitting: Sitting) -> str:
    return "query:" + sitting.place.partition(":")[2].partition("/")[0]


def _number(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Enter(typed=typed) if sitting.wrong_numbers < MOST_WRONG_NUMBERS:
            return _typed_number(sitting, typed)
        case Choose(id="home"):
            return Turn(sitting.go("home"))
        case Back():
            return Turn(sitting.go("query"))
    return Turn(sitting)


def _asking(sitting: Sitting, move: Move, world: World) -> Turn:
    """Who does not wait finds the number where they typed it."""
    if isinstance(move, Back | Choose):
        return Turn(replace(sitting.go("query-number"), typed=sitting.typed))
    return Turn(sitting)


def _not_asked(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="retry") if sitting.place == "query-away":
            return _typed_number(replace(sitting.go("query-number"), typed=sitting.typed), sitting.typed)
        case Choose(id="home"):
            return Turn(sitting.go("home"))
        case Back():
            return Turn(replace(sitting.go("query-number"), typed=sitting.typed))
    return Turn(sitting)


def _typed_number(sitting: Sitting, typed: str) -> Turn:
    """Only a number that is whole is looked for; another one was a slip of the finger."""
    digits = "".join(sign for sign in tidy(typed) if sign.isdecimal())
    kept = replace(sitting, typed=typed)
    if len(digits) == NUMBER_LENGTH:
        return Turn(kept, (Errand.FIND_RECEIPT,), number=digits)
    longer = len(digits) > NUMBER_LENGTH
    told = "query.number_longer" if longer else "query.number_length"
    slip = Refused(told, {"count": len(digits), "length": NUMBER_LENGTH}, anew=longer)
    return Turn(replace(kept, refused=slip, misses=sitting.misses + 1))


def _found(sitting: Sitting, move: Move, world: World) -> Turn:
    if isinstance(move, Back | Choose):
        return Turn(replace(sitting, sought=None).go("query"))
    return Turn(sitting)


def _records(sitting: Sitting, move: Move, world: World) -> Turn:
    match move:
        case Choose(id=service) if service in record_services(world):
            return application.begin(sitting, service, world)
        case Back():
            return Turn(sitting.go("query"))
    return Turn(sitting)


Room = Callable[[Sitting, Move, World], Turn]


def about_a_case(room: Room) -> Room:
    """A page of a case that is not there any more gives way to the list."""

    def checked(sitting: Sitting, move: Move, world: World) -> Turn:
        if case_at(sitting) is None:
            return Turn(sitting.go(my_cases(sitting)))
        return room(sitting, move, world)

    return checked


ROOMS: Mapping[str, Room] = {
    "query": _query,
    "query-cases": _cases,
    "query-card": _card,
    "query-withdraw": about_a_case(_withdraw),
    "query-consents": about_a_case(_consents),
    "query-consent": about_a_case(_consent),
    "query-done": _done,
    "query-number": _number,
    "query-asking": _asking,
    "query-away": _not_asked,
    "query-enough": _not_asked,
    "query-found": _found,
    "query-records": _records,
}
