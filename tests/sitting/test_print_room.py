"""A paper takes seconds: nobody has to stand and wait for it, and it comes out once and whole."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace

import pytest

from kiosk.flow.document import Document
from kiosk.flow.moves import Back, Choose, Move, Printed
from kiosk.ports import Printer, PrintTrouble
from kiosk.sitting import print_room
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import WORLD
from tests.sitting.conftest import START, ZONE, made

GUIDE = "look:elderly-allowance"


class SlowPrinter:
    """Prints for as long as the test wants."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.printed: list[Document] = []
        self.trouble: Exception | None = None

    def print(self, document: Document, language: str) -> None:
        assert self.let_go.wait(10)
        if self.trouble:
            raise self.trouble
        self.printed.append(document)


class Listened:
    """A visit at a guide, and what is told of its printing."""

    def __init__(self, printer: Printer, store: Store, clock: StandingClock) -> None:
        self.visit = Visit(replace(WORLD, printer=True), store, b"k" * 32, clock, zone=ZONE, printer=printer)
        self.told: queue.SimpleQueue[Move] = queue.SimpleQueue()
        self.visit.listen(self.told.put)
        made(self.visit, *START[:3], Choose("look"), Choose("elderly-allowance"))


@pytest.fixture
def printer() -> SlowPrinter:
    return SlowPrinter()


@pytest.fixture
def listened(printer: SlowPrinter, store: Store, clock: StandingClock) -> Listened:
    return Listened(printer, store, clock)


def test_a_person_sees_at_once_that_it_is_being_printed_and_then_that_it_is(
    listened: Listened, printer: SlowPrinter
) -> None:
    assert made(listened.visit, Choose("print")).id == f"printing:{GUIDE}"
    printer.let_go.set()
    news = listened.told.get(timeout=10)
    assert news == Printed(GUIDE)
    assert made(listened.visit, news).id == f"printed:{GUIDE}"


def test_who_goes_back_and_asks_again_gets_one_paper(listened: Listened, printer: SlowPrinter) -> None:
    page = made(listened.visit, Choose("print"), Back(), Choose("print"))
    assert page.id == f"printing:{GUIDE}"
    printer.let_go.set()
    assert made(listened.visit, listened.told.get(timeout=10)).id == f"printed:{GUIDE}"
    listened.visit.close()
    assert len(printer.printed) == 1
    assert listened.told.empty()


def test_a_paper_under_way_comes_out_whole_when_the_visit_ends(
    listened: Listened, printer: SlowPrinter
) -> None:
    made(listened.visit, Choose("print"))
    threading.Timer(0.2, printer.let_go.set).start()
    listened.visit.close()
    assert len(printer.printed) == 1


def test_a_printer_that_only_says_wait_does_not_hold_up_the_end_of_the_visit(
    listened: Listened,
    printer: SlowPrinter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(print_room, "PATIENCE", 0.1)
    made(listened.visit, Choose("print"))
    listened.visit.close()
    assert printer.printed == [] and "did not go on" in caplog.text
    printer.let_go.set()


@pytest.mark.parametrize("trouble", [PrintTrouble("trouble.not_printed_half"), ValueError("张桂芳")])
def test_whatever_goes_wrong_is_told_to_who_waits(
    listened: Listened, printer: SlowPrinter, trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    printer.trouble = trouble
    made(listened.visit, Choose("print"))
    printer.let_go.set()
    page = made(listened.visit, listened.told.get(timeout=10))
    assert "请叫工作人员" in page.body[0].show("zh")
    assert made(listened.visit, Choose("retry")).id == GUIDE
    assert "张桂芳" not in caplog.text
