"""A case that somebody brought, over the real store: whose it is, who sees it, what they hear (K40, K41)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.cases.states import Actor, Role
from kiosk.flow.moves import Back, CardLaid, Choose
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.flow.residents import DEHOU, LI_MEI, ways_on
from tests.sitting.conftest import Open, made

WANG = Actor("王丽", Role.STAFF)


def brought(visit: Visit) -> str:
    """Li Mei hands in for her father, who is there with his card and agrees."""
    begin = (Choose("zh"), CardLaid(LI_MEI), Choose("do"), Choose("elderly-allowance"), Choose("yes"))
    made(visit, *begin, Choose("yes"), Choose("family"), Choose("actor"), CardLaid(DEHOU))
    for _ in range(40):
        if visit.sitting.place == "submit":
            break
        visit.do(next(ways_on(visit.sitting), Back()))
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    return visit.sitting.receipt.case_id


def my_cases(visit: Visit, card: dict[str, str]) -> Visit:
    made(visit, Choose("zh"), CardLaid(card), Choose("query"), Choose("mine"))
    return visit


def test_the_case_is_his_and_she_sees_how_far_it_is_and_nothing_else(store: Store, open_visit: Open) -> None:
    brought(open_visit())
    (hers,) = my_cases(open_visit(), LI_MEI).sitting.cases
    (his,) = my_cases(open_visit(), DEHOU).sitting.cases
    assert hers.stage.shown and not (hers.open or hers.consents or hers.acted_for)
    assert his.open and his.consents and his.acted_for


def test_what_she_agreed_to_is_kept_in_the_words_she_agreed_in(store: Store, open_visit: Open) -> None:
    """K35: the record is what stood on the page."""
    kept = {one.id: one.text["zh"] for one in store.case(brought(open_visit())).submission.consents}
    assert kept["proxy"].startswith("我替老人同意") and kept["use"].startswith("我同意社区")


def test_he_takes_it_back_and_she_no_longer_sees_it(store: Store, open_visit: Open) -> None:
    case = brought(open_visit())
    made(my_cases(open_visit(), DEHOU), Choose("0"), Choose("authority"), Choose("yes"))
    assert my_cases(open_visit(), LI_MEI).sitting.cases == ()
    assert store.case(case).events[-1].kind == "authority_withdrawn"


def test_he_hears_what_was_changed_and_calls_it_right(store: Store, open_visit: Open) -> None:
    case = brought(open_visit())
    epoch = store.claim(case, WANG).epoch
    hukou = next(one for one in store.case(case).answers if one.field == "hukou")
    store.correct(case, WANG, epoch, replace(hukou, value="unsure", shown={"zh": "说不准"}), "户口簿没带")
    his = my_cases(open_visit(), DEHOU)
    told = made(his, Choose("0"))
    assert "说不准" in " ".join(text.show("zh") for text in told.body)
    made(his, Choose("yes"))
    assert his.sitting.outcome == "change_right"
    assert store.changes_to_hear(case) == ()
