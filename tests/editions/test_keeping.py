"""A box has the old edition or the new one, whole, whatever comes and whenever it is cut off."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.editions.edition import Kind, Refused, Signed, Why
from kiosk.editions.keeping import Editions
from kiosk.security.device_key import DeviceKey
from kiosk.services.load import load_shelf
from tests.editions.publisher import edition, publisher_key, stall, year

TODAY = datetime.date(2026, 11, 2)


@pytest.fixture
def key(tmp_path: Path) -> DeviceKey:
    return publisher_key(tmp_path)


@pytest.fixture
def kept(tmp_path: Path, key: DeviceKey) -> Editions:
    return Editions(tmp_path / "box", Kind.SERVICES, (key.public,))


@pytest.fixture
def one(tmp_path: Path, key: DeviceKey) -> Signed:
    return edition(stall(tmp_path / "one", "第一套"), key, 1)


@pytest.fixture
def two(tmp_path: Path, key: DeviceKey) -> Signed:
    return edition(stall(tmp_path / "two", "第二套"), key, 2)


def titles(kept: Editions) -> list[str]:
    folder = kept.folder()
    return [one.title.zh for one in load_shelf(folder).services.values()] if folder else []


def refused(kept: Editions, came: Signed) -> Why:
    with pytest.raises(Refused) as trouble:
        kept.take(came, TODAY)
    left = kept.standing().left
    assert left is not None and (left.why, left.digest) == (trouble.value.why, came.digest.hex())
    return trouble.value.why


def test_before_the_first_one_there_is_none(kept: Editions) -> None:
    assert kept.folder() is None and kept.whole() and kept.known() == ("", "")


def test_a_new_one_is_in_use_and_the_one_before_can_be_gone_back_to(
    kept: Editions, one: Signed, two: Signed
) -> None:
    kept.take(one, TODAY)
    kept.take(two, TODAY)
    assert titles(kept) == ["第二套"] and kept.whole()
    assert kept.back()
    assert titles(kept) == ["第一套"] and kept.whole()


def test_what_was_gone_back_from_is_not_fetched_again_unless_somebody_says_so(
    kept: Editions, one: Signed, two: Signed
) -> None:
    for came in (one, two):
        kept.take(came, TODAY)
    kept.back()
    assert kept.known() == (one.digest.hex(), two.digest.hex())
    assert kept.again()
    assert kept.known() == (one.digest.hex(), "")
    kept.take(two, TODAY)
    assert titles(kept) == ["第二套"]


def test_from_the_first_one_the_way_back_leads_to_what_the_box_had_before(
    kept: Editions, one: Signed
) -> None:
    assert not kept.back()
    kept.take(one, TODAY)
    assert kept.back() and kept.folder() is None
    assert kept.known() == ("", one.digest.hex())


def test_an_older_one_is_not_taken_even_where_it_is_signed(kept: Editions, one: Signed, two: Signed) -> None:
    kept.take(two, TODAY)
    assert refused(kept, one) is Why.OLDER
    assert titles(kept) == ["第二套"]
    kept.back()
    assert refused(kept, one) is Why.OLDER, "going back opens no door to it"


def test_the_files_of_an_older_one_are_taken_where_they_are_signed_anew(
    kept: Editions, two: Signed, key: DeviceKey, tmp_path: Path
) -> None:
    kept.take(two, TODAY)
    kept.take(edition(stall(tmp_path / "one", "第一套"), key, 3), TODAY)
    assert titles(kept) == ["第一套"]


def test_one_that_is_wrongly_signed_changes_nothing_and_is_not_fetched_twice(
    kept: Editions, one: Signed, tmp_path: Path
) -> None:
    kept.take(one, TODAY)
    bad = edition(stall(tmp_path / "two", "第二套"), publisher_key(tmp_path, "stranger.key"), 2)
    assert refused(kept, bad) is Why.SIGNATURE
    assert titles(kept) == ["第一套"] and kept.whole()
    assert kept.known() == (one.digest.hex(), bad.digest.hex())


def test_with_another_key_it_is_looked_at_again(kept: Editions, tmp_path: Path) -> None:
    stranger = publisher_key(tmp_path, "stranger.key")
    bad = edition(stall(tmp_path / "two", "第二套"), stranger, 2)
    refused(kept, bad)
    told = Editions(kept.state, kept.kind, (*kept.keys, stranger.public))
    assert told.known() == ("", "")
    told.take(bad, TODAY)
    assert titles(told) == ["第二套"]


def test_one_with_faults_changes_nothing_and_the_files_are_named(
    kept: Editions, one: Signed, key: DeviceKey, tmp_path: Path
) -> None:
    kept.take(one, TODAY)
    folder = stall(tmp_path / "two", "第二套")
    broken = folder / "market-stall.toml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("ask.zh", "aks.zh", 1), encoding="utf-8")
    assert refused(kept, edition(folder, key, 2)) is Why.UNSOUND
    left = kept.standing().left
    assert left is not None and left.files == ("market-stall.toml",)
    assert titles(kept) == ["第一套"]
    assert [path.name for path in kept.place.iterdir() if path.name.startswith(".new")] == []


def test_the_same_service_twice_is_a_fault(kept: Editions, key: DeviceKey, tmp_path: Path) -> None:
    folder = stall(tmp_path / "two")
    (folder / "again.toml").write_bytes((folder / "market-stall.toml").read_bytes())
    assert refused(kept, edition(folder, key, 2)) is Why.UNSOUND


def test_an_empty_one_takes_no_services_away(
    kept: Editions, one: Signed, key: DeviceKey, tmp_path: Path
) -> None:
    kept.take(one, TODAY)
    (tmp_path / "empty").mkdir()
    assert refused(kept, edition(tmp_path / "empty", key, 2)) is Why.UNSOUND
    assert titles(kept) == ["第一套"]


def test_a_calendar_that_contradicts_itself_is_not_taken(tmp_path: Path, key: DeviceKey) -> None:
    kept = Editions(tmp_path / "box", Kind.CALENDAR, (key.public,))
    good = edition(year(tmp_path / "good", 2027, "2027-01-01"), key, 1, Kind.CALENDAR)
    bad = edition(year(tmp_path / "bad", 2027, "2027-01-01", "2027-01-01"), key, 2, Kind.CALENDAR)
    kept.take(good, TODAY)
    assert refused(kept, bad) is Why.UNSOUND
    assert kept.whole() and kept.standing().current is not None


def test_whoever_has_begun_to_read_the_old_one_reads_it_to_its_end(
    kept: Editions, one: Signed, two: Signed
) -> None:
    kept.take(one, TODAY)
    reading = kept.folder()
    assert reading is not None
    kept.take(two, TODAY)
    assert [service.title.zh for service in load_shelf(reading).services.values()] == ["第一套"]


def test_old_ones_do_not_pile_up(kept: Editions, key: DeviceKey, tmp_path: Path) -> None:
    for serial in range(1, 6):
        kept.take(edition(stall(tmp_path / f"{serial}", f"第{serial}套"), key, serial), TODAY)
    assert len([path for path in kept.place.iterdir() if path.is_dir()]) == 3


def test_a_file_that_rotted_is_seen_and_what_is_fetched_anew_mends_it(
    kept: Editions, one: Signed, two: Signed
) -> None:
    kept.take(one, TODAY)
    kept.take(two, TODAY)
    folder = kept.folder()
    assert folder is not None
    (folder / "market-stall.toml").write_text("rot", encoding="utf-8")
    assert not kept.whole() and kept.known() == ("", "")
    kept.take(two, TODAY)
    assert kept.whole() and titles(kept) == ["第二套"]
    assert kept.back() and titles(kept) == ["第一套"], "what had rotted is nothing to go back to"


def test_a_record_that_cannot_be_read_counts_as_none_until_the_next_one_comes(
    kept: Editions, one: Signed
) -> None:
    kept.take(one, TODAY)
    (kept.place / "in-use.json").write_text("{", encoding="utf-8")
    assert kept.folder() is None and not kept.whole() and kept.known() == ("", "")
    kept.take(one, TODAY)
    assert titles(kept) == ["第一套"]


def test_killed_at_any_moment_the_box_has_the_old_one_or_the_new_one(
    kept: Editions, one: Signed, two: Signed, key: DeviceKey, tmp_path: Path
) -> None:
    """A program takes the new one and is killed after its first touch of a file, its second, and so on."""
    came = tmp_path / "came.json"
    told = {"body": two.body.decode(), "signature": two.signature.hex(), "key": key.public.hex()}
    came.write_text(json.dumps(told), encoding="utf-8")
    kept.take(one, TODAY)
    program = [sys.executable, "-m", "tests.editions.taking_program", str(kept.state), str(came)]
    seen = []
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as taking:
        assert taking.stdin is not None and taking.stdout is not None
        ended = 0
        for moment in range(1, 10_000):
            taking.stdin.write(f"{moment}\n")
            taking.stdin.flush()
            ended = int(taking.stdout.readline())
            assert kept.whole(), moment
            seen += titles(kept)
            if os.WIFEXITED(ended):
                break
            assert os.WTERMSIG(ended) == signal.SIGKILL
        taking.stdin.close()
    assert os.WIFEXITED(ended) and os.WEXITSTATUS(ended) == 0
    assert seen[0] == "第一套" and seen[-1] == "第二套", seen
    assert len(seen) > 20, "it was killed often enough to mean something"
    changes = [now for before, now in pairwise(seen) if before != now]
    assert changes == ["第二套"], "from one moment on, and never back"
