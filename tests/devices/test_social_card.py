"""Social security cards: what is open on the chip is read, what is closed left alone; no extra is needed."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import queue
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import DeviceSettings
from kiosk.devices.events import (
    DeviceEvent,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
    SocialCardRead,
    SocialCardRemoved,
    SocialCardTrouble,
)
from kiosk.devices.pcsc.reader import SocialCardReader
from kiosk.devices.pcsc.reading import SocialCardFault, read_social_card
from kiosk.identity.social_card import SocialCard, social_card
from tests.devices.virtual_card import OWN_READER, VIRTUAL_READER, ChipCard, VirtualCard, card_files

NUMBER, NAME = "990101194403050029", "张桂芳"
FILES = card_files(NUMBER, NAME)
CARD = SocialCard("A00000001", NAME, NUMBER)
SETTING = DeviceSettings("social_card", "pcsc")
VIRTUAL_READERS = Path("/etc/reader.conf.d/vpcd")


@pytest.mark.parametrize(
    "chip",
    [
        ChipCard(FILES),
        ChipCard(FILES, two_steps=True),
        ChipCard(card_files(NUMBER, NAME, at=(1, 2))),
        ChipCard(card_files(NUMBER, NAME, at=(1, 2)), two_steps=True),
    ],
    ids=["at once", "in two steps", "the other edition", "the other edition in two steps"],
)
def test_number_and_name_are_read_of_every_edition(chip: ChipCard) -> None:
    assert read_social_card(chip.answer) == CARD


def test_a_card_behind_a_pin_gives_its_own_number_and_nothing_of_the_person() -> None:
    found = read_social_card(ChipCard(FILES, closed=True).answer)
    assert found == SocialCard("A00000001")
    assert found.fields() == {}


def test_another_kind_of_card_is_told_from_one_that_does_not_answer() -> None:
    assert read_social_card(ChipCard(FILES, other=True).answer) is SocialCardFault.NOT_ONE
    assert read_social_card(ChipCard({0xEF05: {}}).answer) is SocialCardFault.SILENT


def test_a_card_that_always_promises_more_is_given_up() -> None:
    assert read_social_card(lambda command: b"\x61\x10") is SocialCardFault.NOT_ONE


@pytest.mark.parametrize("number", ["990101194403050020", "", "99010119440305", "\x00" * 18])
def test_a_number_whose_check_fails_is_no_number(number: str) -> None:
    assert social_card(b"A1", number.encode(), NAME.encode("gb18030")).fields() == {"name": NAME}


def test_what_a_card_offers_is_its_person() -> None:
    assert CARD.fields() == {"name": NAME, "id_number": NUMBER, "birth_date": "1944-03-05"}
    assert NUMBER not in repr(CARD) and NAME not in repr(CARD)


def test_bytes_that_are_no_characters_are_not_offered() -> None:
    assert "name" not in social_card(b"A1", b"", b"\x1b[2J\xff\x81").fields()


class Reader:
    """A reader and what it told."""

    def __init__(self, setting: DeviceSettings = SETTING) -> None:
        self._told: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
        self.reader = SocialCardReader(setting, self._told.put, backoff=(0.05,))
        self.reader.start()

    def next(self) -> DeviceEvent:
        return self._told.get(timeout=20.0)

    def nothing_more(self) -> bool:
        return self._told.empty()


def _lacking() -> str:
    """What is missing to put a card into a reader here."""
    if importlib.util.find_spec("smartcard") is None:
        return "pyscard (script/setup --social-card)"
    if not shutil.which("pcscd"):
        return "pcscd"
    if not VIRTUAL_READERS.exists():
        return "vsmartcard-vpcd"
    return "" if os.getuid() == 0 else "the rights of root, to start the card service"


def _answers(reader: tuple[str, int]) -> bool:
    with socket.socket() as line:
        return line.connect_ex(reader) == 0


@pytest.fixture(scope="module")
def card_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The PC/SC service with a virtual reader; one that runs already is used as it is.

    There is one such reader on a machine, for all processes that run tests: one after another.
    """
    if lacking := _lacking():
        pytest.skip(f"no card can be put into a reader: {lacking} is missing")
    with VIRTUAL_READERS.open() as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if Path("/run/pcscd/pcscd.comm").exists() and _answers(VIRTUAL_READER):
            yield
        else:
            yield from _own_card_service(tmp_path_factory.mktemp("card-service") / "readers.conf")


def _own_card_service(readers: Path) -> Iterator[None]:
    """With the one reader that is installed, at a port that nobody is given by chance."""
    installed = VIRTUAL_READERS.read_text(encoding="ascii")
    readers.write_text(re.sub("0x8C7B", f"0x{OWN_READER[1]:X}", installed, flags=re.IGNORECASE), "ascii")
    service = subprocess.Popen(
        ["pcscd", "--foreground", "--config", readers], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        waiting = threading.Event()
        while not _answers(OWN_READER):
            assert service.poll() is None, "the card service ended"
            waiting.wait(0.05)
        VirtualCard.reader = OWN_READER
        yield
    finally:
        VirtualCard.reader = VIRTUAL_READER
        service.terminate()
        service.wait()


@pytest.fixture
def reader(card_service: None) -> Iterator[Reader]:
    """The virtual reader, watched and ready, with no card in it."""
    reader = Reader()
    assert isinstance(reader.next(), DeviceReady)
    yield reader
    reader.reader.stop()


def test_a_card_put_in_is_read_once_and_its_removal_noticed(reader: Reader) -> None:
    card = VirtualCard(ChipCard(FILES))
    assert reader.next() == SocialCardRead(CARD)
    card.pull()
    assert reader.next() == SocialCardRemoved()
    assert reader.nothing_more()


def test_a_card_that_lies_there_already_is_read(card_service: None) -> None:
    card = VirtualCard(ChipCard(FILES))
    reader = Reader()
    assert isinstance(reader.next(), DeviceReady)
    assert reader.next() == SocialCardRead(CARD)
    card.pull()
    assert reader.next() == SocialCardRemoved()
    reader.reader.stop()


def test_a_bank_card_is_named_as_what_it_is_not(reader: Reader) -> None:
    card = VirtualCard(ChipCard(FILES, other=True))
    assert reader.next() == SocialCardTrouble(SocialCardFault.NOT_ONE)
    card.pull()
    assert reader.next() == SocialCardRemoved()


def test_a_reader_that_is_not_there_is_told_once(card_service: None) -> None:
    reader = Reader(DeviceSettings("social_card", "pcsc", "a reader of another maker"))
    assert reader.next() == DeviceTrouble(DeviceFault.MISSING)
    reader.reader.stop()
    assert reader.nothing_more()


def test_stopping_leaves_no_thread_behind(card_service: None) -> None:
    reader = Reader()
    assert isinstance(reader.next(), DeviceReady)
    reader.reader.stop()
    reader.reader.stop()
    assert "device-pcsc" not in {thread.name for thread in threading.enumerate()}


def test_without_the_extra_staff_are_told_that_it_is_not_installed() -> None:
    """In a Python that has no pyscard."""
    program = """if True:
        import queue, sys
        sys.modules["smartcard"] = None
        from kiosk.config import DeviceSettings
        from kiosk.devices.pcsc.reader import SocialCardReader
        told = queue.SimpleQueue()
        reader = SocialCardReader(DeviceSettings("social_card", "pcsc"), told.put)
        reader.start()
        print(told.get(timeout=20).kind.value)
        reader.stop()
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "not_installed"


def test_a_listener_that_fails_does_not_end_the_reader(card_service: None) -> None:
    told: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()

    def fails_on_cards(event: DeviceEvent) -> None:
        told.put(event)
        if isinstance(event, SocialCardRead):
            raise RuntimeError("a mistake of the screen's")

    reader = SocialCardReader(SETTING, fails_on_cards, backoff=(0.05,))
    reader.start()
    assert isinstance(told.get(timeout=20.0), DeviceReady)
    card = VirtualCard(ChipCard(FILES))
    assert told.get(timeout=20.0) == SocialCardRead(CARD)
    card.pull()
    assert told.get(timeout=20.0) == SocialCardRemoved()
    reader.stop()
