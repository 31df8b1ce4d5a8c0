"""Days on which everything goes wrong: a disk that is full or shut, a clock that is wrong."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.states import State, Why
from kiosk.security.device_key import device_key
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from kiosk.store.verifying import Trusted
from tests.store.people import CHEN, MONDAY, WANG, HandClock, application, draft, shipped_calendar

CALENDAR = shipped_calendar()
SIZE = 3 << 20
WORDS = "写了半天的话"
LONG = WORDS * 300


@dataclass(frozen=True, slots=True)
class Disk:
    """A small one of its own, that can be filled to the last page, and shut."""

    folder: Path

    def fill(self, leave: int = 0) -> None:
        """Until no more than so many pages are left."""
        room = os.statvfs(self.folder)
        self._filler.write_bytes(bytes(max(0, room.f_bavail - leave) * room.f_frsize))

    def make_room(self) -> None:
        self._filler.unlink()

    def turn(self, how: str) -> None:
        """`ro` shuts it, `rw` opens it again."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk of its own (root has it)")
    yield Disk(place)
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def on_disk(disk: Disk, clock: HandClock) -> Iterator[Store]:
    opened = open_store(disk.folder / "state", clock=clock, calendar=CALENDAR)
    yield opened
    opened.close()


def trouble_of(act: Callable[[], object]) -> Trouble | None:
    """What went wrong; None where nothing did."""
    try:
        act()
    except StoreTrouble as trouble:
        return trouble.kind
    return None


def assert_books_right(store: Store, folder: Path) -> None:
    store.check()
    own = device_key(folder)
    assert store.verify(Trusted({own.id: own.public})).faults == ()


def test_full_before_the_key_is_pressed_nothing_is_handed_in_and_later_it_is(
    disk: Disk, on_disk: Store, clock: HandClock
) -> None:
    """K44: her draft is still there meanwhile, and it becomes one case."""
    sent = application()
    on_disk.save_draft(draft(sent.id))
    disk.fill()
    assert _until_full(lambda: on_disk.submit(application()))
    assert trouble_of(lambda: on_disk.submit(sent)) is Trouble.FULL
    waiting = on_disk.all_cases(clock.now())
    disk.make_room()
    receipt = on_disk.submit(sent)
    assert on_disk.submit(sent) == receipt
    assert {case.case_id for case in on_disk.all_cases(clock.now())} == {
        *(case.case_id for case in waiting),
        sent.id,
    }
    assert_books_right(on_disk, disk.folder / "state")


def _until_full(act: Callable[[], object]) -> bool:
    """Room that was laid out beforehand is used up first."""
    return any(trouble_of(act) is Trouble.FULL for _ in range(400))


def test_full_in_the_middle_a_save_at_the_desk_is_whole_or_not_there(disk: Disk, on_disk: Store) -> None:
    """However many pages are left: refused, it can be made again as it was, under the same claim."""
    came = [_save_with(disk, on_disk, left) for left in (0, 1, 2, 4, 6, 8, 10, 12, 16, 24, 48)]
    assert came[0] is Trouble.FULL and came[-1] is None
    assert_books_right(on_disk, disk.folder / "state")


def _save_with(disk: Disk, store: Store, left: int) -> Trouble | None:
    case = store.submit(application()).case_id
    epoch = store.claim(case, WANG).epoch
    disk.fill()
    assert _until_full(lambda: store.keep_note(case, WANG, Act.COMPLETE, [LONG]))
    disk.make_room()
    disk.fill(leave=left)
    came = trouble_of(lambda: store.complete(case, WANG, epoch, LONG))
    if came is not None:
        seen = store.case(case)
        assert (seen.summary.state, seen.summary.holder, seen.result) == (State.CLAIMED, WANG.name, None)
        disk.make_room()
        store.complete(case, WANG, epoch, LONG)
        disk.fill()
    assert store.case(case).result == LONG
    assert [event.kind for event in store.case(case).events].count("completed") == 1
    disk.make_room()
    return came


def test_full_after_it_was_handed_in_the_receipt_holds_for_whoever_opens_the_store(
    disk: Disk, on_disk: Store, clock: HandClock
) -> None:
    sent = application()
    receipt = on_disk.submit(sent)
    disk.fill()
    on_disk.close()
    again = open_store(disk.folder / "state", clock=clock, calendar=CALENDAR)
    assert again.case_id_of(receipt.number) == sent.id
    disk.make_room()
    assert again.submit(sent) == receipt
    assert_books_right(again, disk.folder / "state")
    again.close()


def test_shut_in_the_middle_of_a_day_nothing_is_promised_and_the_day_goes_on_where_it_was(
    disk: Disk, on_disk: Store, clock: HandClock
) -> None:
    """A disk that has had enough is mounted for reading only by the system."""
    case = on_disk.submit(application()).case_id
    epoch = on_disk.claim(case, WANG).epoch
    on_disk.close()
    disk.turn("ro")
    with pytest.raises(StoreTrouble) as trouble:
        open_store(disk.folder / "state", clock=clock, calendar=CALENDAR)
    assert trouble.value.kind is Trouble.READ_ONLY
    disk.turn("rw")
    opened = open_store(disk.folder / "state", clock=clock, calendar=CALENDAR)
    opened.complete(case, WANG, epoch, WORDS)
    assert_books_right(opened, disk.folder / "state")
    opened.close()


WRONG_CLOCKS = {
    "40 days back": MONDAY - timedelta(days=40),
    "40 days ahead": MONDAY + timedelta(days=40),
    "1970": datetime(1970, 1, 1, 0, 0, 7, tzinfo=UTC),
    "2038": datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
}
"""An empty battery begins in 1970."""


@pytest.mark.parametrize("wrong", WRONG_CLOCKS.values(), ids=WRONG_CLOCKS)
def test_whatever_the_clock_says_a_day_s_work_is_kept_and_in_order(
    store: Store, tmp_path: Path, clock: HandClock, wrong: datetime
) -> None:
    """K44: the books go by number, and nothing is erased for being old."""
    before = store.submit(application()).case_id
    epoch = store.claim(before, WANG).epoch
    clock.at = wrong
    during = store.submit(application()).case_id
    store.complete(before, WANG, epoch, WORDS)
    taken = store.claim(during, CHEN)
    store.ask_info(during, CHEN, taken.epoch, "户口本")
    store.erase(store.times({}).due)
    clock.at = MONDAY
    store.receive_info(during, CHEN, "带来了")
    kinds = [event.kind for event in store.case(during).events]
    assert kinds == ["submitted", "claimed", "info_asked", "info_received"]
    assert {case.case_id for case in store.all_cases(MONDAY)} == {before, during}
    assert store.case(before).result == WORDS
    assert_books_right(store, tmp_path / "state")


def test_a_case_that_was_taken_while_the_clock_ran_ahead_is_free_when_it_is_put_right(
    store: Store, clock: HandClock
) -> None:
    """It would be shut for forty days else; who still works on it is refused, and her words are kept."""
    case = store.submit(application()).case_id
    clock.at = MONDAY + timedelta(days=40)
    epoch = store.claim(case, WANG).epoch
    clock.at = MONDAY
    taken = store.next_case(CHEN)
    assert taken is not None and taken.case_id == case
    with pytest.raises(IllegalMove) as refused:
        store.complete(case, WANG, epoch, WORDS)
    assert refused.value.why is Why.STALE
    assert [note.text for note in store.case(case).side_notes] == [WORDS]


def test_a_clock_that_is_put_right_by_some_minutes_takes_no_case_out_of_a_hand(
    store: Store, clock: HandClock
) -> None:
    case = store.submit(application()).case_id
    epoch = store.claim(case, WANG).epoch
    clock.forward(minutes=-10)
    with pytest.raises(IllegalMove) as refused:
        store.claim(case, CHEN)
    assert refused.value.why is Why.HELD
    store.complete(case, WANG, epoch, WORDS)
