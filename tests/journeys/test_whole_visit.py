"""From card to receipt in a real terminal, and nothing of it left for the next person."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kiosk.identity.people import load_people
from tests.journeys.conftest import OpenStore, StartKiosk
from tests.journeys.kiosk_terminal import CLEARED, KioskTerminal, alive
from tests.journeys.resident import Resident, words
from tests.slowness import slowness

PEOPLE = load_people()
ZHANG, LI_DEHOU = 1, 3


def personal(person: int) -> list[bytes]:
    """A person's name and number in every form a program might write them."""
    known = PEOPLE[person - 1]
    texts = (known.name, known.number, known.address)
    return [text.encode(form) for text in texts for form in ("utf-8", "utf-16-le", "gb18030")] + [
        ascii(known.name)[1:-1].encode()
    ]


def files_with(folder: Path, person: int) -> set[str]:
    """Names of the files in which anything of this person stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    canaries = personal(person)
    return {path.name for path in files if any(canary in path.read_bytes() for canary in canaries)}


def shown_since_the_reset(terminal: KioskTerminal) -> bytes:
    """All bytes the terminal got after the last sitting was cleared away, its scrollback included."""
    return bytes(terminal.raw[terminal.raw.rindex(CLEARED) :])


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 10)])
def test_from_card_to_receipt_and_the_next_person_finds_nothing(
    columns: int, rows: int, folder: Path, store: OpenStore, kiosk: StartKiosk
) -> None:
    """K32, K34, K36: the way of one person, then the same terminal for the next."""
    terminal = kiosk("--demo", columns=columns, rows=rows)
    resident = Resident(terminal)
    terminal.shows(words("language.heading")[:8])
    resident.lay(ZHANG)
    resident.go_to("goodbye.take_it")
    terminal.shows(words("goodbye.card"))
    assert PEOPLE[ZHANG - 1].name.encode() in terminal.raw
    before = terminal.sittings()
    resident.lift()
    terminal.until(lambda _: not alive(before[0]), what="the end of the visit")
    ended = time.monotonic()
    terminal.shows(words("language.heading")[:8])
    took = time.monotonic() - ended
    print(f"next first page {took:.2f} s after the visit's end")
    assert took < 10 * slowness()
    resident.go_to("card.heading")
    for canary in personal(ZHANG):
        assert canary not in shown_since_the_reset(terminal)
    (receipt,) = resident.receipts
    assert store().case_id_of(receipt) is not None
    assert not files_with(folder, ZHANG)
    assert not files_with(folder.parent / "tmp", ZHANG)


def test_what_is_not_handed_in_and_not_to_be_kept_is_nowhere(folder: Path, kiosk: StartKiosk) -> None:
    """K32: after the next start nothing of it stands in any file of the kiosk."""
    terminal = kiosk("--demo")
    resident = Resident(terminal, changed={"keep.heading": "keep.no"})
    terminal.shows(words("language.heading")[:8])
    resident.lay(LI_DEHOU)
    resident.go_to("sign.heading")
    assert PEOPLE[LI_DEHOU - 1].name.encode() in terminal.raw
    resident.lift()
    resident.fall()
    resident.go_to("card.heading")
    assert not files_with(folder, LI_DEHOU)
    assert not files_with(folder.parent / "tmp", LI_DEHOU)
    assert "请稍等" not in terminal.text


def test_what_is_typed_by_hand_is_nowhere_after_a_fall(folder: Path, kiosk: StartKiosk) -> None:
    """K32, K46: neither in the store nor in the log, which says that a sitting fell and nothing else."""
    terminal = kiosk("--demo")
    resident = Resident(terminal)
    resident.go_to("sign.heading")
    resident.fall()
    resident.go_to("card.heading")
    assert not files_with(folder, ZHANG)
    log = (folder / "kiosk.log").read_text()
    assert [line.split(" ", 2)[2] for line in log.splitlines()] == [
        "ERROR kiosk.sitting.supervisor a sitting fell with 137"
    ]
