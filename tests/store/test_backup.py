"""A backup is made while people go on; another box is made from it, and gives nobody a number twice."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.cases.chain import read_note
from kiosk.security.device_key import device_key
from kiosk.security.key_files import copy_keys
from kiosk.security.keys import person_key, site_key
from kiosk.security.staff_cards import FILE_NAME as STAFF_CARDS
from kiosk.security.staff_cards import StaffCards
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from kiosk.store.backup import finished, remove_old
from kiosk.store.manifest import BadBackup, Manifest, read_manifest
from kiosk.store.restoring import restore
from kiosk.store.verifying import Trusted
from tests.store.children import Say, start
from tests.store.people import (
    GUIFANG,
    MONDAY,
    NAME,
    NUMBER,
    WANG,
    HandClock,
    WallClock,
    application,
    draft,
    shipped_calendar,
)

CALENDAR = shipped_calendar()
Reopen = Callable[[], Store]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Where the backups lie."""
    return tmp_path / "backups"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Where the keys lie, far from the backups."""
    return tmp_path / "safe"


def restored(backup: Path, box: Path, keys: Path | None, clock: HandClock) -> Store:
    restore(backup, box, clock=clock, calendar=CALENDAR, keys=keys)
    return open_store(box, clock=clock, calendar=CALENDAR)


def test_another_box_made_from_a_backup_has_every_case_text_and_consent(
    store: Store, box: Path, shelf: Path, keys: Path, tmp_path: Path, clock: HandClock
) -> None:
    receipt = store.submit(application())
    held = store.claim(receipt.case_id, WANG)
    store.ask_info(receipt.case_id, WANG, held.epoch, "请带户口簿")
    store.save_draft(draft("half"))
    before = store.case(receipt.case_id)
    made = store.back_up(box, shelf)
    copy_keys(box, keys)
    other = restored(made.folder, tmp_path / "other", keys, clock)
    assert other.case(receipt.case_id).submission == before.submission
    assert [case.missing for case in other.cases_of(GUIFANG)] == ["请带户口簿"]
    assert [one.id for one in other.standing_consents(receipt.case_id)] == ["use", "id-data"]
    kept = other.find_draft(GUIFANG, MONDAY)
    assert kept is not None and NAME in kept.body
    other.close()


def test_who_finds_a_backup_reads_nothing_that_people_said(store: Store, box: Path, shelf: Path) -> None:
    store.submit(application())
    store.save_draft(draft("half"))
    made = store.back_up(box, shelf)
    found = b"".join(one.read_bytes() for one in made.folder.rglob("*") if one.is_file())
    for private in (NAME, NUMBER):
        assert private.encode() not in found
    assert {one.name for one in made.folder.iterdir()} == {"store.sqlite3", "manifest.json", "heads.log"}
    assert {one.stat().st_mode & 0o077 for one in made.folder.glob("*.sqlite3")} == {0}


def test_the_books_of_the_new_box_hold_together_and_it_signs_with_a_key_of_its_own(
    store: Store, box: Path, shelf: Path, keys: Path, tmp_path: Path, clock: HandClock
) -> None:
    store.submit(application())
    first = device_key(box)
    made = store.back_up(box, shelf)
    copy_keys(box, keys)
    other = restored(made.folder, tmp_path / "other", keys, clock)
    own = device_key(tmp_path / "other")
    assert own.id != first.id
    other.submit(application())
    lines = (tmp_path / "other" / "heads.log").read_text().splitlines()
    noted = [note for line in lines if (note := read_note(line))]
    verdict = other.verify(Trusted({own.id: own.public}, frozenset({first.id})), noted)
    assert verdict.good, verdict.faults
    assert len(noted) == 3
    other.close()


def test_a_digest_of_the_store_tells_whether_anybody_has_done_anything(
    store: Store, box: Path, shelf: Path, reopen: Reopen
) -> None:
    seen = [store.digest()]
    store.tidy()
    assert reopen().digest() == seen[0], "opened, and tidied up by the box itself"
    store.save_draft(draft("half"))
    seen.append(store.digest())
    receipt = store.submit(application())
    seen.append(store.digest())
    store.claim(receipt.case_id, WANG)
    seen.append(store.digest())
    store.back_up(box, shelf)
    seen.append(store.digest())
    assert len(set(seen)) == len(seen)


def test_staff_close_the_new_box_with_the_cards_that_closed_the_old_one(
    store: Store, box: Path, shelf: Path, keys: Path, tmp_path: Path, clock: HandClock
) -> None:
    StaffCards(box).give(WANG.name, person_key(NUMBER, site_key(box)))
    made = store.back_up(box, shelf)
    copy_keys(box, keys)
    other = tmp_path / "other"
    restored(made.folder, other, keys, clock).close()
    assert StaffCards(other).name_of(person_key(NUMBER, site_key(other))) == WANG.name
    assert (other / STAFF_CARDS).stat().st_mode & 0o077 == 0
    assert NUMBER not in (made.folder / STAFF_CARDS).read_text()


def test_a_backup_from_before_staff_had_cards_is_restored_without_them(
    store: Store, box: Path, shelf: Path, keys: Path, tmp_path: Path, clock: HandClock
) -> None:
    made = store.back_up(box, shelf)
    copy_keys(box, keys)
    assert not (made.folder / STAFF_CARDS).exists()
    restored(made.folder, tmp_path / "other", keys, clock).close()
    assert not (tmp_path / "other" / STAFF_CARDS).exists()


def test_a_restored_kiosk_never_gives_a_ticket_twice(
    store: Store, box: Path, shelf: Path, keys: Path, tmp_path: Path, clock: HandClock
) -> None:
    """Not those that the box gave after its last backup, nor those of an earlier restore of the same one."""
    tickets = [store.submit(application()).ticket for _ in range(3)]
    made = store.back_up(box, shelf)
    copy_keys(box, keys)
    tickets += [store.submit(application()).ticket for _ in range(20)]
    for name in ("second", "third"):
        clock.forward(minutes=2)
        other = restored(made.folder, tmp_path / name, keys, clock)
        tickets += [other.submit(application()).ticket for _ in range(20)]
        other.close()
    assert len(set(tickets)) == len(tickets) == 63


def test_the_next_day_begins_with_the_first_ticket_again(
    store: Store, box: Path, shelf: Path, keys: Path, tmp_path: Path, clock: HandClock
) -> None:
    store.submit(application())
    made = store.back_up(box, shelf)
    copy_keys(box, keys)
    other = restored(made.folder, tmp_path / "other", keys, clock)
    clock.forward(days=1)
    assert other.submit(application()).ticket == "A001"
    other.close()


def test_a_backup_while_somebody_submits_is_whole_and_nobody_waits_long(
    box: Path, shelf: Path, tmp_path: Path
) -> None:
    store = open_store(box, clock=WallClock(), calendar=CALENDAR)
    child = start(partial(_submit_until_told, box, tmp_path / "stop"))
    given = [next(child.lines).strip() for _ in range(5)]
    made = store.back_up(box, shelf)
    (tmp_path / "stop").touch()
    given += child.finish()
    copy_keys(box, keys := tmp_path / "keys")
    copy = restore(made.folder, tmp_path / "other", clock=WallClock(), calendar=CALENDAR, keys=keys)
    other = open_store(tmp_path / "other", clock=WallClock(), calendar=CALENDAR)
    there = {case.case_id for case in other.all_cases(MONDAY)}
    assert set(given[:5]) <= there <= {*given}
    assert copy.cases == len(there)
    other.close()
    store.close()


def _submit_until_told(box: Path, stop: Path, say: Say) -> None:
    store = open_store(box, clock=WallClock(), calendar=CALENDAR)
    while not stop.exists():
        say(store.submit(application()).case_id)


@pytest.mark.parametrize("spoiled", ["store.sqlite3", "heads.log"])
def test_a_flipped_bit_in_a_backup_is_found_and_nothing_is_restored(
    store: Store, box: Path, shelf: Path, tmp_path: Path, clock: HandClock, spoiled: str
) -> None:
    store.submit(application())
    made = store.back_up(box, shelf)
    path = made.folder / spoiled
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(BadBackup) as bad:
        restored(made.folder, tmp_path / "other", None, clock)
    assert (bad.value.code, bad.value.name) == ("file_changed", spoiled)
    assert not (tmp_path / "other").exists()


def test_a_manifest_that_names_files_elsewhere_is_none(store: Store, box: Path, shelf: Path) -> None:
    made = store.back_up(box, shelf)
    plain = json.loads((made.folder / "manifest.json").read_text())
    plain["files"] = {"../state/site.key": "00"}
    (made.folder / "manifest.json").write_text(json.dumps(plain))
    with pytest.raises(BadBackup):
        read_manifest(made.folder)


def test_an_older_program_refuses_a_backup_of_a_newer_form(
    store: Store, box: Path, shelf: Path, tmp_path: Path, clock: HandClock
) -> None:
    made = store.back_up(box, shelf)
    plain = json.loads((made.folder / "manifest.json").read_text())
    plain["store_form"] += 1
    (made.folder / "manifest.json").write_text(json.dumps(plain))
    with pytest.raises(BadBackup) as bad:
        restored(made.folder, tmp_path / "other", None, clock)
    assert bad.value.code == "newer"


def test_a_box_with_a_store_is_never_written_over(
    store: Store, box: Path, shelf: Path, keys: Path, clock: HandClock
) -> None:
    receipt = store.submit(application())
    made = store.back_up(box, shelf)
    copy_keys(box, keys)
    with pytest.raises(BadBackup) as bad:
        restored(made.folder, box, keys, clock)
    assert bad.value.code == "not_empty"
    assert store.case_id_of(receipt.number) is not None


def test_a_key_that_is_missing_is_named_before_anything_is_made(
    store: Store, box: Path, shelf: Path, keys: Path, tmp_path: Path, clock: HandClock
) -> None:
    made = store.back_up(box, shelf)
    copy_keys(box, keys)
    (keys / "site.key").unlink()
    with pytest.raises(BadBackup) as bad:
        restored(made.folder, tmp_path / "other", keys, clock)
    assert (bad.value.code, bad.value.name) == ("key_gone", "site.key")
    assert not (tmp_path / "other").exists()


def test_a_disk_without_room_takes_no_half_backup(
    store: Store, box: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.submit(application())
    usage = shutil.disk_usage(box)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(StoreTrouble) as trouble:
        store.back_up(box, shelf)
    assert trouble.value.kind is Trouble.FULL
    assert list(shelf.iterdir()) == []


def test_old_backups_go_and_the_three_newest_stay_whatever_the_clock_says(
    store: Store, box: Path, shelf: Path, clock: HandClock
) -> None:
    names = []
    for _ in range(6):
        names.append(store.back_up(box, shelf).folder.name)
        clock.forward(days=1)
    assert remove_old(shelf, clock.at, timedelta(days=4, hours=12)) == [names[1], names[0]]
    assert remove_old(shelf, clock.at + timedelta(days=4000), timedelta(days=30)) == [names[2]]
    assert [one.folder.name for one in finished(shelf)] == names[:2:-1]


def test_a_backup_killed_in_the_middle_is_no_backup_and_goes_with_the_next(
    store: Store, box: Path, shelf: Path
) -> None:
    child = start(partial(_stop_before_the_manifest, box, shelf))
    assert next(child.lines).strip() == "copied"
    os.kill(child.pid, signal.SIGKILL)
    os.waitpid(child.pid, 0)
    child.lines.close()
    assert list(finished(shelf)) == []
    made = store.back_up(box, shelf)
    assert [one.name for one in shelf.iterdir()] == [made.folder.name]


def _stop_before_the_manifest(box: Path, shelf: Path, say: Say) -> None:
    def stuck(_manifest: Manifest, _folder: Path) -> None:
        say("copied")
        signal.pause()

    Manifest.write = stuck  # type: ignore[method-assign, assignment]
    open_store(box, clock=WallClock(), calendar=CALENDAR).back_up(box, shelf)


def test_the_house_book_says_that_a_backup_was_made(store: Store, box: Path, shelf: Path) -> None:
    made = store.back_up(box, shelf)
    rows = store._db.execute("SELECT kind, note FROM house_event ORDER BY n DESC LIMIT 1").fetchall()
    assert [tuple(row) for row in rows] == [("backed_up", made.folder.name)]
