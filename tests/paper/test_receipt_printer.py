"""Papers out of a receipt printer on a real pseudo-terminal: what arrives is what a person reads."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import DeviceSettings
from kiosk.devices.emulator import Emulator
from kiosk.devices.escpos.emulated import Behaviour, EmulatedPrinter
from kiosk.devices.line import NEVER
from kiosk.flow.document import Big, Document, Listing, Paragraph, Rows
from kiosk.flow.moves import Choose, Overlay
from kiosk.flow.papers import guide_paper
from kiosk.paper.font import MissingSign
from kiosk.paper.receipt import Line, printed_width, receipt_bytes, receipt_lines
from kiosk.paper.receipt_printer import ReceiptPrinter
from kiosk.paths import data_file
from kiosk.ports import PrintTrouble
from kiosk.sitting.visit import Visit
from kiosk.store import open_store
from kiosk.store.calendars import load_calendar
from kiosk.text import same
from tests.conftest import StandingClock
from tests.flow.residents import ALLOWANCE, SERVICES, WORLD

GUIDE = guide_paper(ALLOWANCE, WORLD)
NAME = "张桂芳"
SLIP = Document(same("回执"), (Big(same("A017")), Paragraph(same(f"{NAME}，请等电话。"))), same("幸福路"))
DOTS_A_MM = 8
OWN_TYPE = 24
"""Dots of a printer's own Han character."""

CUT = b"\x1dVB\x00"


class Noticed(EmulatedPrinter):
    """Lets the test know when it has begun to print, and when the paper is cut."""

    def __init__(self, behaviour: Behaviour = Behaviour.ALL) -> None:
        super().__init__(behaviour)
        self.begun, self.cut = threading.Event(), threading.Event()

    def hear(self, received: bytes, now: float) -> list[bytes]:
        replies = super().hear(received, now)
        if len(self.printed) > 100:
            self.begun.set()
        if self.printed.endswith(CUT):
            self.cut.set()
        return replies


class Plugged:
    """A receipt printer on a line."""

    def __init__(self, printer: Noticed, link: Path) -> None:
        self.printer = printer
        self.emulator = Emulator(printer, link, baud=9600)
        self.setting = DeviceSettings("printer", "escpos", str(link))

    def print(self, document: Document = SLIP, language: str = "zh", columns: int = 32) -> str:
        """What is on the paper then. Raises PrintTrouble."""
        ReceiptPrinter(replace(self.setting, columns=columns)).print(document, language)
        assert self.printer.cut.wait(5)
        return self.printer.on_paper

    def refused(self, document: Document = SLIP) -> str:
        """What the person is told, as the key of the words."""
        with pytest.raises(PrintTrouble) as trouble:
            self.print(document)
        assert WORLD.texts[trouble.value.key].show("zh")
        return trouble.value.key


@contextmanager
def plugged_in(printer: Noticed, tmp_path: Path) -> Iterator[Plugged]:
    plugged = Plugged(printer, tmp_path / "printer")
    with plugged.emulator:
        yield plugged


@pytest.fixture
def plugged(tmp_path: Path) -> Iterator[Plugged]:
    with plugged_in(Noticed(), tmp_path) as plugged:
        yield plugged


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [32, 48])
def test_every_word_of_a_guide_arrives(plugged: Plugged, columns: int, language: str) -> None:
    on_paper = plugged.print(GUIDE, language, columns)
    assert all(printed_width(line) <= columns for line in on_paper.splitlines())
    for text in GUIDE.texts():
        assert squeezed(text.show(language)) in squeezed(on_paper).replace("[]", "")


def test_a_printer_is_woken_told_that_chinese_comes_and_cuts_at_the_end(plugged: Plugged) -> None:
    plugged.print()
    printed = bytes(plugged.printer.printed)
    assert printed.startswith(b"\x1b@\x1c&")
    assert NAME.encode("gb18030") in printed
    assert printed.endswith(CUT)


def test_all_that_is_to_be_read_is_large() -> None:
    """K36: body text at least 4 mm."""
    for line in receipt_lines(GUIDE, 32, "zh"):
        assert line.high * OWN_TYPE / DOTS_A_MM >= 4 or set(line.words) <= set("=-")


def test_the_number_is_seen_from_far_and_still_fits() -> None:
    number, long = Big(same("A017")), Big(same("2026-11-0017-03"))
    lines = receipt_lines(Document(same("回执"), (number, long)), 32, "zh")
    assert [line for line in lines if line.words.strip() == "A017"] == [Line("  A017", 4, 4)]
    (shown,) = [line for line in lines if "0017-03" in line.words]
    assert printed_width(shown.words) * shown.wide <= 32


words = st.text(st.sampled_from([*"张桂芳“您好”，。（）：—", *"abc 123"]), min_size=1, max_size=60)


@given(st.lists(words, max_size=4), words, st.sampled_from([24, 32, 42, 48]))
def test_no_line_is_wider_than_the_roll(items: list[str], label: str, columns: int) -> None:
    """A quotation mark is as wide as a Han character on these printers, unlike on a screen."""
    document = Document(
        same(label),
        (
            Listing(same(label), tuple(map(same, items))),
            Rows(((same(label), same(label)),)),
            Big(same(label)),
        ),
        same(label),
    )
    for line in receipt_lines(document, columns, "zh"):
        assert printed_width(line.words) * line.wide <= columns


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_shipped_guide_can_be_printed(language: str) -> None:
    for service in SERVICES.values():
        assert receipt_bytes(receipt_lines(guide_paper(service, WORLD), 32, language))


@pytest.mark.parametrize("sign", ["\ue000", "☑", "\x1b", "\x7f", "\u202e"])
def test_a_sign_that_nothing_has_stops_the_print(
    plugged: Plugged, sign: str, caplog: pytest.LogCaptureFixture
) -> None:
    """flows.md, finding 7; a control in a text would be obeyed by the printer."""
    paper = Document(same("单子"), (Paragraph(same(f"{NAME}{sign}")),))
    with pytest.raises(MissingSign) as missing:
        receipt_lines(paper, 32, "zh")
    assert missing.value.signs == sign
    with caplog.at_level(logging.DEBUG):
        assert plugged.refused(paper) == "trouble.no_such_sign"
    assert not plugged.printer.printed
    assert sign not in caplog.text and NAME not in caplog.text


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        ("paper-out", "trouble.not_printed_no_paper"),
        ("cover-open", "trouble.not_printed_open"),
        ("error", "trouble.not_printed"),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(
    plugged: Plugged, thing: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It would keep the paper and print it later, for somebody else."""
    plugged.emulator.lay(thing.encode())
    with caplog.at_level(logging.DEBUG):
        assert plugged.refused() == told
    assert not plugged.printer.printed
    assert NAME not in caplog.text
    plugged.emulator.lift()
    assert NAME in plugged.print()


@pytest.mark.parametrize("thing", ["silent", "online-only", "paper-low"])
def test_what_a_printer_does_not_say_hinders_nothing(plugged: Plugged, thing: str) -> None:
    plugged.emulator.lay(thing.encode())
    assert NAME in plugged.print()


@pytest.mark.parametrize("behaviour", [Behaviour.CLONE, Behaviour.ONLINE_ONLY])
def test_a_clone_prints_too(tmp_path: Path, behaviour: Behaviour) -> None:
    with plugged_in(Noticed(behaviour), tmp_path) as plugged:
        assert NAME in plugged.print()


def test_when_the_paper_ends_meanwhile_the_person_is_told(plugged: Plugged) -> None:
    plugged.emulator.lay(b"paper-ends")
    assert plugged.refused(GUIDE) == "trouble.not_printed_ended"


def test_a_printer_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert Plugged(Noticed(), tmp_path / "printer").refused() == "trouble.not_printed"


def test_a_cable_pulled_in_the_middle_is_told_and_nothing_is_printed_twice(tmp_path: Path) -> None:
    printer = Noticed()
    with plugged_in(printer, tmp_path) as plugged:

        def pull_when_begun() -> None:
            if printer.begun.wait(20):
                plugged.emulator.unplug()

        pulling = threading.Thread(target=pull_when_begun)
        pulling.start()
        assert plugged.refused(GUIDE) == "trouble.not_printed_half"
        pulling.join()
        half = len(printer.printed)
        plugged.emulator.plug()
        assert half < len(receipt_bytes(receipt_lines(GUIDE, 32, "zh")))
        assert len(printer.printed) == half


class Slow(Noticed):
    """Its buffer is full after some bytes; it says "wait", and some time later "go on"."""

    def __init__(self, rest: float) -> None:
        super().__init__()
        self._rest, self._goes_on_at = rest, NEVER
        self._held_at = 0
        self.came_meanwhile = 0

    @property
    def deadline(self) -> float:
        return self._goes_on_at

    def hear(self, received: bytes, now: float) -> list[bytes]:
        replies = super().hear(received, now)
        if self._goes_on_at != NEVER:
            self.came_meanwhile = len(self.printed) - self._held_at
        elif not self._held_at and len(self.printed) > 100:
            self._held_at, self._goes_on_at = len(self.printed), now + self._rest
            return [*replies, b"\x13"]
        return replies

    def tick(self, now: float) -> list[bytes]:
        if now < self._goes_on_at:
            return []
        self._goes_on_at = NEVER
        return [b"\x11"]


def test_a_printer_that_says_wait_is_waited_for(tmp_path: Path) -> None:
    printer = Slow(rest=1.5)
    with plugged_in(printer, tmp_path) as plugged:
        assert squeezed(GUIDE.title.show("zh")) in squeezed(plugged.print(GUIDE))
        assert printer.came_meanwhile < 100


def test_a_paper_comes_at_the_pace_of_a_printer_also_on_a_fast_line(plugged: Plugged) -> None:
    """Its buffer never overflows, whichever flow control its cable has."""
    count = len(receipt_bytes(receipt_lines(GUIDE, 32, "zh")))
    begun = time.monotonic()
    ReceiptPrinter(replace(plugged.setting, baud=115200)).print(GUIDE, "zh")
    assert time.monotonic() - begun >= count * 10 / 9600 * 0.9


def test_what_makes_the_bytes_leaves_nothing_behind() -> None:
    """python-escpos makes a temporary folder whenever it is loaded."""
    script = "from kiosk.paper.receipt import *; receipt_bytes([Line('好')])"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", script], env={**os.environ, "TMPDIR": folder}, check=True)
        assert os.listdir(folder) == []


@pytest.mark.parametrize("thing", ["", "paper-out"])
def test_at_the_kiosk_a_person_gets_the_paper_or_a_kind_page(
    plugged: Plugged, tmp_path: Path, clock: StandingClock, thing: str
) -> None:
    plugged.emulator.lay(thing.encode())
    store = open_store(tmp_path / "state", clock=clock, calendar=load_calendar(data_file("calendars")))
    printer = ReceiptPrinter(plugged.setting)
    world = replace(WORLD, printer=True)
    visit = Visit(world, store, b"k" * 32, clock, zone=ZoneInfo("Asia/Shanghai"), printer=printer)
    for move in ("zh", "go", "without", "look", "elderly-allowance", "print"):
        page = visit.do(Choose(move))
    if thing:
        assert visit.sitting.overlay is Overlay.TROUBLE
        assert "没有纸" in page.body[0].show("zh")
        assert visit.do(Choose("go")).id == "look:elderly-allowance"
    else:
        assert page.id == "printed:look:elderly-allowance"
        assert "领津贴的人的身份证" in plugged.printer.on_paper
    store.close()
