"""The same person comes with the same matter again: said before all questions, and held against nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.cases.states import Actor, Role
from kiosk.flow.moves import Back, CardLaid, CardLifted, Choose, Enter, Move
from kiosk.flow.pages.now import page_of
from kiosk.flow.same_case import MOST_TYPED
from kiosk.flow.sitting import World
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import AT_EIGHTY, GUIFANG, LI_MEI, WORLD, ways_on
from tests.sitting.conftest import START, ZONE, Open, fill_in, made

SERVICE = "elderly-allowance"
AGAIN = (CardLaid(GUIFANG), Choose("do"), Choose(SERVICE), Choose("no"))
WANG = Actor("王丽", Role.STAFF)


def handed_in(visit: Visit) -> str:
    """Her number on the receipt."""
    made(visit, *AGAIN)
    fill_in(visit)
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    return visit.sitting.receipt.number


def until_known(visit: Visit) -> None:
    """On, by the first way of every page, until it is said that there was one before."""
    made(visit, *AGAIN)
    for _ in range(20):
        if visit.sitting.place == "same-case":
            return
        fill_in_once(visit)
    raise AssertionError("it was never said")


def fill_in_once(visit: Visit) -> None:
    visit.do(AT_EIGHTY.get(visit.sitting.place) or next(ways_on(visit.sitting), Back()))


def words(visit: Visit) -> str:
    page = visit.page()
    return page.heading.show("zh") + "".join(text.show("zh") for text in page.body)


def test_it_is_said_as_soon_as_it_is_known_whom_it_is_for_with_the_day(open_visit: Open) -> None:
    handed_in(open_visit())
    visit = open_visit()
    until_known(visit)
    assert "2026年3月10日" in words(visit) and "还在办" in words(visit)
    assert visit.page().focus == "see"
    asked_before = set(visit.sitting.given.answers)
    assert asked_before <= {"who", "consent:use", "phone"}, "whom it is for; her telephone is used again"


def test_looking_leads_to_the_case_and_drops_what_was_begun(open_visit: Open, store: Store) -> None:
    number = handed_in(open_visit())
    visit = open_visit()
    until_known(visit)
    made(visit, Choose("see"))
    assert visit.sitting.place == "query:0" and visit.sitting.cases[0].number == number
    assert visit.sitting.service == "" and visit.sitting.draft_id == ""


def test_who_hands_in_another_one_says_why_by_one_key_and_staff_read_it(
    open_visit: Open, store: Store
) -> None:
    number = handed_in(open_visit())
    visit = open_visit()
    until_known(visit)
    made(visit, Choose("again"), Choose("changed"))
    fill_in(visit)
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    case = store.case(visit.sitting.receipt.case_id)
    note = case.submission.staff_notes[0]["zh"]
    assert number in note and "情况变了" in note
    (other,) = store.same_beside(case.summary.case_id, {})
    assert other.number == number and other.open


def test_back_leads_to_the_page_before_and_who_goes_on_is_asked_again(open_visit: Open) -> None:
    """K09: back always works, and nothing is got round by it."""
    handed_in(open_visit())
    visit = open_visit()
    until_known(visit)
    made(visit, Choose("again"), Back())
    assert visit.sitting.place == "same-case"
    made(visit, Back())
    assert visit.sitting.place != "same-case"
    for _ in range(6):
        if visit.sitting.place == "same-case":
            break
        made(visit, Choose("stay")) if visit.sitting.place == "pause" else fill_in_once(visit)
    assert visit.sitting.place == "same-case"


def test_nobody_is_asked_twice_for_one_application(open_visit: Open) -> None:
    handed_in(open_visit())
    visit = open_visit()
    until_known(visit)
    made(visit, Choose("again"), Choose("other"), CardLifted(), CardLaid(GUIFANG))
    places = []
    for _ in range(40):
        places.append(visit.sitting.place)
        if visit.sitting.place == "submit":
            break
        fill_in_once(visit)
    assert "same-case" not in places and places[-1] == "submit"


def test_the_first_time_nothing_is_said(open_visit: Open) -> None:
    """K02: not one page more."""
    visit = open_visit()
    made(visit, *AGAIN)
    fill_in(visit)
    assert visit.sitting.same.case is None


def test_a_case_that_was_taken_back_or_refused_holds_nobody_up(open_visit: Open, store: Store) -> None:
    handed_in(open_visit())
    (case,) = store.open_cases(store._clock.now())
    epoch = store.claim(case.case_id, WANG).epoch
    store.reject(case.case_id, WANG, epoch, "户口不在本区")
    visit = open_visit()
    made(visit, *AGAIN)
    fill_in(visit)
    assert visit.sitting.same.case is None


def yearly(days: int) -> World:
    service = WORLD.services[SERVICE]
    handling = service.handling.model_copy(update={"same_case_days": days})
    services = {**WORLD.services, SERVICE: service.model_copy(update={"handling": handling})}
    return replace(WORLD, services=services)


@pytest.mark.parametrize(("later", "told"), [(300, True), (366, False)])
def test_what_is_granted_once_a_year_is_said_for_as_long_as_the_service_says(
    store: Store, clock: StandingClock, later: int, told: bool
) -> None:
    world = yearly(365)
    handed_in(Visit(world, store, b"k" * 32, clock, zone=ZONE))
    (case,) = store.open_cases(clock.now())
    store.complete(case.case_id, WANG, store.claim(case.case_id, WANG).epoch, "批了")
    clock.advance(days=later)
    visit = Visit(world, store, b"k" * 32, clock, zone=ZONE)
    made(visit, *AGAIN)
    for _ in range(5):
        if visit.sitting.place != "same-case":
            fill_in_once(visit)
    assert (visit.sitting.place == "same-case") is told
    if told:
        assert "已经批准" in words(visit)


def at_number(visit: Visit) -> Visit:
    made(visit, *START)
    fill_in(visit, "question:id_number")
    return visit


def test_of_a_number_that_was_typed_neither_day_nor_case_is_told(open_visit: Open) -> None:
    """K26: whoever types somebody's number learns nothing of them."""
    number = handed_in(open_visit())
    visit = at_number(open_visit())
    made(visit, Enter(GUIFANG["id_number"]))
    assert visit.sitting.place == "same-case"
    shown = words(visit) + "".join(one.label.show("zh") for one in visit.page().choices)
    assert "可能" in shown and "3月" not in shown and number not in shown
    made(visit, Choose("see"))
    assert visit.sitting.place == "query-number"


def test_numbers_cannot_be_tried_out(open_visit: Open, store: Store) -> None:
    handed_in(open_visit())
    visit = at_number(open_visit())
    others = [number for number in made_up_numbers() if number != GUIFANG["id_number"]][:MOST_TYPED]
    for number in others:
        made(visit, Enter(number), Back())
    assert visit.sitting.place == "question:id_number"
    made(visit, Enter(GUIFANG["id_number"]))
    assert visit.sitting.place != "same-case"


def made_up_numbers() -> list[str]:
    """Of people as old as she is; the check digit is worked out."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    found = []
    for place in range(2, 12):
        digits = f"99010119440305{place * 2:03d}"
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        found.append(digits + "10X98765432"[rest])
    return found


def helping(visit: Visit, mother: CardLaid | Choose) -> None:
    """The daughter's card lies there first; the page for her mother's is answered so."""
    made(visit, CardLaid(LI_MEI), Choose("do"), Choose(SERVICE), Choose("no"))
    said: dict[str, Move] = {
        "question:who": Choose("family"),
        "card-whose": Choose("actor"),
        "card-other:subject": mother,
    }
    while visit.sitting.place not in {"question:id_number", "same-case", "submit"}:
        visit.do(said[visit.sitting.place]) if visit.sitting.place in said else fill_in_once(visit)


def test_whoever_helps_hears_of_the_persons_case_and_not_of_their_own(open_visit: Open) -> None:
    """The number of her mother that she types: that there may be one. Her mother's card: the day."""
    handed_in(open_visit())
    visit = open_visit()
    helping(visit, Choose("without"))
    made(visit, Enter(GUIFANG["id_number"]))
    assert visit.sitting.place == "same-case" and "2026" not in words(visit)
    visit = open_visit()
    helping(visit, CardLaid(GUIFANG))
    assert visit.sitting.place == "same-case" and "2026年3月10日" in words(visit)
    made(visit, Choose("see"))
    assert visit.sitting.place == "query-number", "the list of cases is the daughter's"


def test_nothing_private_stands_in_what_a_fault_would_print(open_visit: Open) -> None:
    """K46."""
    number = handed_in(open_visit())
    visit = open_visit()
    until_known(visit)
    assert GUIFANG["id_number"] not in repr(visit.sitting) and number not in repr(visit.sitting.same)
    assert page_of(visit.sitting, WORLD).help
