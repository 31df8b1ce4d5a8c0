"""A version that falls after it was found good: in its first day the box goes back from it by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.cli._page_for_staff import lines_for_staff
from kiosk.update.first_day import LASTS, Became, FirstDay, first_day, note_first_day
from tests.journeys.kiosk_terminal import PATIENCE, KioskTerminal
from tests.update.sticks import NEW, OLD, Place

Stick = Callable[[str], Path]
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
DAY = FirstDay(NEW, NOON.isoformat())
STAYS = load_catalogue("box").text("version_stays.which", version=NEW)


@pytest.mark.parametrize(
    ("day", "later", "lasts"),
    [
        (DAY, timedelta(0), True),
        (DAY, LASTS - timedelta(seconds=1), True),
        (DAY, LASTS, False),
        (DAY, -timedelta(days=400), True),
        (replace(DAY, became=Became.FELL), timedelta(hours=1), True),
        (replace(DAY, became=Became.STAYS), timedelta(hours=1), False),
        (replace(DAY, version="0.3.0"), timedelta(hours=1), False),
    ],
    ids=["new", "nearly over", "over", "clock set back", "was cut off", "stays", "another runs"],
)
def test_only_the_version_that_runs_is_gone_back_from_and_only_in_its_first_day(
    day: FirstDay, later: timedelta, lasts: bool
) -> None:
    assert day.lasts(NEW, NOON + later) is lasts


@pytest.mark.parametrize(
    "told", [b"", b"{}", b"[]", b'{"version": "1", "since": "2026-11-03T12:00:00", "became": "runs"}']
)
def test_what_cannot_be_read_starts_nothing(told: bytes, tmp_path: Path) -> None:
    (tmp_path / "first-day.json").write_bytes(told)
    assert first_day(tmp_path) is None


@pytest.mark.parametrize("why", ["would_lose", "not_possible"])
@pytest.mark.parametrize(("columns", "rows"), [(40, 10), (57, 12), (80, 24)])
def test_the_page_for_staff_says_why_a_version_stays(columns: int, rows: int, why: str) -> None:
    told = (
        load_catalogue("box").text("version_stays.which", version="10.20.30"),
        load_catalogue("box")[f"version_stays.{why}"],
        load_catalogue("box")["version_stays.call"],
    )
    lines = lines_for_staff(columns - 2, rows, instead=told)
    assert len(lines) <= rows
    for text in (*told, load_catalogue("box")["out_of_order.people"]):
        for language in ("zh", "en"):
            assert text.show(language) in lines


# what follows has whole boxes


def fallen(box: Place) -> None:
    """The page for staff was reached, as it is where the kiosk falls again and again."""
    program = (*box.command(), "out-of-order", "--seconds", "1")
    with KioskTerminal(box.data, program=program, more={"PYTHONPATH": ""}) as page:
        assert page.wait_end() == 0


def update_findings(box: Place) -> list[str]:
    report = json.loads(box.ran("check", "--json", "--no-report").stdout)
    return [one["en"] for one in report["findings"] if one["part"] == "update"]


@pytest.fixture
def updated(box: Place, new_stick: Stick) -> Place:
    """On the day of an update to a version that is as well as the one before."""
    done = box.ran("update", str(new_stick("good")))
    assert done.returncode == 0, done.stderr
    return box


@pytest.mark.slow
def test_a_version_that_falls_is_gone_back_from_with_all_that_came_in_since(
    updated: Place, new_stick: Stick
) -> None:
    box = updated
    assert box.ran("account", "add", "赵强").returncode == 0
    assert box.ran("update", "--after-falls").returncode == 0 and box.runs() == NEW, "nothing has fallen"
    fallen(box)
    # As its unit has it, which keeps everything else that the kiosk writes from others.
    before = os.umask(0o077)
    back = box.ran("update", "--after-falls", "--lang", "en")
    os.umask(before)
    assert back.returncode == 0 and "by itself" in back.stdout, back.stdout + back.stderr
    assert box.runs() == OLD and box.accounts() == {"王丽", "赵强"}
    for name in ("first-day.json", "update.json"):
        assert (box.versions.folder / name).stat().st_mode & 0o004, "the account reads what root has noted"

    (said,) = update_findings(box)
    assert NEW in said and "by itself" in said
    (report,) = (box.data / "checks").glob("*.json")
    assert NEW in report.read_text(encoding="utf-8"), "the day's report tells of it"
    listed = box.ran("update", "--lang", "en").stdout
    assert "was gone back from" in listed and "kept; to go back" not in listed
    assert json.loads(box.ran("update", "--json").stdout)["fell"] == NEW

    # Nothing brings it back but somebody who says so.
    for words in (["--back"], [str(new_stick("good"))]):
        refused = box.ran("update", *words, "--lang", "en")
        assert refused.returncode == 1 and "kept falling on this box" in refused.stderr
        assert box.runs() == OLD
    assert box.ran("update", str(new_stick("good")), "--again").returncode == 0
    assert box.runs() == NEW and not update_findings(box)


@pytest.mark.slow
def test_the_version_before_goes_back_where_the_one_that_runs_does_not_even_start(updated: Place) -> None:
    """By its own path, which is the same on every day."""
    box = updated
    (box.data / "fallen").touch()
    (box.versions.folder / "current/bin/kiosk").write_text("#!/bin/false\n")
    older = str(box.versions.folder / "before" / "bin" / "kiosk")
    words = [older, *box.command()[1:], "update", "--after-falls"]
    done = subprocess.run(words, env=box.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert box.runs() == OLD and box.accounts() == {"王丽"}
    assert not (box.data / "fallen").exists()


@pytest.mark.slow
def test_who_wants_to_go_back_at_once_gets_the_store_of_before_as_well(box: Place, new_stick: Stick) -> None:
    assert box.ran("update", str(new_stick("new_form"))).returncode == 0
    back = box.ran("update", "--back")
    assert back.returncode == 0, back.stderr
    assert box.runs() == OLD and box.accounts() == {"王丽"} and box.ran("verify").returncode == 0
    assert not update_findings(box)


@pytest.mark.slow
def test_where_going_back_would_hide_what_came_since_the_version_stays_and_staff_are_told(
    box: Place, new_stick: Stick
) -> None:
    assert box.ran("update", str(new_stick("new_form"))).returncode == 0
    assert box.ran("account", "add", "赵强").returncode == 0
    fallen(box)
    refused = box.ran("update", "--after-falls", "--lang", "en")
    assert refused.returncode == 1 and "nothing was switched" in refused.stderr
    assert box.runs() == NEW and box.accounts() == {"王丽", "赵强"}
    (said,) = update_findings(box)
    assert "keeps falling" in said and NEW in said
    assert json.loads(box.ran("update", "--json").stdout)["stays"] == NEW

    program = (*box.command(), "out-of-order", "--seconds", "3600")
    with KioskTerminal(box.data, program=program, more={"PYTHONPATH": ""}) as page:
        for language in ("zh", "en"):
            page.shows(STAYS.show(language))
    assert not (box.data / "fallen").exists(), "it is asked for once, not at every start"


@pytest.mark.slow
def test_the_copy_from_before_an_update_is_gone_after_the_first_night(updated: Place) -> None:
    """What is erased at night must not lie in it."""
    assert (updated.data / "first-day" / "store.sqlite3").exists()
    assert updated.ran("tidy", "--nightly").returncode == 0
    assert not (updated.data / "first-day").exists()


@pytest.mark.slow
def test_after_the_first_day_falls_are_no_reason_to_go_back(updated: Place) -> None:
    box = updated
    day = first_day(box.versions.folder)
    assert day is not None
    over = datetime.fromisoformat(day.since) - LASTS
    note_first_day(box.versions.folder, replace(day, since=over.isoformat()))
    fallen(box)
    assert not (box.data / "fallen").exists()
    (box.data / "fallen").touch()
    assert box.ran("update", "--after-falls").returncode == 0
    assert box.runs() == NEW and not (box.data / "fallen").exists()


@pytest.mark.slow
def test_while_a_desk_is_open_it_waits_for_the_next_time(updated: Place) -> None:
    box = updated
    holding = "import fcntl, sys; file = open(sys.argv[1]); fcntl.flock(file, fcntl.LOCK_SH); "
    holding += "print(1, flush=True); input()"
    words = [sys.executable, "-c", holding, str(box.data / "store.lock")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None and desk.stdout.readline()
        fallen(box)
        refused = box.ran("update", "--after-falls")
        assert refused.returncode == 1 and box.runs() == NEW
        desk.kill()
    fallen(box)
    assert box.ran("update", "--after-falls").returncode == 0 and box.runs() == OLD


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["falls_on_a_screen", "new_form_falls_on_a_screen"])
def test_a_kiosk_whose_visits_fall_ends_after_the_page_for_staff_so_that_it_begins_with_the_version_before(
    kind: str, box: Place, new_stick: Stick, tmp_path: Path
) -> None:
    """A version that is well until somebody stands before it: nothing that an update tries has a screen.
    Where nothing could come in since, a store of a new form goes back as well.
    """
    assert box.ran("update", str(new_stick(kind))).returncode == 0
    program = (*box.command(), "run")
    watched = {"PYTHONPATH": "", "NOTIFY_SOCKET": str(tmp_path / "nobody")}
    with KioskTerminal(box.data, program=program, more=watched) as terminal:
        terminal.shows(load_catalogue("box")["out_of_order.heading"].show("zh"))
        assert terminal.wait_end(PATIENCE) == 1
    back = box.ran("update", "--after-falls")
    assert back.returncode == 0 and box.runs() == OLD, back.stderr
    assert box.accounts() == {"王丽"} and box.ran("verify").returncode == 0
    assert not (box.data / "first-day").exists()
    with KioskTerminal(box.data, program=program, more=watched) as terminal:
        terminal.shows(load_catalogue("resident")["language.heading"].show("zh")[:6])
