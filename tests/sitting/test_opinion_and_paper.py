"""What somebody thought, and what they take home, over a real store: kept once, leading to nobody unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.cases.identity import Shown
from kiosk.cases.states import Actor, Role
from kiosk.flow.document import Document
from kiosk.flow.moves import CardLaid, Choose, Enter, Overlay
from kiosk.ports import Printer, PrintTrouble
from kiosk.services.proof import CardRole
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import GUIFANG, WORLD
from tests.sitting.conftest import START, ZONE, Open, fill_in, made

WANG = Actor("王丽", Role.STAFF)


def handed_in(visit: Visit, *, phone: bool) -> str:
    """An elderly allowance without a card, with or without a number to call."""
    made(visit, *START)
    fill_in(visit, until="question:phone")
    made(visit, Enter("139 0000 0000") if phone else Choose("skip"))
    fill_in(visit)
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    return visit.sitting.receipt.case_id


def finished(store: Store, case_id: str) -> None:
    claim = store.claim(case_id, WANG)
    store.see_person(case_id, WANG, claim.epoch, CardRole.SUBJECT, Shown.ID_CARD)
    store.complete(case_id, WANG, claim.epoch, "办好了")


def test_a_bad_rating_of_what_was_just_handed_in_opens_a_task_in_its_time(
    open_visit: Open, store: Store
) -> None:
    """K43."""
    visit = open_visit()
    handed_in(visit, phone=True)
    page = made(visit, Choose("rate"), Choose("very-poor"))
    assert page.id == "why"
    assert made(visit, Choose("waiting")).id == "call-back"
    (task,) = store.rating_tasks()
    assert (task.level, task.service_id, task.case_id) == (1, "elderly-allowance", None)
    assert task.reason == "waiting"
    days = WORLD.services["elderly-allowance"].rating.bad_review_workdays
    today = store._calendar.date_of(visit._clock.now())
    assert task.due == store._calendar.add_workdays(today, days)


def test_who_says_no_stays_unknown_and_who_says_yes_is_found(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    case_id = handed_in(visit, phone=True)
    made(visit, Choose("rate"), Choose("poor"), Choose("skip"))
    asked = visit.sitting
    assert made(visit, Choose("no")).id == "rated"
    assert store.rating_tasks()[0].case_id is None
    visit.sitting = asked
    assert made(visit, Choose("yes")).id == "will-call"
    assert store.rating_tasks()[0].case_id == case_id


def test_who_left_no_number_is_not_offered_a_call(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    handed_in(visit, phone=False)
    assert made(visit, Choose("rate"), Choose("poor"), Choose("skip")).id == "rated"
    (task,) = store.rating_tasks()
    assert task.reason == ""


def test_a_finished_case_can_be_rated_once_and_not_looked_into_by_who_finished_it(
    open_visit: Open, store: Store
) -> None:
    """K43."""
    visit = open_visit()
    made(visit, CardLaid(GUIFANG), Choose("do"), Choose("elderly-allowance"), Choose("no"))
    fill_in(visit)
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    finished(store, visit.sitting.receipt.case_id)
    later = open_visit()
    made(later, CardLaid(GUIFANG))
    assert later.sitting.cases[0].closed
    later.sitting = later.sitting.go("rate:0")
    assert "高龄津贴申请" in later.page().heading.show("zh")
    made(later, Choose("poor"))
    assert store.rating_tasks(WANG) == []
    assert len(store.rating_tasks()) == 1
    made(later, Choose("manner"), Choose("no"), Choose("home"))
    assert not later.sitting.cases[0].closed


class Sheets:
    """A printer that keeps what it is given, or has no paper."""

    def __init__(self, trouble: str = "") -> None:
        self.printed: list[tuple[Document, str]] = []
        self._trouble = trouble

    def print(self, document: Document, language: str) -> None:
        if self._trouble:
            raise PrintTrouble(self._trouble)
        self.printed.append((document, language))


def visit_with(printer: Printer, store: Store, clock: StandingClock) -> Visit:
    return Visit(replace(WORLD, printer=True), store, b"k" * 32, clock, zone=ZONE, printer=printer)


def test_a_guide_is_printed_in_the_language_of_the_visit(store: Store, clock: StandingClock) -> None:
    sheets = Sheets()
    visit = visit_with(sheets, store, clock)
    made(visit, Choose("en"), Choose("go"), Choose("without"), Choose("look"), Choose("elderly-allowance"))
    page = made(visit, Choose("print"))
    assert page.id == "printed:look:elderly-allowance"
    ((document, language),) = sheets.printed
    assert document.title.show(language) == "Elderly allowance"
    assert made(visit, Choose("go")).id == "look:elderly-allowance"


def test_the_slip_of_a_receipt_has_the_four_things_and_nobodys_name(
    store: Store, clock: StandingClock
) -> None:
    """K36."""
    sheets = Sheets()
    visit = visit_with(sheets, store, clock)
    handed_in(visit, phone=True)
    assert made(visit, Choose("print")).id == "printed:receipt"
    ((document, _),) = sheets.printed
    words = " ".join(text.show("zh") for text in document.texts())
    receipt = visit.sitting.receipt
    assert receipt is not None
    for needed in (receipt.number, receipt.ticket, f"{receipt.due.day}日", "000-12345", "接下来"):
        assert needed in words
    # The digits of a case number are drawn, and may be any.
    rest = words.replace(receipt.number, "")
    assert not [private for private in ("张桂芳", "李德厚", "990101", "139") if private in rest]
    assert made(visit, Choose("go")).id == "receipt"


@pytest.mark.parametrize("key", ["trouble.not_printed", "trouble.no_such_sign"])
def test_when_nothing_comes_out_the_page_says_so_and_is_still_there(
    key: str, store: Store, clock: StandingClock
) -> None:
    visit = visit_with(Sheets(key), store, clock)
    made(visit, *START[:3], Choose("look"), Choose("elderly-allowance"))
    page = made(visit, Choose("print"))
    assert visit.sitting.overlay is Overlay.TROUBLE
    assert page.body == (WORLD.texts[key],)
    assert made(visit, Choose("go")).id == "look:elderly-allowance"
