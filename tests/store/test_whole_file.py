"""The file is noise to whoever has no key of this box; a plain one becomes so, whole at every moment."""

from __future__ import annotations

import os
import random
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from kiosk.security.keys import site_key
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from kiosk.store.whole_file import OpenFile, file_key, is_plain, key_for
from tests.store.children import Say, start
from tests.store.people import NAME, WANG, HandClock, application, draft, shipped_calendar
from tests.store.raw import raw

KILLS = 12
TITLE = "高龄津贴".encode()


def opened(folder: Path, encrypt: bool = True) -> Store:
    return open_store(folder, clock=HandClock(), calendar=shipped_calendar(), encrypt=encrypt)


def plain_box(folder: Path, cases: int = 3) -> set[str]:
    """As a program without this layer left it."""
    store = opened(folder, encrypt=False)
    made = {store.submit(application()).case_id for _ in range(cases)}
    store.close()
    assert is_plain(folder / "store.sqlite3")
    return made


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("store.sqlite3*"))


def test_nothing_can_be_read_in_the_file_while_it_is_used_or_after(tmp_path: Path) -> None:
    store = opened(tmp_path)
    case_id = store.submit(application()).case_id
    store.save_draft(draft("d"))
    held = store.claim(case_id, WANG)
    store.ask_info(case_id, WANG, held.epoch, "户口本")
    for _ in range(2):
        kept = bytes_of(tmp_path)
        assert not any(word.encode() in kept for word in (NAME, "王丽", "户口本", "高龄津贴"))
        assert b"CREATE TABLE" not in kept
        store.close()
    assert (tmp_path / "store.sqlite3").stat().st_mode & 0o077 == 0


def test_a_plain_file_is_encrypted_once_with_all_that_is_in_it(tmp_path: Path) -> None:
    made = plain_box(tmp_path)
    assert TITLE in bytes_of(tmp_path)
    store = opened(tmp_path)
    store.check()
    assert {case.case_id for case in store.all_cases(HandClock().now())} == made
    assert all(store.case(one).submission.answers[0].value == NAME for one in made)
    assert not is_plain(tmp_path / "store.sqlite3")
    assert TITLE not in bytes_of(tmp_path)
    store.close()
    assert {path.name for path in tmp_path.glob("store.*")} == {"store.sqlite3", "store.lock"}


def test_while_another_program_has_it_open_it_stays_as_it_is_and_works(tmp_path: Path) -> None:
    plain_box(tmp_path)
    other = opened(tmp_path, encrypt=False)
    store = opened(tmp_path)
    assert is_plain(tmp_path / "store.sqlite3")
    case_id = store.submit(application()).case_id
    assert other.case_id_of(store.case(case_id).summary.number) == case_id
    for one in (store, other):
        one.close()
    opened(tmp_path).close()
    assert not is_plain(tmp_path / "store.sqlite3")


def test_a_program_that_is_not_ours_and_reads_the_plain_file_is_not_pulled_from_under(tmp_path: Path) -> None:
    plain_box(tmp_path)
    stranger = raw(tmp_path)
    stranger.execute("SELECT count(*) FROM cases").fetchone()
    store = opened(tmp_path)
    assert is_plain(tmp_path / "store.sqlite3")
    store.close()
    stranger.close()


def test_what_was_encrypted_stays_so_where_the_settings_ask_for_none(tmp_path: Path) -> None:
    opened(tmp_path).close()
    opened(tmp_path, encrypt=False).close()
    assert not is_plain(tmp_path / "store.sqlite3")


def test_killed_at_any_moment_of_it_every_case_is_there(tmp_path: Path) -> None:
    """K44: random kills, and what was begun is finished at the next start."""
    dice = random.Random(5)
    for number in range(KILLS):
        folder = tmp_path / str(number)
        made = plain_box(folder, cases=2)
        site_key(folder)
        child = start(partial(_encrypt, folder))
        next(child.lines)
        time.sleep(dice.uniform(0, 0.04))
        os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
        child.lines.close()
        store = opened(folder)
        store.check()
        assert {case.case_id for case in store.all_cases(HandClock().now())} == made
        assert not is_plain(folder / "store.sqlite3")
        store.close()
        assert not list(folder.glob("*.new*"))


def _encrypt(folder: Path, say: Say) -> None:
    say("begun")
    path = folder / "store.sqlite3"
    file = OpenFile(folder)
    key_for(path, file_key(site_key(folder)), file, encrypt=True)


def test_a_file_whose_key_is_gone_is_not_given_a_new_one(tmp_path: Path) -> None:
    opened(tmp_path).close()
    (tmp_path / "site.key").unlink()
    with pytest.raises(StoreTrouble) as trouble:
        opened(tmp_path)
    assert trouble.value.kind is Trouble.DAMAGED
    assert not (tmp_path / "site.key").exists()


def test_another_boxs_key_opens_nothing(tmp_path: Path) -> None:
    opened(tmp_path).close()
    (tmp_path / "site.key").write_bytes(os.urandom(32))
    with pytest.raises(StoreTrouble) as trouble:
        opened(tmp_path)
    assert trouble.value.kind is Trouble.DAMAGED
