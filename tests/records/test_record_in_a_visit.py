"""A record in a visit: looked up for the card that was read, beside the screen, for nobody but who asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from kiosk.flow.moves import Back, CardLaid, Choose, Enter, Move
from kiosk.flow.page import Page
from kiosk.flow.records import RecordKey, RecordLine, RecordNews, RecordState
from kiosk.flow.walking import noted
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from kiosk.text import same
from tests.conftest import StandingClock
from tests.flow.residents import DEHOU, GUIFANG, WORLD, ways_on
from tests.records.conftest import of, under

SERVICE = "social-insurance-record"
RECORD = "question:record"


class Office:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, RecordKey]] = []
        self.may_answer = Event()
        self.may_answer.set()

    def look_up(self, question: str, source: str, key: RecordKey) -> RecordNews:
        self.asked.append((question, source, key))
        line = RecordLine(same("months"), same(f"{len(self.asked)} months"))
        assert self.may_answer.wait(10)
        return RecordNews(question, RecordState.FOUND, source, same("record"), (line,))


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def visit(store: Store, clock: StandingClock, office: Office) -> Visit:
    return Visit(WORLD, store, b"k" * 32, clock, zone=ZoneInfo("Asia/Shanghai"), records=office)


def come_to_the_record(visit: Visit, card: dict[str, str] | None = GUIFANG) -> Page:
    visit.do(CardLaid(card) if card else Choose("zh"))
    visit.sitting = visit.sitting.go("home")
    for move in (Choose("query"), Choose("records"), Choose(SERVICE)):
        page = visit.do(move)
    for _ in range(40):
        if visit.sitting.place == RECORD:
            return visit.page()
        page = visit.do(next(ways_on(visit.sitting)))
    raise AssertionError(page.id)


def body(page: Page) -> str:
    return " ".join(text.show("zh") for text in page.body)


def test_the_record_of_the_card_that_was_read_is_on_the_page(visit: Visit, office: Office) -> None:
    page = come_to_the_record(visit)
    assert office.asked == [("record", "social-insurance", of(GUIFANG["id_number"]))]
    assert "1 months" in body(page)
    assert {"right", "wrong"} <= {choice.id for choice in page.choices}


def test_without_a_card_nobody_is_asked_about_anybody(visit: Visit, office: Office) -> None:
    """A number that was typed could be anybody's."""
    page = come_to_the_record(visit, card=None)
    assert office.asked == []
    assert "staff" in {choice.id for choice in page.choices}


def test_going_back_and_on_again_does_not_ask_again(visit: Visit, office: Office) -> None:
    come_to_the_record(visit)
    visit.do(Back())
    for _ in range(10):
        if visit.sitting.place == RECORD:
            break
        visit.do(next(ways_on(visit.sitting)))
    assert len(office.asked) == 1


@pytest.fixture
def heard(visit: Visit) -> tuple[list[Move], Event]:
    """What the visit tells its screen."""
    moves: list[Move] = []
    told = Event()

    def tell(move: Move) -> None:
        moves.append(move)
        told.set()

    visit.listen(tell)
    return moves, told


Heard = tuple[list[Move], Event]


def test_the_page_is_there_while_the_office_is_asked(visit: Visit, office: Office, heard: Heard) -> None:
    moves, told = heard
    office.may_answer.clear()
    page = come_to_the_record(visit)
    assert "months" not in body(page)
    office.may_answer.set()
    assert told.wait(10)
    assert "1 months" in body(visit.do(moves[0]))


def leave_it(visit: Visit) -> None:
    while visit.sitting.place != "pause":
        visit.do(Back())
    visit.do(Choose("leave"))


def begin_it_again(visit: Visit) -> None:
    leave_it(visit)
    come_to_the_record(visit)


@pytest.mark.parametrize("away", [leave_it, begin_it_again])
def test_an_answer_that_comes_too_late_is_for_nobody(
    away: Callable[[Visit], None], visit: Visit, office: Office, heard: Heard
) -> None:
    """The application is another one by then, or none."""
    moves, told = heard
    office.may_answer.clear()
    come_to_the_record(visit)
    away(visit)
    office.may_answer.set()
    while not (late := [m for m in moves if isinstance(m, RecordNews) and "1 months" in repr(m.lines)]):
        assert told.wait(10)
        told.clear()
    visit.do(late[0])
    assert all("1 months" not in repr(news.lines) for news in visit.sitting.given.records.values())


def test_an_answer_that_nobody_asked_for_changes_nothing(visit: Visit) -> None:
    come_to_the_record(visit)
    before = visit.sitting
    forged = RecordNews("record", RecordState.NOTHING, "social-insurance", same("record"))
    visit.do(forged)
    assert visit.sitting == before


def test_a_kiosk_without_sources_leaves_it_to_staff(store: Store, clock: StandingClock) -> None:
    visit = Visit(WORLD, store, b"k" * 32, clock, zone=ZoneInfo("Asia/Shanghai"))
    come_to_the_record(visit, DEHOU)
    assert visit.sitting.given.records["record"].state is RecordState.STAFF


@pytest.mark.parametrize("card", [None, GUIFANG])
def test_a_code_is_looked_up_as_a_code_and_again_when_it_is_another_one(
    card: dict[str, str] | None, visit: Visit, office: Office
) -> None:
    """Whoever's card lies there, its number is not asked for."""
    visit.do(CardLaid(card) if card else Choose("zh"))
    visit.sitting = replace(visit.sitting.go("home"), keep=True)
    for move in (Choose("do"), Choose("small-shop-start"), Choose("check"), Enter("9901 2026 0417")):
        visit.do(move)
    assert "1 months" in body(visit.page())
    visit.do(Back())
    assert "2 months" in body(visit.do(Enter("9901 2021 0088")))
    codes = [under("9901 2026 0417"), under("9901 2021 0088")]
    assert office.asked == [("licence", "licence-codes", code) for code in codes]


def test_the_answer_under_a_code_that_was_changed_meanwhile_is_not_shown(
    visit: Visit, office: Office, heard: Heard
) -> None:
    moves, told = heard
    office.may_answer.clear()
    visit.do(Choose("zh"))
    visit.sitting = visit.sitting.go("home")
    for move in (Choose("do"), Choose("small-shop-start"), Choose("check"), Enter("9901 2026 0417")):
        visit.do(move)
    visit.do(Back())
    visit.sitting = noted(visit.sitting, "licence_code", "9901 2021 0088")
    office.may_answer.set()
    assert told.wait(10)
    visit.do(moves[0])
    assert visit.sitting.given.records == {}
