"""What a sitting notices of its devices is noted for whoever looks after the box: words and times only."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.cli._fittings import fittings_for
from kiosk.cli._parts import noting_paper, noting_sound, paper_word
from kiosk.config import DeviceSettings, load_settings
from kiosk.devices.emulator import Emulator, sdt_emulator
from kiosk.devices.escpos.emulated import EmulatedPrinter
from kiosk.devices.events import Paper as Roll
from kiosk.devices.events import PrinterState
from kiosk.flow.document import Big, Document
from kiosk.hub.report import Paper, Reader, Sound
from kiosk.paper.receipt_printer import ReceiptPrinter
from kiosk.ports import PrintTrouble
from kiosk.sitting.parts import FILE, STANDS, Parts, read_parts
from kiosk.text import same
from tests.conftest import StandingClock

PATIENCE = 60.0
SLIP = Document(same("回执"), (Big(same("A017")),), same("幸福路"))


def words(state: Path) -> dict[str, str]:
    return {part: noted.word for part, noted in read_parts(state).items()}


def until(there: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < limit, "never came"
        time.sleep(0.02)


def test_a_reader_that_is_there_and_then_pulled_out_is_noted(tmp_path: Path, clock: StandingClock) -> None:
    with sdt_emulator(tmp_path / "reader") as reader:
        fittings = fittings_for(load_settings(), tmp_path, demo=False, port=reader.path, clock=clock)
        devices = fittings.make_devices(lambda setting, event: None)
        devices.start()
        try:
            until(lambda: words(tmp_path).get("reader") == Reader.THERE)
            reader.unplug()
            until(lambda: words(tmp_path).get("reader") == Reader.AWAY)
        finally:
            devices.stop()


def test_a_demo_notes_nothing_of_what_it_plays(tmp_path: Path) -> None:
    with sdt_emulator(tmp_path / "reader") as reader:
        fittings = fittings_for(load_settings(), tmp_path, demo=True, port=reader.path)
        heard: list[object] = []
        devices = fittings.make_devices(lambda setting, event: heard.append(event))
        devices.start()
        until(lambda: bool(heard))
        devices.stop()
    assert not (tmp_path / FILE).exists()


def test_how_much_paper_there_is_is_noted_as_something_is_printed(
    tmp_path: Path, clock: StandingClock
) -> None:
    with Emulator(EmulatedPrinter(), tmp_path / "printer", baud=9600) as emulator:
        setting = DeviceSettings("printer", "escpos", emulator.path)
        printer = ReceiptPrinter(setting, noting_paper(Parts(tmp_path, clock)))
        printer.print(SLIP, "zh")
        assert words(tmp_path)["paper"] == Paper.ENOUGH
        emulator.lay(b"paper-out")
        with pytest.raises(PrintTrouble):
            printer.print(SLIP, "zh")
        assert words(tmp_path)["paper"] == Paper.OUT
    assert "A017" not in (tmp_path / FILE).read_text()


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (PrinterState(paper=Roll.LOW), Paper.LOW),
        (PrinterState(paper=Roll.OUT, cover_open=True), Paper.OUT),
        (PrinterState(paper=Roll.ENOUGH, cover_open=True), Paper.STUCK),
        (PrinterState(paper=Roll.ENOUGH, online=False), Paper.STUCK),
        (PrinterState(paper=Roll.ENOUGH, error=True), Paper.STUCK),
        (PrinterState(), Paper.UNKNOWN),
    ],
    ids=str,
)
def test_of_what_a_printer_says_the_worst_is_noted(state: PrinterState, word: Paper) -> None:
    assert paper_word(state) is word


def test_sound_that_goes_and_comes_back_is_noted(tmp_path: Path, clock: StandingClock) -> None:
    passed_on: list[object] = []
    sounds, silent = noting_sound(Parts(tmp_path, clock), passed_on.append, lambda: passed_on.append("none"))
    sounds(True)
    assert words(tmp_path) == {"sound": Sound.ON}
    silent()
    assert words(tmp_path) == {"sound": Sound.AWAY}
    sounds(False)
    assert words(tmp_path) == {"sound": Sound.AWAY}
    sounds(True)
    assert words(tmp_path) == {"sound": Sound.ON}
    assert passed_on == [True, "none", False, True]


def test_the_same_is_written_again_only_after_a_while(tmp_path: Path, clock: StandingClock) -> None:
    """A later morning check counts against it; a sitting that finds it good again counts against that."""
    parts, begun = Parts(tmp_path, clock), clock.now()
    parts.note("reader", Reader.THERE)
    clock.moment = begun + STANDS / 2
    parts.note("reader", Reader.THERE)
    assert read_parts(tmp_path)["reader"].at == begun
    clock.moment = begun + STANDS + timedelta(seconds=1)
    parts.note("reader", Reader.THERE)
    assert read_parts(tmp_path)["reader"].at == clock.now()


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"reader": 1}', '{"reader": ["there", "today"]}'])
def test_a_file_that_is_not_sound_says_nothing_and_is_written_anew(
    tmp_path: Path, clock: StandingClock, broken: str
) -> None:
    (tmp_path / FILE).write_text(broken)
    assert read_parts(tmp_path) == {}
    Parts(tmp_path, clock).note("sound", Sound.ON)
    assert words(tmp_path) == {"sound": Sound.ON}


def test_who_notes_one_part_keeps_what_another_noted(tmp_path: Path, clock: StandingClock) -> None:
    one, other = Parts(tmp_path, clock), Parts(tmp_path, clock)
    one.note("paper", Paper.OUT)
    other.note("sound", Sound.ON)
    one.note("paper", Paper.LOW)
    other.note("sound", Sound.AWAY)
    assert words(tmp_path) == {"paper": Paper.LOW, "sound": Sound.AWAY}
    assert json.loads((tmp_path / FILE).read_text()).keys() == {"paper", "sound"}


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, clock: StandingClock) -> None:
    Parts(tmp_path / "not there", clock).note("sound", Sound.ON)
