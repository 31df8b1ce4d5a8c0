"""Who of the house helps at the kiosk is noted on what is handed in, and on nothing else (K42)."""

from __future__ import annotations

import pytest

from kiosk.cases.states import Actor, Role
from kiosk.flow.moves import Back, CallPerson, Choose, Overlay
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.sitting.conftest import START, Open, fill_in, made

CAME = Choose("came")
VOLUNTEER, STAFF = Actor("小林", Role.VOLUNTEER), Actor("王丽", Role.STAFF)


@pytest.fixture(autouse=True)
def house(store: Store) -> None:
    for one in (VOLUNTEER, STAFF):
        store.add_account(one.name, one.role, "a hash that no PIN has")


def goes(store: Store, who: Actor) -> None:
    """At the desk, signed in with their PIN, they say that they go to whoever called."""
    (call,) = store.open_calls()
    assert store.answer_call(call.id, who)


def handed_in(visit: Visit) -> str:
    made(visit, *START)
    fill_in(visit)
    visit.do(Choose("submit"))
    assert visit.sitting.receipt is not None
    return visit.sitting.receipt.case_id


@pytest.mark.parametrize(
    ("who", "told"), [(VOLUNTEER, "志愿者小林"), (STAFF, "工作人员王丽")], ids=["volunteer", "staff"]
)
def test_a_helper_is_told_on_the_page_on_the_receipt_and_in_the_case(
    store: Store, open_visit: Open, who: Actor, told: str
) -> None:
    visit = open_visit()
    visit.do(CallPerson())
    goes(store, who)
    page = visit.do(CAME)
    assert f"{told}在旁边帮您。" in [line.show("zh") for line in page.body]
    case = handed_in(visit)
    assert store.case(case).submission.operator == who.name
    assert any(f"{told}在旁边帮您办的" in line.show("zh") for line in visit.page().body)
    row = store._db.execute("SELECT operator FROM cases WHERE id = ?", (case,)).fetchone()
    assert row[0] == who.name


def test_as_long_as_nobody_goes_nobody_is_noted(store: Store, open_visit: Open) -> None:
    """The page says so, and leads on as before."""
    visit = open_visit()
    visit.do(CallPerson())
    page = visit.do(CAME)
    assert page.body[0].show("zh") == "还没有人说要来，请再等一等。"
    visit.do(Back())
    assert visit.sitting.overlay is Overlay.NONE
    case = handed_in(visit)
    assert store.case(case).submission.operator is None


def test_who_goes_to_another_visit_is_not_noted_on_this_one(store: Store, open_visit: Open) -> None:
    before = open_visit()
    before.do(CallPerson())
    goes(store, VOLUNTEER)
    visit = open_visit()
    visit.do(CallPerson())
    visit.do(CAME)
    assert visit.sitting.beside is None


def test_the_helper_ends_with_the_visit(store: Store, open_visit: Open) -> None:
    """The next person is alone again."""
    visit = open_visit()
    made(visit, *START, CallPerson())
    goes(store, VOLUNTEER)
    visit.do(CAME)
    assert visit.sitting.beside is not None
    made(visit, Back(), Back(), Back(), Back())
    for _ in range(12):
        if visit.sitting.place == "goodbye":
            break
        visit.do(Choose("leave") if visit.sitting.place in {"home", "pause", "leave"} else Back())
    assert visit.sitting.place == "goodbye"
    assert visit.sitting.beside is None


def test_an_account_that_is_gone_helps_nobody(store: Store, open_visit: Open) -> None:
    visit = open_visit()
    visit.do(CallPerson())
    goes(store, VOLUNTEER)
    store.remove_account(VOLUNTEER.name, STAFF)
    visit.do(CAME)
    assert visit.sitting.beside is None


def test_a_trouble_before_leaves_no_word_of_it_on_the_page_of_waiting(open_visit: Open) -> None:
    """From "it could not be kept" straight to a person: the page says that one was called."""
    from dataclasses import replace

    visit = open_visit()
    visit.sitting = replace(visit.sitting, overlay=Overlay.TROUBLE, trouble="trouble.not_stored")
    page = visit.do(Choose("person"))
    assert page.body[0].show("zh") == "已经告诉工作人员了，请在这里等一等。"
