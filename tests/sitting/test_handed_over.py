"""A case that lies at another centre by now: the kiosk where it was handed in says where to ask."""

from __future__ import annotations

from datetime import date

from kiosk.cases.parcels import News
from kiosk.cases.states import State
from kiosk.flow.moves import Back, CardLaid, Choose
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.flow.residents import DEHOU, ways_on
from tests.sitting.conftest import Open, made
from tests.store.people import MONDAY

WHERE = "河西街道办事处  柳林路八号  000-67890"


def handed_in(visit: Visit) -> str:
    made(visit, Choose("zh"), CardLaid(DEHOU), Choose("do"), Choose("elderly-allowance"), Choose("yes"))
    for _ in range(40):
        if visit.sitting.place == "submit":
            break
        visit.do(next(ways_on(visit.sitting), Back()))
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    return visit.sitting.receipt.case_id


def test_the_person_reads_where_it_is_now_and_is_promised_no_day_of_this_centre(
    store: Store, open_visit: Open
) -> None:
    case = handed_in(open_visit())
    due = date(2026, 12, 1)
    store.take_news([News(1, case, 9, "handed_over", MONDAY, 1, State.HANDED_OVER, due, result=WHERE)])
    visit = open_visit()
    made(visit, Choose("zh"), CardLaid(DEHOU), Choose("query"), Choose("mine"))
    (line,) = visit.sitting.cases
    assert line.stage.show("zh") == f"转给{WHERE}，以后请问那边"
    assert not line.result.shown
    assert line.due is None and not line.open
