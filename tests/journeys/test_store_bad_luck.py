"""A full disk, a folder that cannot be written, a neighbour at work on the same store."""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.conftest import OpenStore, StartKiosk
from tests.journeys.kiosk_terminal import BRISK, F9, KIOSK, KioskTerminal
from tests.journeys.resident import Resident, words

pytestmark = pytest.mark.slow

FOREVER = resource.RLIM_INFINITY


def fill_the_disk(terminal: KioskTerminal) -> None:
    """No process of this kiosk can write another byte to a file."""
    for pid in terminal.tree():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, FOREVER))


def make_room(terminal: KioskTerminal) -> None:
    for pid in terminal.tree():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (FOREVER, FOREVER))


def test_a_full_disk_at_submit_sends_nothing_and_the_same_person_can_hand_in_later(
    store: OpenStore, kiosk: StartKiosk
) -> None:
    terminal = kiosk("--demo")
    resident = Resident(terminal)
    resident.go_to("submit.heading")
    fill_the_disk(terminal)
    resident.hand_in(0.0)
    terminal.shows(words("trouble.not_sent")[:8])
    assert store().all_cases(datetime.now(UTC)) == []
    make_room(terminal)
    terminal.press_until("1", lambda text: words("trouble.heading") not in text, "the page below")
    resident.go_to("receipt.heading")
    assert len(store().all_cases(datetime.now(UTC))) == 1
    assert b"Traceback" not in terminal.raw


def test_a_full_disk_at_the_start_is_a_calm_page_until_there_is_room(folder: Path, kiosk: StartKiosk) -> None:
    """No fall after fall: it says that nothing can be taken, calls staff, and looks again when asked."""
    terminal = kiosk("--demo", program=BRISK)
    Resident(terminal).go_to("welcome.heading")
    fill_the_disk(terminal)
    terminal.kill_sitting()
    terminal.shows(words("closed.heading"))
    sitting = terminal.sittings()
    terminal.rest(1.0, limit=3.0)
    assert terminal.sittings() == sitting
    terminal.press_for(F9, words("closed.call"))
    make_room(terminal)
    terminal.press_until("2", lambda _: terminal.sittings() not in (sitting, []), "the next sitting")
    Resident(terminal).go_to("home.heading")
    assert b"Traceback" not in terminal.raw and b"Logging error" not in terminal.raw


@pytest.fixture
def locked() -> Iterator[Path]:
    """A data folder that can be read and not written by whom the kiosk runs as."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        folder = Path(place) / "data"
        folder.mkdir(mode=0o555)
        (Path(place) / "tmp").mkdir()
        os.chmod(Path(place) / "tmp", 0o777)
        yield folder
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_a_calm_page(locked: Path) -> None:
    with KioskTerminal(locked, "--demo", program=without_rights()) as terminal:
        terminal.shows(words("closed.heading"))
        terminal.shows(words("closed.body")[:12])
        sitting = terminal.sittings()
        terminal.rest(1.0, limit=3.0)
        assert terminal.sittings() == sitting
        assert b"Traceback" not in terminal.raw
    assert list(locked.iterdir()) == []


def without_rights() -> tuple[str, ...]:
    """The administrator may write everywhere, so the kiosk has less to say then."""
    if os.getuid() != 0:
        return KIOSK
    return ("setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override", *KIOSK)


def test_a_neighbour_who_starts_meanwhile_takes_no_application_away(
    store: OpenStore, kiosk: StartKiosk
) -> None:
    """The start of one kiosk sweeps drafts that nobody agreed to keep; the other's person still hands in."""
    first = kiosk("--demo")
    resident = Resident(first)
    resident.go_to("check.heading")
    second = kiosk("--demo")
    neighbour = Resident(second)
    neighbour.go_to("check.heading")
    resident.go_to("receipt.heading")
    neighbour.go_to("receipt.heading")
    for person in (resident, neighbour):
        person.look_for_receipt()
        (receipt,) = person.receipts
        assert store().case_id_of(receipt)
