"""The card reader comes late, goes away, is noisy; a card is left on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.devices.emulator import Emulator, Fault, sdt_emulator, wire_seconds
from kiosk.identity.people import Person, load_people
from screens.resident.idle import GOODBYE_WITH_CARD
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import PATIENCE, EmulatedReader
from tests.journeys.resident import Resident, words
from tests.slowness import slowness

pytestmark = pytest.mark.slow

ZHANG, LI_DEHOU = load_people()[0], load_people()[2]
EXCHANGE = wire_seconds(sum((10, 15, 10, 19, 10, 295 + 1024)))
"""Find, select, read: requests and replies on the wire, the photo at its longest."""


def greeted(person: Person) -> str:
    """As they are at home."""
    return load_catalogue("resident").text("home.greeting", name=masked(person)).show("zh")


def masked(person: Person) -> str:
    """As the hall may read them."""
    return person.name[0] + "*" * (len(person.name) - 1)


@pytest.fixture
def port(tmp_path: Path) -> Path:
    return tmp_path / "reader"


@pytest.fixture
def reader(port: Path) -> Iterator[Emulator]:
    with sdt_emulator(port) as emulator:
        yield emulator


def test_a_reader_that_comes_late_is_used(port: Path, kiosk: StartKiosk) -> None:
    """K34: it says what is missing, goes on without, and reads as soon as there is something to read with."""
    terminal = kiosk("--port", str(port))
    Resident(terminal).go_to("card.heading")
    terminal.shows(words("card.reader_missing")[:9])
    with EmulatedReader(port) as reader:
        terminal.until(lambda text: words("card.reader_missing")[:9] not in text, what="the reader's return")
        reader.press("1")
        terminal.shows(words("home.heading"))
        terminal.shows(greeted(ZHANG))


def test_a_reader_unplugged_on_the_way_says_so_and_comes_back(
    port: Path, reader: Emulator, kiosk: StartKiosk
) -> None:
    terminal = kiosk("--port", str(port))
    Resident(terminal).go_to("card.heading")
    terminal.rest(0.3)
    reader.unplug()
    terminal.shows(words("card.reader_missing")[:9])
    reader.plug()
    terminal.until(lambda text: words("card.reader_missing")[:9] not in text, what="the reader's return")
    reader.lay(ZHANG.text_block())
    terminal.shows(greeted(ZHANG))


@pytest.mark.parametrize("fault", list(Fault))
def test_noise_and_half_frames_are_survived(
    fault: Fault, port: Path, reader: Emulator, kiosk: StartKiosk
) -> None:
    terminal = kiosk("--port", str(port))
    Resident(terminal).go_to("card.heading")
    terminal.rest(0.3)
    reader.fail(fault, 2)
    reader.lay(ZHANG.text_block())
    print(f"{fault}: read after {terminal.shows(greeted(ZHANG)):.2f} s")


def test_a_card_is_on_the_screen_soon_after_it_is_laid(
    port: Path, reader: Emulator, kiosk: StartKiosk
) -> None:
    """Issue 2, numbers: the wire and 0.3 s; printed, and held against a generous limit (K34: 3 s)."""
    terminal = kiosk("--port", str(port))
    Resident(terminal).go_to("card.heading")
    terminal.rest(0.5)
    slow, laid = slowness(), time.monotonic()
    reader.lay(ZHANG.text_block())
    terminal.shows(greeted(ZHANG))
    took = time.monotonic() - laid
    print(f"card laid to page shown {took:.3f} s, of it on the wire at most {EXCHANGE:.3f} s")
    assert took < 3 * max(slow, slowness())


def test_a_card_left_behind_is_called_out_and_not_read_for_the_next_person(
    port: Path, reader: Emulator, kiosk: StartKiosk
) -> None:
    """K34: an alarm until the end; then nobody begins before it is gone, and only a new card is read."""
    terminal = kiosk("--port", str(port))
    resident = Resident(terminal, changed={"home.heading": "home.rate", "rate.heading": "rate.good"})
    resident.go_to("card.heading")
    reader.lay(ZHANG.text_block())
    terminal.shows(greeted(ZHANG))
    resident.go_to("rate.thanks")
    terminal.press_for("2", words("goodbye.card"))
    left = terminal.sittings()
    terminal.rest()
    terminal.tap("1")
    terminal.shows(words("goodbye.card"))
    terminal.shows(words("language.heading")[:8], limit=GOODBYE_WITH_CARD + PATIENCE)
    assert terminal.sittings() != left
    terminal.shows(words("card.take_card_first")[:10])
    Resident(terminal).go_to("card_left.heading")
    terminal.rest(2.0, limit=2.0)
    assert not any(name in terminal.text for name in (ZHANG.name, masked(ZHANG)))
    assert words("home.heading") not in terminal.text
    reader.lift()
    terminal.shows(words("welcome.heading"))
    reader.lay(LI_DEHOU.text_block())
    terminal.shows(masked(LI_DEHOU))


def test_a_second_card_asks_whose_it_is_and_the_next_persons_visit_begins_with_it(
    port: Path, reader: Emulator, kiosk: StartKiosk
) -> None:
    """The first person is gone from the screen; the card that lies there is read by the next visit."""
    terminal = kiosk("--port", str(port))
    Resident(terminal).go_to("card.heading")
    reader.lay(ZHANG.text_block())
    terminal.shows(greeted(ZHANG))
    reader.lift()
    reader.lay(LI_DEHOU.text_block())
    terminal.shows(words("second_card.next"))
    assert not any(name in terminal.text for name in (ZHANG.name, masked(ZHANG)))
    before = terminal.sittings()
    terminal.press_until("2", lambda text: words("second_card.next") not in text, "the end of the visit")
    terminal.shows(greeted(LI_DEHOU))
    assert terminal.sittings() != before
    assert words("home.heading") in terminal.text
