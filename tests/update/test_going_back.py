"""Going back with the store: nothing is lost to somebody who comes in meanwhile, to a program that hangs, or
to a plug that is pulled in the middle.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.update.first_day import Became, FirstDay, first_day, mark, note_first_day
from kiosk.update.program import AT_A_START, ProgramUpdate
from kiosk.update.refused import Refused
from kiosk.update.store_copy import STORE, keep_copy, keep_for_first_day, put_back_of_first_day
from kiosk.update.trial import Box
from kiosk.update.versions import Switch, Versions
from tests.update.sticks import NEW, OLD, ROOT

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
PROMPT, HANGS = "", "exec sleep 600"
FOUND = {"part": "store", "state": "bad", "zh": "读不了", "en": "cannot be read"}


@dataclass(frozen=True, slots=True)
class Made:
    """A box on the day of an update that has changed the form of the store, with programs of a few lines."""

    versions: Versions
    data: Path

    def program(self, version: str, begins: str = PROMPT) -> None:
        """The older one reads its own form of the store alone; the digest of this store is all of it."""
        kiosk = self.versions.path(version) / "bin" / "kiosk"
        kiosk.parent.mkdir(parents=True, exist_ok=True)
        found, good = (json.dumps({"findings": [{**FOUND, "state": state}]}) for state in ("bad", "good"))
        kiosk.write_text(
            f'#!/bin/sh\n{begins}\n[ "$3" != verify ] || exec cat "$2/{STORE}"\n'
            f"if grep -q new \"$2/{STORE}\"; then echo '{found}'; else echo '{good}'; fi\n"
        )
        kiosk.chmod(0o755)

    def after_falls(self, longest: float = AT_A_START) -> str:
        mark(self.data)
        box = Box(self.data, None, longest)
        return ProgramUpdate(self.versions, box, lambda *_, **__: None, lambda: NOON).after_falls()

    def became(self) -> Became:
        day = first_day(self.versions.folder)
        assert day is not None
        return day.became

    @property
    def store(self) -> str:
        return (self.data / STORE).read_text()

    @property
    def copies(self) -> Mapping[str, str]:
        return {str(path.relative_to(self.data)): path.read_text() for path in self.data.glob("*/*")}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    box = Made(Versions(tmp_path / "program"), tmp_path / "data")
    box.data.mkdir(mode=0o700)
    for name, told in {STORE: "old form", "store.lock": "", "heads.log": "old heads"}.items():
        (box.data / name).write_text(told)
    keep_copy(box.data)
    keep_for_first_day(box.data)
    (box.data / STORE).write_text("new form")
    (box.data / "heads.log").write_text("new heads")
    for version in (OLD, NEW):
        box.program(version)
        box.versions.finish(version)
    box.versions.switch(NEW)
    box.versions.note(Switch(OLD, NEW, good=True))
    note_first_day(box.versions.folder, FirstDay(NEW, NOON.isoformat(), store="new form"))
    return box


def test_where_nobody_has_done_anything_the_store_goes_back_and_leaves_nothing_lying(made: Made) -> None:
    assert made.after_falls() == OLD
    assert (made.versions.current, made.became()) == (OLD, Became.FELL)
    assert (made.store, (made.data / "heads.log").read_text()) == ("old form", "old heads")
    assert not made.copies and not [path for path in made.data.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("hangs", [OLD, NEW])
def test_a_program_that_takes_too_long_decides_nothing_and_the_next_time_it_may_go(
    hangs: str, made: Made
) -> None:
    """The one before at its check, or the one that runs at its digest."""
    made.program(hangs, HANGS)
    with pytest.raises(Refused) as refused:
        made.after_falls(longest=1)
    assert refused.value.code == "hangs"
    assert (made.versions.current, made.became(), made.store) == (NEW, Became.RUNS, "new form")
    made.program(hangs)
    assert made.after_falls() == OLD and made.store == "old form"


def test_all_of_it_fits_into_the_time_that_a_unit_waits_for_a_start() -> None:
    """And leaves a sixth of it to what is between the three commands."""
    units = [path.read_text(encoding="utf-8") for path in (ROOT / "data" / "install").glob("*.service")]
    waits = [
        int(line.partition("=")[2])
        for unit in units
        if "/go-back" in unit
        for line in unit.splitlines()
        if line.startswith("TimeoutStartSec=")
    ]
    assert len(waits) == 3 and min(waits) * 5 / 6 >= 3 * AT_A_START


def test_a_plug_pulled_before_the_switch_leaves_the_copy_so_that_it_can_be_done_again(made: Made) -> None:
    class Pulled(BaseException):
        """Nothing catches it."""

    def pulled() -> None:
        raise Pulled

    with suppress(Pulled):
        put_back_of_first_day(made.data, lambda _: True, pulled)
    assert made.store == "old form" and made.versions.current == NEW
    # The version that still runs brings the store into its form once more.
    (made.data / STORE).write_text("new form")
    assert made.after_falls() == OLD
    assert made.store == "old form" and not made.copies


def test_what_is_compared_is_what_is_put_away(made: Made) -> None:
    """From the look at every row until the switch nobody can open the store and write into it."""
    seen = []

    def somebody_comes() -> bool:
        handle = os.open(made.data / "store.lock", os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(handle)
        return True

    def unchanged(data: Path) -> bool:
        seen.extend([(data / STORE).read_text(), somebody_comes()])
        return True

    assert put_back_of_first_day(made.data, unchanged, lambda: seen.append(somebody_comes()))
    assert seen == ["new form", False, False]


def test_what_lies_in_the_log_beside_the_store_is_compared_too(made: Made) -> None:
    """A kiosk that was killed has left there what came in last."""
    (made.data / f"{STORE}-wal").write_text("a case")
    with_log = []

    def unchanged(data: Path) -> bool:
        with_log.append((data / f"{STORE}-wal").read_text())
        return False

    assert not put_back_of_first_day(made.data, unchanged, lambda: None)
    assert with_log == ["a case"] and made.store == "new form"
