"""A manager switches a service off while people are at the kiosk, before they come, and on again."""

from __future__ import annotations

import pytest

from kiosk.cases.states import Actor, Role
from kiosk.flow.answers import Answers, Hit
from kiosk.flow.moves import CardLaid, CardLifted, Choose
from kiosk.sitting.switched_off import only_offered
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import ALLOWANCE, GUIFANG, WORLD
from tests.sitting.conftest import START, Open, fill_in, made

ZHOU = Actor("周洁", Role.MANAGER)
SERVICE = "elderly-allowance"


def listed(visit: Visit) -> set[str]:
    """All services of the list, whichever group they are in."""
    found = set()
    for group in [choice.id for choice in visit.page().choices]:
        found |= {choice.id for choice in visit.do(Choose(group)).choices}
        visit.sitting = visit.sitting.go("do")
    return found & set(WORLD.services)


def words(visit: Visit) -> str:
    page = visit.page()
    return " ".join(text.show("zh") for text in (page.heading, *page.body))


def test_who_comes_after_the_switch_does_not_find_the_service(open_visit: Open, store: Store) -> None:
    """The page at rest has waited since before: what counts is when somebody begins."""
    visit = open_visit()
    store.stop_service(SERVICE, ZHOU, "系统升级")
    made(visit, *START[:4])
    assert SERVICE not in visit._world.services
    assert SERVICE not in listed(visit)
    assert all(SERVICE not in topic.services for topic in visit._world.topics)
    store.start_service(SERVICE, ZHOU)
    again = open_visit()
    made(again, *START[:4])
    assert SERVICE in again._world.services


@pytest.mark.parametrize(("keep", "told"), [("yes", "替您留一天"), ("no", "已经删掉")])
def test_who_is_halfway_is_told_what_was_kept_and_nothing_is_handed_in(
    open_visit: Open, store: Store, clock: StandingClock, keep: str, told: str
) -> None:
    visit = open_visit()
    made(visit, CardLaid(GUIFANG), Choose("do"), Choose(SERVICE), Choose(keep))
    fill_in(visit)
    store.stop_service(SERVICE, ZHOU, "系统升级")
    page = visit.do(Choose("submit"))
    assert page.id == f"stopped:{'kept' if keep == 'yes' else 'dropped'}"
    assert told in words(visit)
    assert "不是您" in words(visit)
    assert store.all_cases(clock.now()) == []
    drafts = store._db.execute("SELECT count(*) FROM draft").fetchone()[0]
    assert drafts == (1 if keep == "yes" else 0)
    assert visit.do(Choose("home")).id == "home"


def test_a_kept_application_goes_on_once_the_service_is_there_again(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    made(visit, CardLaid(GUIFANG), Choose("do"), Choose(SERVICE), Choose("yes"))
    fill_in(visit)
    store.stop_service(SERVICE, ZHOU, "系统升级")
    visit.do(Choose("submit"))
    meanwhile = open_visit()
    assert made(meanwhile, CardLaid(GUIFANG)).id != "draft"
    store.start_service(SERVICE, ZHOU, "好了")
    assert made(open_visit(), CardLaid(GUIFANG)).id == "draft"


def test_who_chooses_it_in_the_moment_of_the_switch_is_told_and_asked_nothing(
    open_visit: Open, store: Store
) -> None:
    visit = open_visit()
    made(visit, *START[:4])
    store.stop_service(SERVICE, ZHOU, "系统升级")
    assert made(visit, Choose(SERVICE)).id == "stopped:new"


def test_a_card_that_is_taken_away_in_that_moment_is_known_to_be_gone(open_visit: Open, store: Store) -> None:
    """Else whoever comes next would be asked to take a card away that is not there."""
    visit = open_visit()
    made(visit, CardLaid(GUIFANG), Choose("do"), Choose(SERVICE), Choose("no"))
    store.stop_service(SERVICE, ZHOU, "系统升级")
    assert visit.do(CardLifted()).id.startswith("stopped:")
    assert not visit.sitting.card_lying


def test_who_has_the_receipt_already_keeps_it(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    made(visit, *START)
    fill_in(visit)
    made(visit, Choose("submit"))
    store.stop_service(SERVICE, ZHOU, "系统升级")
    assert visit.do(Choose("rate")).id.startswith("rate")


def test_no_answer_leads_to_what_cannot_be_opened() -> None:
    hits = (Hit("gone", None, ALLOWANCE.title.text()), Hit(SERVICE, None, ALLOWANCE.title.text()))
    found = only_offered(Answers(hits, sure=True), WORLD)
    assert [hit.service for hit in found.hits] == [SERVICE]
    assert not found.sure
