"""A waiting number at the kiosk: two presses away, read out, printed, and called when nobody is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.cases.calling import Lane, Numbers, Step, Window
from kiosk.flow.document import Big, Document
from kiosk.flow.moves import Back, CardLaid, Choose, LookForCalls, NumberCalled, NumberDrawn, Overlay
from kiosk.flow.numbering import Numbering
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting, Turn, World
from kiosk.flow.turn import turn
from kiosk.flow.waiting import TAKE
from kiosk.ports import Printer
from kiosk.sitting.number_room import NumberRoom
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from kiosk.text import Text, same
from tests.conftest import StandingClock
from tests.flow.residents import GUIFANG, LI_MEI, WORLD, at_home, moved
from tests.sitting.conftest import ZONE, made

PENSIONS, HOUSING = Text({"zh": "社保", "en": "Pensions"}), Text({"zh": "住房", "en": "Housing"})
WINDOW = Window("2", "AB")
NUMBERS = Numbers(("A", "B"), (WINDOW,), cap=2)
CALLING = replace(WORLD, printer=False, waiting=Numbering({"A": PENSIONS, "B": HOUSING}, 70))
ONE_LETTER = replace(CALLING, waiting=Numbering({"A": PENSIONS}, 70))
TO_NUMBER = (Choose("zh"), Choose(TAKE))


class Tray:
    """A printer, and what lies in it."""

    def __init__(self) -> None:
        self.papers: list[Document] = []

    def print(self, document: Document, language: str) -> None:
        self.papers.append(document)


def slip(drawn: NumberDrawn) -> Document:
    return Document(same("slip"), (Big(same(drawn.label)),), same(""))


Open = Callable[..., Visit]


@pytest.fixture
def open_visit(store: Store, clock: StandingClock) -> Open:
    def opened(world: World = CALLING, printer: Printer | None = None) -> Visit:
        room = NumberRoom(store, clock, NUMBERS, slip)
        return Visit(world, store, b"k" * 32, clock, zone=ZONE, printer=printer, number_room=room)

    return opened


def ids(page: Page) -> list[str]:
    return [choice.id for choice in page.choices]


def test_a_number_is_two_presses_from_the_first_page(open_visit: Open) -> None:
    page = made(open_visit(), *TO_NUMBER)
    assert ids(page) == ["A", "B"]
    assert page.help


def test_an_old_person_is_asked_and_told_how_many_come_before_them(open_visit: Open, store: Store) -> None:
    for _ in range(3):
        store.draw_number("B", Lane.FIRST, NUMBERS)
    page = made(open_visit(), *TO_NUMBER, Choose("A"), Choose("yes"))
    assert page.big.show("zh") == "A1"
    assert page.body[0].show("zh") == "您是A1号，前面还有3位。"
    assert page.body[0].say("zh") == "您是A一号，前面还有3位。"
    assert [one.lane for one in store.hall("AB").waiters if one.letter == "A"] == [Lane.FIRST]


def test_whoever_is_young_waits_in_turn(open_visit: Open, store: Store) -> None:
    made(open_visit(), *TO_NUMBER, Choose("A"), Choose("no"))
    assert [one.lane for one in store.hall("AB").waiters] == [Lane.ORDINARY]


def test_a_card_that_says_82_is_asked_nothing_more(open_visit: Open, store: Store) -> None:
    """She is at home by her card: 办, then the number."""
    made(open_visit(ONE_LETTER), CardLaid(GUIFANG), Choose("do"), Choose(TAKE))
    assert [one.lane for one in store.hall("A").waiters] == [Lane.FIRST]


def test_a_card_of_somebody_younger_is_asked(open_visit: Open, store: Store) -> None:
    """They may have a disability, which no card says."""
    page = made(open_visit(ONE_LETTER), CardLaid(LI_MEI), Choose("do"), Choose(TAKE))
    assert ids(page) == ["yes", "no"]
    assert not store.hall("A").waiters


def test_the_same_visit_draws_once(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    page = made(visit, *TO_NUMBER, Choose("A"), Choose("no"), Choose("home"), Choose(TAKE))
    assert page.big.show("zh") == "A1"
    assert page.body[0].show("zh") == "您是A1号。"  # how many are before it is another matter by now
    assert len(store.hall("AB").waiters) == 1


def test_back_leads_to_where_one_came_from_and_draws_nothing(open_visit: Open, store: Store) -> None:
    assert made(open_visit(), *TO_NUMBER, Choose("A"), Back()).id == "number"
    assert made(open_visit(), *TO_NUMBER, Back()).id == "welcome"
    without_a_card = (Choose("zh"), Choose("go"), Choose("without"), Choose("do"), Choose(TAKE))
    assert made(open_visit(), *without_a_card, Back()).id == "home"
    assert not store.hall("AB").waiters


def test_the_slip_comes_by_itself_where_there_is_a_printer(open_visit: Open) -> None:
    tray = Tray()
    page = made(open_visit(replace(CALLING, printer=True), tray), *TO_NUMBER, Choose("A"), Choose("no"))
    assert [paper.blocks for paper in tray.papers] == [(Big(same("A1")),)]
    assert page.id == "number-drawn"
    page = made(open_visit(), *TO_NUMBER, Choose("A"), Choose("no"))
    assert "记住" in page.body[-1].show("zh")


def test_when_the_store_takes_nothing_a_person_is_offered(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    made(visit, *TO_NUMBER, Choose("A"))
    store._db.conn.execute("PRAGMA query_only = ON")
    page = visit.do(Choose("yes"))
    assert "person" in ids(page) and "没有取到号" in page.body[0].show("zh")
    store._db.conn.execute("PRAGMA query_only = OFF")
    visit.do(Choose("go"))
    assert visit.do(Choose("yes")).big.show("zh") == "A1"


def test_nobody_is_asked_for_a_number_where_none_are_called() -> None:
    """Off is off: no page offers one, and none comes of it."""
    for at in (Sitting(place="welcome"), moved(at_home(), Choose("do"))):
        assert TAKE not in ids(page_of(at, WORLD))
        assert moved(at, Choose(TAKE)) == at


def test_among_the_services_a_number_comes_first_and_enter_alone_leads_to_a_service() -> None:
    """A list of many is turned over, and nobody with a card should have to look for it behind that."""
    page = page_of(moved(at_home(), Choose("do")), CALLING)
    assert ids(page)[0] == TAKE
    assert page.focus == ids(page)[1]


def test_home_still_has_five_doors() -> None:
    assert len(page_of(at_home(), CALLING).choices) == 5


def test_the_page_at_rest_shows_a_call_for_a_minute(
    open_visit: Open, store: Store, clock: StandingClock
) -> None:
    visit = open_visit()
    before = visit.page()
    assert visit.do(LookForCalls()) == before
    store.draw_number("A", Lane.ORDINARY, NUMBERS)
    store.call_next(WINDOW, NUMBERS.cap)
    page = visit.do(LookForCalls())
    assert page.body[0].show("zh") == "请A1号到2号窗口。"
    assert page.body[0].show("en") == "Number A1, please go to window 2."
    assert page.choices == before.choices
    clock.advance(59)
    assert visit.do(LookForCalls()) == page
    clock.advance(1)
    assert visit.do(LookForCalls()) == before


def test_a_call_goes_when_the_person_has_come_and_comes_again_when_called_again(
    open_visit: Open, store: Store
) -> None:
    visit = open_visit()
    before = visit.page()
    drawn, _ = store.draw_number("A", Lane.ORDINARY, NUMBERS)
    store.call_next(WINDOW, NUMBERS.cap)
    visit.do(LookForCalls())
    first = visit.sitting.called
    store.step_number(drawn.id, Step.AGAIN, WINDOW)
    visit.do(LookForCalls())
    assert first and visit.sitting.called == NumberCalled(first.call + 1, "A1", "2")
    store.step_number(drawn.id, Step.SERVE, WINDOW)
    assert visit.do(LookForCalls()) == before


def test_a_visit_is_never_disturbed_by_a_call(open_visit: Open, store: Store) -> None:
    store.draw_number("A", Lane.ORDINARY, NUMBERS)
    store.call_next(WINDOW, NUMBERS.cap)
    visit = open_visit()
    page = made(visit, Choose("zh"))
    assert visit.do(LookForCalls()) == page
    assert visit.sitting.called is None


def test_where_calls_cannot_be_read_the_page_at_rest_stays_and_looks_again(
    open_visit: Open, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody has asked for anything: there is nothing to tell, and a log that is full of it helps nobody."""
    visit = open_visit()
    before = visit.page()
    store._db.execute("ALTER TABLE waiting RENAME TO away")
    store._db.execute("ALTER TABLE service_stop RENAME TO also_away")
    for _ in range(3):
        assert visit.do(LookForCalls()) == before
    assert len(caplog.records) == 2
    store._db.execute("ALTER TABLE away RENAME TO waiting")
    store._db.execute("ALTER TABLE also_away RENAME TO service_stop")
    store.draw_number("A", Lane.ORDINARY, NUMBERS)
    store.call_next(WINDOW, NUMBERS.cap)
    assert visit.do(LookForCalls()) != before


@pytest.mark.parametrize("move", [LookForCalls(), NumberCalled(1, "A1", "2")], ids=repr)
def test_only_the_page_at_rest_takes_a_call(move: LookForCalls | NumberCalled) -> None:
    """Not a page of somebody's visit, not help over the first page, not a centre that calls nobody."""
    for at in (Sitting(place="welcome"), at_home(), Sitting(overlay=Overlay.HELP)):
        assert turn(at, move, CALLING) == Turn(at)
    assert turn(Sitting(), LookForCalls(), WORLD) == Turn(Sitting())
    assert turn(Sitting(), move, CALLING) != Turn(Sitting())
