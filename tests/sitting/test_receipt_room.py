"""A number that is not known here is asked for elsewhere, beside the visit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from queue import SimpleQueue

import pytest

from kiosk.cases.parcels import NoProgress, Progress
from kiosk.cases.states import State
from kiosk.flow.moves import CaseLine, Choose, Enter, Move, ReceiptSought, Sought
from kiosk.sitting.receipt_room import ReceiptRoom
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import SHARING
from tests.sitting.conftest import START, ZONE, fill_in, made

NUMBER, STRANGE = "2026-1102-48203915", "2026-1102-00000000"
THERE = Progress(NUMBER, State.CLAIMED, date(2026, 12, 14), None, "elderly-allowance")
PATIENCE = 60.0


@dataclass
class Others:
    """The centre's other kiosks: they know one case, and answer each question when they may."""

    otherwise: NoProgress = NoProgress.UNKNOWN
    asked: list[str] = field(default_factory=list)
    may: dict[str, threading.Event] = field(
        default_factory=lambda: {NUMBER: threading.Event(), STRANGE: threading.Event()}
    )

    def progress(self, number: str) -> Progress | NoProgress:
        self.asked.append(number)
        self.may[number].wait(PATIENCE)
        return THERE if number == NUMBER else self.otherwise


@pytest.fixture
def others() -> Iterator[Others]:
    made_up = Others()
    yield made_up
    for one in made_up.may.values():
        one.set()


@pytest.fixture
def news() -> SimpleQueue[Move]:
    return SimpleQueue()


@pytest.fixture
def visit(store: Store, clock: StandingClock, others: Others, news: SimpleQueue[Move]) -> Visit:
    opened = Visit(SHARING, store, b"k" * 32, clock, zone=ZONE, elsewhere=others)
    opened.listen(news.put)
    made(opened, Choose("zh"), Choose("go"), Choose("without"), Choose("query"), Choose("number"))
    return opened


def test_the_page_waits_and_the_answer_comes_by_itself(
    visit: Visit, others: Others, news: SimpleQueue[Move]
) -> None:
    assert made(visit, Enter(NUMBER)).id == "query-asking"
    others.may[NUMBER].set()
    shown = made(visit, news.get(timeout=PATIENCE))
    assert shown.id == "query-found"
    told = " ".join(line.show("zh") for line in shown.body)
    assert "工作人员正在办" in told and "2026年12月14日" in told and "到窗口问" in told
    assert others.asked == [NUMBER]


def test_who_did_not_wait_is_not_called_back(visit: Visit, others: Others, news: SimpleQueue[Move]) -> None:
    made(visit, Enter(NUMBER), Choose("leave"))
    others.may[NUMBER].set()
    assert made(visit, news.get(timeout=PATIENCE)).id == "query-number"


def test_the_answer_to_one_number_does_not_stand_for_the_next(
    visit: Visit, others: Others, news: SimpleQueue[Move]
) -> None:
    made(visit, Enter(NUMBER), Choose("leave"), Enter(STRANGE))
    others.may[NUMBER].set()
    assert made(visit, news.get(timeout=PATIENCE)).id == "query-asking"
    others.may[STRANGE].set()
    missed = made(visit, news.get(timeout=PATIENCE))
    assert missed.id == "query-number" and missed.error is not None


def test_what_was_handed_in_here_is_asked_for_nowhere(
    store: Store, clock: StandingClock, others: Others
) -> None:
    visit = Visit(SHARING, store, b"k" * 32, clock, zone=ZONE, elsewhere=others)
    made(visit, *START)
    fill_in(visit)
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    number = visit.sitting.receipt.number
    visit = Visit(SHARING, store, b"k" * 32, clock, zone=ZONE, elsewhere=others)
    shown = made(visit, *START[:3], Choose("query"), Choose("number"), Enter(number))
    assert (shown.id, others.asked) == ("query-found", [])


def test_a_way_that_hangs_is_given_up(others: Others) -> None:
    news: SimpleQueue[ReceiptSought] = SimpleQueue()
    room = ReceiptRoom(others, waits=timedelta(milliseconds=20))
    room.tell = news.put
    assert room.ask(NUMBER, _line).how is Sought.ASKING
    given_up = news.get(timeout=PATIENCE)
    assert given_up == ReceiptSought(None, Sought.AWAY)
    assert room.expects(given_up, waited_for=True)


@pytest.mark.parametrize(
    ("answer", "how"), [(NoProgress.UNKNOWN, Sought.DONE), (NoProgress.ENOUGH, Sought.ENOUGH)]
)
def test_the_page_says_why_nothing_is_told(others: Others, answer: NoProgress, how: Sought) -> None:
    others.otherwise = answer
    others.may[STRANGE].set()
    assert ReceiptRoom(others).ask(STRANGE, _line) == ReceiptSought(None, how)


def _line(found: Progress) -> CaseLine | None:
    return None
