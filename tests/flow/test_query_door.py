"""The door 查: how far a matter is, by card or receipt; my records; taking back what was given."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from kiosk.flow.moves import (
    Back,
    CallPerson,
    CardLaid,
    CardLifted,
    CaseChanged,
    CaseLine,
    Choose,
    Enter,
    Found,
    GivenConsent,
    ReceiptSought,
    Sought,
)
from kiosk.flow.page import Page, PageKind
from kiosk.flow.pages.now import page_of
from kiosk.flow.querying import MOST_WRONG_NUMBERS, record_services
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.turn import turn
from kiosk.text import Text, same
from tests.flow.residents import (
    ALLOWANCE,
    AT_EIGHTY,
    GUIFANG,
    LI_MEI,
    SHARING,
    WORLD,
    at_home,
    begun,
    moved,
    ways_on,
)

CONSENTS = (
    GivenConsent("purpose", same("one purpose"), same("what follows")),
    GivenConsent("id-number", same("the number"), same("the end")),
)
OPEN = CaseLine(
    number="2026-1102-48203915",
    ticket="A007",
    title=ALLOWANCE.title.text(),
    stage=WORLD.texts["stage.claimed"],
    due=datetime.date(2026, 12, 14),
    case_id="case-1",
    open=True,
    consents=CONSENTS,
)
CLOSED = replace(
    OPEN,
    number="2026-1101-00000001",
    case_id="case-2",
    stage=WORLD.texts["stage.granted"],
    due=None,
    result=Text({"zh": "已批准", "en": "granted"}),
    open=False,
    closed=True,
    consents=(),
)
HERS = moved(at_home(GUIFANG), Found((OPEN, CLOSED), None), Choose("query"))
NOBODY = moved(at_home(), Choose("query"))


def page(sitting: Sitting) -> Page:
    return page_of(sitting, WORLD)


def choices(sitting: Sitting) -> list[str]:
    return [choice.id for choice in page(sitting).choices]


def words(sitting: Sitting, language: str = "zh") -> str:
    shown = page(sitting)
    texts = [shown.heading, *shown.body, *([shown.error] if shown.error else [])]
    return " ".join(text.show(language) for text in texts)


def test_four_things_can_be_looked_up() -> None:
    assert choices(HERS) == ["mine", "number", "records", "held"]
    assert moved(HERS, Back()).place == "home"


def test_records_are_offered_only_where_there_are_any() -> None:
    without = replace(WORLD, services={"elderly-allowance": ALLOWANCE})
    assert [choice.id for choice in page_of(HERS, without).choices] == ["mine", "number", "held"]


def test_with_a_card_her_cases_are_two_presses_from_home_and_one_more_tells_all() -> None:
    cases = moved(HERS, Choose("mine"))
    assert cases.place == "query-cases"
    assert page(cases).choices[0].detail == OPEN.stage
    assert "2026年12月14日" in words(moved(cases, Choose("0")))


def test_without_a_card_the_card_or_the_receipt_is_asked_for() -> None:
    asked = moved(NOBODY, Choose("mine"))
    assert page(asked).kind is PageKind.CARD
    assert moved(asked, Choose("number")).place == "query-number"
    made = turn(asked, CardLaid(GUIFANG), WORLD)
    assert made.sitting.place == "query-cases"
    assert Errand.LOOK_UP_CARD in made.errands


def test_somebody_elses_card_shows_nothing_of_hers() -> None:
    """It is asked whose it is; whatever is said, the cases come back only with her own card."""
    laid = moved(moved(HERS, Choose("mine"), Choose("0")), CardLaid(LI_MEI))
    assert laid.cases == () and OPEN.number not in words(laid) and OPEN.ticket not in words(laid)
    for said in ("help", "mistake"):
        door = moved(laid, Choose(said), CardLifted(), Choose("query"), Choose("mine"))
        assert door.place == "query-card"
    again = turn(moved(laid, Choose("mistake"), Choose("query"), Choose("mine")), CardLaid(GUIFANG), WORLD)
    assert again.sitting.place == "query-cases" and again.errands == (Errand.LOOK_UP_CARD,)


def test_a_missing_paper_is_told_at_the_door() -> None:
    missing = replace(OPEN, missing=Text({"zh": "户口簿"}))
    door = moved(at_home(GUIFANG), Found((missing,), None), Choose("query"))
    assert page(door).choices[0].detail.show("zh") == "有东西要您补"


def test_only_what_the_service_lets_be_told_is_told() -> None:
    silent = replace(OPEN, stage=Text({}), due=None)
    shown = moved(at_home(GUIFANG), Found((silent,), None), Choose("query"), Choose("mine"), Choose("0"))
    assert "请到窗口问" in words(shown)


def at_case(number: int) -> Sitting:
    return moved(HERS, Choose("mine"), Choose(str(number)))


def test_an_open_case_can_be_taken_back_and_a_closed_one_rated() -> None:
    assert choices(at_case(0)) == ["go", "consents", "withdraw"]
    assert choices(at_case(1)) == ["go", "rate"]
    assert moved(at_case(1), Choose("rate")).place == "rate:1"
    assert moved(at_case(1), Choose("withdraw")).place == "query:1"
    assert moved(at_case(0), Choose("rate")).place == "query:0"


def test_taking_a_case_back_is_asked_once_and_done() -> None:
    asked = moved(at_case(0), Choose("withdraw"))
    assert "不办" in words(asked)
    assert page(asked).focus == "no"
    assert turn(asked, Choose("yes"), WORLD).errands == (Errand.WITHDRAW_CASE,)
    for stays in (Choose("no"), Back()):
        assert moved(asked, stays).place == "query:0"


def test_what_follows_is_said_before_a_consent_is_taken_back() -> None:
    asked = moved(at_case(0), Choose("consents"), Choose("1"))
    assert asked.place == "query-consent:0/1"
    assert "the number" in words(asked)
    assert "the end" in words(asked)
    assert turn(asked, Choose("yes"), WORLD).errands == (Errand.WITHDRAW_CONSENT,)
    assert moved(asked, Choose("no")).place == "query-consents:0"
    assert moved(asked, Back(), Back()).place == "query:0"


def test_a_consent_is_taken_back_in_no_more_steps_than_it_was_given() -> None:
    """K35. It counts as given once it is handed in: 办, the service, and all the pages to there."""
    given, giving = begun(GUIFANG), 2
    while given.place != "submit":
        given = moved(given, AT_EIGHTY.get(given.place) or next(ways_on(given)))
        giving += 1
    ways = (Choose("query"), Choose("mine"), Choose("0"), Choose("consents"), Choose("0"), Choose("yes"))
    back = moved(at_home(GUIFANG), Found((OPEN,), None), *ways[:-1])
    assert turn(back, ways[-1], WORLD).errands == (Errand.WITHDRAW_CONSENT,)
    assert len(ways) <= giving + 1


@pytest.mark.parametrize("outcome", ["withdrawn", "consent_withdrawn", "too_late"])
def test_how_it_came_out_is_said_and_leads_back_to_her_cases(outcome: str) -> None:
    told = moved(at_case(0), Choose("withdraw"), CaseChanged(outcome, (CLOSED,)))
    assert words(told)
    assert words(told, "en") != words(told)
    after = moved(told, Choose("go"))
    assert after.place == "query-cases"
    assert len(page(after).choices) == 1


def test_a_page_of_a_case_that_is_gone_leads_to_the_list() -> None:
    for place in ("query-withdraw:5", "query-consents:5", "query-consent:5/0"):
        assert moved(replace(HERS, place=place), Choose("yes")).place == "query-cases"


def test_when_other_cases_come_no_page_of_an_old_one_stays() -> None:
    for move in (Choose("withdraw"), Choose("consents")):
        assert moved(at_case(0), move, Found((CLOSED,), None)).place == "query-cases"


TYPED = moved(NOBODY, Choose("number"))


@pytest.mark.parametrize(
    "typed",
    ["2026-1102-48203915", "2026110248203915", "２０２６ １１０２ ４８２０３９１５", "2026—1102—48203915"],
)
def test_the_number_of_a_receipt_is_taken_as_people_type_it(typed: str) -> None:
    made = turn(TYPED, Enter(typed), WORLD)
    assert made.errands == (Errand.FIND_RECEIPT,)
    assert made.number == "2026110248203915"
    assert "2026110248203915" not in repr(made)


@pytest.mark.parametrize("typed", ["", "2026", "2026-1102-4820391", "A007"])
def test_a_number_that_is_not_whole_is_a_slip_and_not_a_try(typed: str) -> None:
    made = turn(TYPED, Enter(typed), WORLD)
    assert made.errands == ()
    assert made.sitting.wrong_numbers == 0
    shown = page(made.sitting)
    assert shown.error is not None
    assert "16位" in shown.error.show("zh")
    assert shown.entry is not None
    assert shown.entry.value == typed


def wrong(sitting: Sitting) -> Sitting:
    return moved(sitting, Enter("2026-1102-00000000"), ReceiptSought(None))


def test_a_number_that_leads_nowhere_can_be_corrected() -> None:
    """K09: what was typed is still there."""
    shown = page(wrong(TYPED))
    assert shown.error is not None
    assert "没有找到" in shown.error.show("zh")
    assert shown.entry is not None
    assert shown.entry.value == "2026-1102-00000000"


def test_after_five_numbers_only_a_person_helps() -> None:
    """Also for whoever goes back and comes again: nobody is to try numbers out."""
    tried = TYPED
    for _ in range(MOST_WRONG_NUMBERS):
        assert page(tried).kind is PageKind.ENTRY
        tried = wrong(tried)
    assert page(tried).kind is PageKind.CHOICE
    assert choices(tried) == ["person", "home"]
    assert moved(tried, Choose("home")).place == "home"
    again = moved(tried, Back(), Choose("number"))
    assert turn(again, Enter("2026-1102-48203915"), WORLD).errands == ()


def test_a_receipt_shows_how_far_it_is_and_nothing_of_the_person() -> None:
    found = moved(TYPED, Enter(OPEN.number), ReceiptSought(replace(OPEN, title=Text({}), case_id="")))
    shown = words(found)
    assert "工作人员正在办" in shown
    assert "2026年12月14日" in shown
    assert ALLOWANCE.title.zh not in shown
    assert choices(found) == ["go"]
    after = moved(found, Choose("go"))
    assert (after.place, after.sought) == ("query", None)


def test_my_records_are_the_services_that_show_one() -> None:
    listed = moved(HERS, Choose("records"))
    offered = choices(listed)
    assert set(offered) == set(record_services(WORLD)) >= {"social-insurance-record", "court-case-lookup"}
    assert moved(listed, Choose(offered[0])).service == offered[0]
    assert moved(listed, Choose("elderly-allowance")).service == ""


def test_a_number_of_ones_own_gives_no_more_tries() -> None:
    tried = wrong(wrong(TYPED))
    found = moved(tried, Enter(OPEN.number), ReceiptSought(OPEN))
    assert found.wrong_numbers == 2


def asking() -> Sitting:
    """The number is not known here, and is asked for elsewhere."""
    made = turn(TYPED, Enter("2026-1102-48203915"), SHARING)
    return moved(made.sitting, ReceiptSought(None, Sought.ASKING))


def test_while_it_is_asked_for_elsewhere_nobody_has_to_stay() -> None:
    waiting = asking()
    assert "正在替您问" in page(waiting).heading.show("zh")
    left = moved(waiting, Choose("leave"))
    assert (left.place, left.typed) == ("query-number", "2026-1102-48203915")
    assert moved(waiting, Back()).place == "query-number"


def test_what_another_kiosk_took_in_says_what_to_do_next() -> None:
    case = replace(OPEN, title=Text({}), case_id="", elsewhere=WORLD.texts["query_found.at_the_desk"])
    found = moved(asking(), ReceiptSought(case))
    assert "工作人员正在办" in words(found) and "请带身份证到窗口问" in words(found)
    assert "请放身份证来查" not in words(found), "the card tells nothing of it here"


def test_a_number_that_is_known_nowhere_is_a_wrong_one() -> None:
    missed = moved(asking(), ReceiptSought(None))
    shown = page(missed)
    assert missed.wrong_numbers == 1
    assert shown.error is not None and "没有找到" in shown.error.show("zh")
    assert shown.entry is not None and shown.entry.value == "2026-1102-48203915"


def test_where_nobody_answers_it_is_not_the_persons_fault_and_can_be_tried_again() -> None:
    lost = moved(asking(), ReceiptSought(None, Sought.AWAY))
    assert "没有丢" in words(lost)
    assert lost.wrong_numbers == 0
    again = turn(lost, Choose("retry"), SHARING)
    assert (again.errands, again.number) == ((Errand.FIND_RECEIPT,), "2026110248203915")
    assert moved(lost, Choose("home")).place == "home"


def test_where_too_many_were_asked_for_the_desk_helps() -> None:
    stopped = moved(asking(), ReceiptSought(None, Sought.ENOUGH))
    assert choices(stopped) == ["person", "home"]
    assert "请拿着回执到窗口查" in words(stopped)


def test_an_answer_leaves_standing_what_lies_over_the_page() -> None:
    """Somebody is on their way: the person goes on reading that."""
    called = moved(asking(), CallPerson())
    assert moved(called, ReceiptSought(OPEN)).overlay is called.overlay


def test_where_there_are_several_kiosks_nobody_hears_that_they_have_nothing() -> None:
    none = replace(at_home(LI_MEI), place="query-cases")
    assert "没有找到您在这里办的事情" in words(none)
    shown = page_of(none, SHARING)
    assert "在别的机器上交的" in " ".join(line.show("zh") for line in shown.body)
    assert moved(none, Choose("number"), world=SHARING).place == "query-number"
    assert moved(none, Choose("number")).place == "query-cases"
