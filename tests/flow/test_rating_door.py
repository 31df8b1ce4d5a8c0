"""The door 评: one key, anonymous, and a call back only for whoever asks for one."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from kiosk.flow.moves import Back, CaseLine, Choose, Found, RatingKept, Receipt
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.rating import BAD, LEVELS, REASONS
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.turn import turn
from tests.flow.residents import ALLOWANCE, GUIFANG, WORLD, at_home, moved

DUE = datetime.date(2026, 11, 16)
CASE = CaseLine(
    "2026-1102-48203915",
    "A007",
    ALLOWANCE.title.text(),
    WORLD.texts["stage.granted"],
    DUE,
    case_id="case-1",
    closed=True,
)
HANDED_IN = Sitting(
    place="receipt", service=ALLOWANCE.id, receipt=Receipt("case-1", CASE.number, "A007", DUE)
)
FINISHED = replace(at_home(GUIFANG), place="rate:0", cases=(CASE,))


def page(sitting: Sitting) -> Page:
    return page_of(sitting, WORLD)


def words(sitting: Sitting) -> str:
    here = page(sitting)
    return " ".join(text.show("zh") for text in (here.heading, *here.body))


def test_five_levels_have_a_key_each_and_back_gives_none() -> None:
    """K43."""
    assert [choice.id for choice in page(moved(HANDED_IN, Choose("rate"))).choices] == list(LEVELS)
    assert page(FINISHED).at_once == 5
    skipped = turn(FINISHED, Back(), WORLD)
    assert (skipped.sitting.place, skipped.errands) == ("query:0", ())


def test_a_finished_case_is_rated_by_its_name() -> None:
    assert "高龄津贴申请" in page(FINISHED).heading.show("zh")
    assert "Elderly allowance" in page(FINISHED).heading.show("en")


@pytest.mark.parametrize("level", sorted(set(LEVELS) - BAD))
def test_a_good_rating_is_thanked_for_and_nothing_more_is_asked(level: str) -> None:
    made = turn(FINISHED, Choose(level), WORLD)
    assert made.errands == (Errand.RATE,)
    assert made.sitting.place == "rated:0"
    assert "谢谢您" in words(made.sitting)


@pytest.mark.parametrize("level", sorted(BAD))
@pytest.mark.parametrize("start", [FINISHED, replace(HANDED_IN, place="rate")], ids=["closed", "submitted"])
def test_a_bad_rating_is_kept_at_once_and_then_a_call_is_offered(level: str, start: Sitting) -> None:
    """K43: walking away from either question loses nothing."""
    made = turn(start, Choose(level), WORLD)
    assert made.errands == (Errand.RATE,)
    assert made.sitting.place.startswith("why")
    assert page(made.sitting).focus == "skip"
    asked = moved(made.sitting, RatingKept(3, can_call=True), Choose("skip"))
    assert asked.place.startswith("call-back")
    assert page(asked).focus == "no"


@pytest.mark.parametrize("reason", REASONS)
def test_what_was_bad_is_told_with_one_key(reason: str) -> None:
    """K43: five choices, one key each; it is a code, so that no words lead to anybody."""
    asked = moved(FINISHED, Choose("very-poor"), RatingKept(3, can_call=False))
    assert [choice.id for choice in page(asked).choices] == [*REASONS, "skip"]
    assert page(asked).at_once == 5
    made = turn(asked, Choose(reason), WORLD)
    assert (made.errands, made.reason, made.sitting.place) == ((Errand.TELL_WHY,), reason, "rated:0")


@pytest.mark.parametrize("silent", [Choose("skip"), Back()], ids=["skip", "back"])
def test_nobody_has_to_say_why(silent: Choose | Back) -> None:
    """K43: it can be skipped, and a call is offered all the same."""
    asked = moved(FINISHED, Choose("very-poor"), RatingKept(3, can_call=True))
    made = turn(asked, silent, WORLD)
    assert (made.errands, made.sitting.place) == ((), "call-back:0")


def test_who_wants_no_call_stays_unknown() -> None:
    asked = moved(FINISHED, Choose("poor"), RatingKept(3, can_call=True), Choose("skip"))
    for move in (Choose("no"), Back()):
        made = turn(asked, move, WORLD)
        assert made.errands == ()
        assert made.sitting.place == "rated:0"


def test_who_wants_a_call_says_so_with_one_key() -> None:
    asked = moved(FINISHED, Choose("poor"), RatingKept(3, can_call=True), Choose("manner"))
    made = turn(asked, Choose("yes"), WORLD)
    assert made.errands == (Errand.CALL_BACK,)
    assert "给您打电话" in words(made.sitting)


def test_no_call_is_offered_where_no_number_is_known() -> None:
    known = RatingKept(3, can_call=False)
    assert moved(FINISHED, Choose("very-poor"), known, Choose("skip")).place == "rated:0"


def test_why_is_not_asked_where_nobody_looks_into_it() -> None:
    """It was rated before at this stage, so there is no task that the reason could stand beside."""
    assert moved(FINISHED, Choose("very-poor"), RatingKept(0, can_call=False)).place == "rated:0"


def test_the_visit_as_a_whole_is_rated_without_a_call_after_it() -> None:
    """From the home page nobody knows which case is meant, so there is nobody to call."""
    assert turn(at_home(GUIFANG), Choose("rate"), WORLD).sitting.place == "rate"
    made = turn(moved(at_home(GUIFANG), Choose("rate")), Choose("very-poor"), WORLD)
    assert (made.sitting.place, made.errands) == ("why", (Errand.RATE,))
    assert moved(made.sitting, RatingKept(3, can_call=False), Choose("unclear")).place == "rated"


def test_another_card_never_rates_the_case_of_the_last_one() -> None:
    other = replace(CASE, number="2026-1102-00000000", case_id="case-2")
    assert moved(FINISHED, Found((other,), None)).place == "query-cases"


def test_nothing_of_the_rating_stays_in_the_visit_after_it() -> None:
    done = moved(FINISHED, Choose("poor"), RatingKept(3, can_call=True), Choose("manner"), Choose("yes"))
    assert done.place == "will-call:0"
    for gone in (moved(done, Choose("home")), moved(done, Choose("leave"))):
        assert (gone.rating_task, gone.can_call) == (0, False)


def test_the_same_thing_counts_once_a_visit_however_often_it_is_rated() -> None:
    home = at_home()
    kept = RatingKept(task=1, can_call=False)
    rated = moved(home, Choose("rate"), Choose("very-poor"), kept, Choose("skip"))
    again = turn(moved(rated, Choose("home"), Choose("rate")), Choose("very-poor"), WORLD)
    assert (again.sitting.place, again.errands) == ("rated", ())
    case = turn(replace(rated, place="rate:0", cases=(CASE,)), Choose("good"), WORLD)
    assert case.errands == (Errand.RATE,)


def test_a_rating_that_was_not_kept_can_be_given_again() -> None:
    tried = moved(at_home(), Choose("rate"), Choose("poor"))
    assert turn(tried.go("rate"), Choose("poor"), WORLD).errands == (Errand.RATE,)
