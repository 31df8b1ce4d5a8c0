"""A box is brought up to date from a stick: tried, switched, and gone back where the new version fails."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from tests.journeys.kiosk_terminal import KioskTerminal
from tests.update.sticks import FALLS_IN_PLACE, NEW, OLD, Maker, Place, unpacked_box, wheel

pytestmark = pytest.mark.slow
Stick = Callable[[str], Path]
STEPS = load_catalogue("update")


def left_over(box: Place) -> set[str]:
    """What an update may leave nowhere: copies of the store, versions that are not whole."""
    hidden = {path.name for path in box.data.iterdir() if path.name.startswith(".")}
    versions = {path.name for path in (box.versions.folder / "versions").iterdir()}
    return hidden | {name for name in versions if not box.versions.is_whole(name)}


def test_a_first_version_comes_into_an_empty_folder(box: Place, first_stick: Path, tmp_path: Path) -> None:
    fresh = Place(tmp_path / "fresh")
    fresh.data.mkdir(parents=True)
    command = [sys.executable, "-m", "kiosk.cli", "update", str(first_stick)]
    into = ["--into", str(fresh.versions.folder), "--data", str(fresh.data), "--config", str(box.config)]
    done = subprocess.run([*command, *into], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert fresh.versions.current == OLD
    assert subprocess.run(
        [fresh.versions.folder / "current/bin/kiosk", "--version"], capture_output=True, text=True, check=True
    ).stdout.endswith(f"{OLD}\n")


def test_a_first_version_that_fails_on_the_real_store_leaves_the_box_as_it_was(
    maker: Maker, locked: Path, tmp_path: Path
) -> None:
    box = unpacked_box(tmp_path / "box", maker)
    stick = maker.stick(tmp_path / "stick", wheel(tmp_path, NEW, FALLS_IN_PLACE), locked)

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        """By the program that lies somewhere else."""
        command = [sys.executable, "-m", "kiosk.cli", "--data", str(box.data), "--config", str(box.config)]
        return subprocess.run(
            [*command, *words], env=box.environment, capture_output=True, text=True, check=False
        )

    assert ran("account", "add", "王丽").returncode == 0
    refused = ran("update", str(stick), "--into", str(box.versions.folder))
    assert refused.returncode == 1 and "新版开不起来" in refused.stderr
    assert f"换到了 {NEW}" in refused.stdout
    assert box.versions.current == "" and not left_over(box)
    told = ran("account", "list", "--json")
    assert told.returncode == 0 and [one["name"] for one in json.loads(told.stdout)] == ["王丽"]


def test_a_new_version_is_switched_to_and_back_with_everything_in_its_place(
    box: Place, new_stick: Stick
) -> None:
    done = box.ran("update", str(new_stick("good")), "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "to go back to it: kiosk update --back" in done.stdout
    assert box.runs() == NEW and box.accounts() == {"王丽"} and not left_over(box)

    assert box.ran("account", "add", "赵强").returncode == 0
    back = box.ran("update", "--back", "--json")
    assert back.returncode == 0 and json.loads(back.stdout)["version"] == OLD
    assert box.runs() == OLD and box.accounts() == {"王丽", "赵强"}


def test_a_version_that_does_not_start_is_never_switched_to(box: Place, new_stick: Stick) -> None:
    refused = box.ran("update", str(new_stick("falls")))
    assert refused.returncode == 1 and "新版开不起来" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert box.runs() == OLD and box.accounts() == {"王丽"} and not left_over(box)


def test_a_version_that_fails_on_the_real_store_goes_back_by_itself_with_the_store(
    box: Place, new_stick: Stick
) -> None:
    refused = box.ran("update", str(new_stick("falls_in_place")))
    assert refused.returncode == 1 and "新版开不起来" in refused.stderr
    assert f"换到了 {NEW}" in refused.stdout and f"自己退回了 {OLD}" in refused.stdout
    # The new one had already changed the store: the old one opens it only if it was put back.
    assert box.runs() == OLD and box.accounts() == {"王丽"} and not left_over(box)
    assert box.ran("verify").returncode == 0


def test_days_later_a_store_of_a_newer_form_is_not_left_behind(box: Place, new_stick: Stick) -> None:
    assert box.ran("update", str(new_stick("new_form"))).returncode == 0
    assert box.ran("account", "add", "赵强").returncode == 0
    refused = box.ran("update", "--back", "--lang", "en")
    assert refused.returncode == 1 and "newer version of this program" in refused.stderr
    assert box.runs() == NEW and box.accounts() == {"王丽", "赵强"}

    # As docs/update.md says: the older program restores the backup from before into a folder of its own.
    (backup,) = (box.data / "before-update").iterdir()
    older = box.versions.path(OLD) / "bin" / "kiosk"
    apart = box.folder / "apart"
    command = [str(word) for word in (older, "restore", backup, "--keys", box.data, "--data", apart)]
    restored = subprocess.run(command, env=box.environment, capture_output=True, text=True, check=False)
    assert restored.returncode == 0, restored.stderr
    back = box.ran("--data", str(apart), "update", "--back")
    assert back.returncode == 0, back.stderr
    assert box.runs() == OLD
    told = box.ran("--data", str(apart), "account", "list", "--json").stdout
    assert {one["name"] for one in json.loads(told)} == {"王丽"}


def test_while_a_screen_is_open_nothing_begins(box: Place, new_stick: Stick) -> None:
    program = (*box.command(), "run")
    with KioskTerminal(box.data, "--demo", program=program, more={"PYTHONPATH": ""}) as terminal:
        terminal.press_until("1", lambda text: "办事情" in text, "the five doors")
        refused = box.ran("update", str(new_stick("good")))
    assert refused.returncode == 1 and "请先都关掉" in refused.stderr
    assert box.versions.current == OLD and not left_over(box)


@pytest.mark.parametrize("step", ["backed_up", "copied", "made", "switched"])
def test_killed_at_any_step_one_whole_version_runs(box: Place, new_stick: Stick, step: str) -> None:
    words = re.sub(r"\\\{\w+\\\}", ".+", re.escape(STEPS[f"step.{step}"].show("en")))
    update = subprocess.Popen(
        box.command("update", str(new_stick("new_form")), "--lang", "en"),
        env=box.environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert update.stdout is not None
    seen = next((line for line in update.stdout if re.fullmatch(words, line.strip())), None)
    os.killpg(update.pid, signal.SIGKILL)
    update.wait()
    update.stdout.close()
    assert seen is not None

    running, lying = (NEW, {OLD, NEW}) if step == "switched" else (OLD, {OLD})
    assert box.runs() == running and box.accounts() == {"王丽"}
    told = "程序更新" in box.ran("check", "--no-report").stdout
    assert told == (step == "switched")
    settled = box.ran("update", "--json")
    assert settled.returncode == 0, settled.stderr
    assert json.loads(settled.stdout)["version"] == running
    assert {path.name for path in (box.versions.folder / "versions").iterdir()} == lying
    assert box.runs() == running and box.accounts() == {"王丽"} and not left_over(box)


def test_what_is_on_the_stick_has_to_be_signed_newer_and_whole(
    box: Place, maker: Maker, first_stick: Path, tmp_path: Path
) -> None:
    def refused(stick: Path) -> str:
        done = box.ran("update", str(stick))
        assert done.returncode == 1 and box.versions.current == OLD and not left_over(box)
        return done.stderr

    assert "不比现在的" in refused(first_stick)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "不是一份更新" in refused(empty)


def test_after_a_power_cut_while_somebody_wrote_an_update_is_made_all_the_same(
    box: Place, new_stick: Stick
) -> None:
    """What was written last lies in a log beside the store until somebody has opened it again."""
    with KioskTerminal(box.data, "--demo", program=(*box.command(), "run"), more={"PYTHONPATH": ""}) as open_:
        open_.press_until("1", lambda text: "办事情" in text, "the five doors")
        assert box.ran("account", "add", "赵强").returncode == 0
        for name in ("store.sqlite3", "store.sqlite3-wal"):
            shutil.copy(box.data / name, box.folder / name)
    for name in ("store.sqlite3", "store.sqlite3-wal"):
        shutil.copy(box.folder / name, box.data / name)
    assert (box.data / "store.sqlite3-wal").stat().st_size
    done = box.ran("update", str(new_stick("good")))
    assert done.returncode == 0, done.stdout + done.stderr
    assert box.runs() == NEW and box.accounts() == {"王丽", "赵强"}
