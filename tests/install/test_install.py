"""`kiosk install` and `kiosk uninstall` on boxes that lie in a folder: what is written, stays and goes."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.config import load_settings
from kiosk.install.plan import DATA
from kiosk.store.heads import NOTED

PROGRAM = "/opt/bangban/current/bin/kiosk"
SHELLS = ("x11", "sway", "console")
UNIT = "etc/systemd/system/bangban.service"


def needed(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A machine on which nothing is yet."""
    needed("systemd-sysusers")
    root = tmp_path / "box"
    root.mkdir()
    return root


def kiosk(command: str, box: Path, *words: str) -> Result:
    program = ["--program", PROGRAM] if command == "install" and "--program" not in words else []
    return CliRunner().invoke(main, [command, "--root", str(box), "--lang", "en", *program, *words])


def installed(box: Path, *words: str) -> Result:
    done = kiosk("install", box, *words)
    assert done.exit_code == 0, done.output
    return done


def there(box: Path) -> dict[str, bytes]:
    """Every file and link, by its path on the box."""
    found = {}
    for path in sorted(box.rglob("*")):
        if path.is_symlink() or path.is_file():
            content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
            found[f"/{path.relative_to(box)}"] = content
    return found


OF_THE_ACCOUNTS = {"/etc/.pwd.lock", "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow"}
"""What systemd-sysusers writes; other accounts stand in it, too."""


@pytest.mark.parametrize("shell", SHELLS)
def test_the_dry_run_lists_exactly_what_is_written_and_touches_nothing(shell: str, box: Path) -> None:
    dry = kiosk("install", box, "--dry-run", "--shell", shell, "--json")
    assert dry.exit_code == 0, dry.output
    assert list(box.iterdir()) == []
    listed = {one["name"] for one in json.loads(dry.output) if one["kind"] in ("file", "link")}
    installed(box, "--shell", shell)
    assert {*there(box)} - OF_THE_ACCOUNTS == listed


@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_is_left_open_in_a_template(shell: str, box: Path) -> None:
    installed(box, "--shell", shell, "--reader", "1A86:7523")
    for path, content in there(box).items():
        if path not in OF_THE_ACCOUNTS and path != "/etc/bangban/kiosk.toml":
            assert not [word for word in content.decode().split("@")[1::2] if word.isidentifier()], path


@pytest.mark.parametrize("shell", SHELLS)
def test_systemd_takes_the_units(shell: str, box: Path) -> None:
    needed("systemd-analyze")
    installed(box, "--shell", shell)
    for program in (PROGRAM, "/usr/bin/sway", "/usr/bin/kmscon", "/usr/bin/sh", "/usr/bin/python3"):
        place = box / program.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("#!/bin/sh\n", encoding="utf-8")
        place.chmod(0o755)
    system = box / "usr/lib/systemd/system"
    shutil.copytree("/usr/lib/systemd/system", system, symlinks=True)
    for merged in ("bin", "lib"):
        (box / merged).symlink_to(f"usr/{merged}")
    units = [path.name for path in (box / UNIT).parent.glob("bangban*") if path.is_file()]
    assert len(units) == 8
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"--root={box}", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0 and "bangban" not in told.stderr, told.stderr
    # and it would say so
    (box / UNIT).write_text((box / UNIT).read_text() + "\n[Service]\nWatchdogTime=1\n", encoding="utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"--root={box}", "bangban.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "WatchdogTime" in told.stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_the_watchdog_is_fed_by_whoever_runs_inside_the_terminal(shell: str, box: Path) -> None:
    """PAMName= would move it into a unit of its own, to which nobody listens."""
    installed(box, "--shell", shell)
    lines = (box / UNIT).read_text(encoding="utf-8").splitlines()
    assert {"Type=notify", "NotifyAccess=all", "WatchdogSec=30", "Restart=always", "RestartSec=2"} <= {*lines}
    assert {"StartLimitBurst=3", "StartLimitIntervalSec=800", "OnFailure=bangban-out-of-order.service"} <= {
        *lines
    }
    assert not [line for line in lines if line.startswith("PAMName=")]


def test_what_is_not_said_again_stays_as_it_was_chosen(box: Path) -> None:
    installed(box, "--shell", "sway", "--reader", "1a86:7523", "--morning", "06:10", "--backups", "/mnt/disk")
    before = there(box)
    installed(box)
    assert there(box) == before
    installed(box, "--morning", "07:00")
    changed = {path for path, content in there(box).items() if content != before.get(path)}
    assert changed == {"/etc/bangban/installed.json", "/etc/systemd/system/bangban-morning.timer"}


def test_folders_have_their_modes_and_belong_to_the_account(box: Path) -> None:
    installed(box)
    passwd = (box / "etc/passwd").read_text(encoding="utf-8")
    user = next(line for line in passwd.splitlines() if line.startswith("bangban:")).split(":")
    assert user[6] == "/usr/sbin/nologin"
    for path, mode in (
        ("var/lib/bangban/data", 0o700),
        ("var/backups/bangban", 0o700),
        ("etc/bangban", 0o755),
    ):
        found = (box / path).stat()
        assert stat.S_IMODE(found.st_mode) == mode, path
        if os.geteuid() == 0:
            assert found.st_uid == (0 if path.startswith("etc") else int(user[2])), path
    assert stat.S_IMODE((box / "usr/local/sbin/bangban").stat().st_mode) == 0o755


def test_the_settings_can_be_used_and_name_the_backups(box: Path) -> None:
    installed(box, "--backups", "/mnt/disk/bangban")
    assert load_settings(box / "etc/bangban/kiosk.toml").upkeep.backups == "/mnt/disk/bangban"


def test_logs_are_cut_and_what_the_books_are_compared_with_is_not(box: Path) -> None:
    installed(box)
    rules = (box / "etc/logrotate.d/bangban").read_text(encoding="utf-8")
    (line,) = (one for one in rules.splitlines() if one.endswith("{"))
    names = ("kiosk.log", "desk.log", "waiting-screen.log", NOTED)
    cut = {name for name in names for one in line.split()[:-1] if Path(DATA, name).match(one)}
    assert cut == {*names} - {NOTED}


def test_doing_it_again_changes_nothing(box: Path) -> None:
    installed(box)
    before = there(box)
    again = installed(box, "--json")
    assert there(box) == before
    how = {one["how"] for one in json.loads(again.output) if one["name"] != "/etc/bangban/installed.json"}
    assert how <= {"same", "run", "later"}


def test_a_file_that_somebody_changed_stays_and_ours_lies_beside_it(box: Path) -> None:
    installed(box)
    settings = box / "etc/bangban/kiosk.toml"
    settings.write_text("[site]\n", encoding="utf-8")
    again = installed(box)
    assert settings.read_text(encoding="utf-8") == "[site]\n"
    assert load_settings(settings.with_name("kiosk.toml.dpkg-new")).upkeep.backups == "/var/backups/bangban"
    assert "somebody has changed it" in again.output


def test_what_nobody_changed_is_renewed(box: Path) -> None:
    installed(box, "--morning", "05:30")
    installed(box, "--morning", "06:15")
    assert "06:15" in (box / "etc/systemd/system/bangban-morning.timer").read_text(encoding="utf-8")
    assert not list(box.rglob("*.dpkg-*"))


def test_another_way_to_the_screen_takes_the_first_one_away(box: Path) -> None:
    installed(box, "--shell", "x11")
    installed(box, "--shell", "sway")
    assert "sway" in (box / UNIT).read_text(encoding="utf-8")
    assert not (box / "etc/X11/Xwrapper.config").exists()
    assert (box / "etc/bangban/sway.conf").exists()


def test_a_file_of_the_system_gives_way_and_comes_back(box: Path) -> None:
    wrapper = box / "etc/X11/Xwrapper.config"
    wrapper.parent.mkdir(parents=True)
    wrapper.write_text("allowed_users=console\n", encoding="utf-8")
    installed(box)
    assert "needs_root_rights=yes" in wrapper.read_text(encoding="utf-8")
    installed(box)
    assert kiosk("uninstall", box).exit_code == 0
    assert wrapper.read_text(encoding="utf-8") == "allowed_users=console\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_uninstalling_removes_exactly_that_and_keeps_what_people_handed_in(shell: str, box: Path) -> None:
    (box / "etc/sysctl.d").mkdir(parents=True)
    (box / "etc/sysctl.d/10-own.conf").write_text("# of somebody else\n", encoding="utf-8")
    installed(box, "--shell", shell)
    (box / "var/lib/bangban/data/store.sqlite3").write_text("cases", encoding="utf-8")
    (box / "var/backups/bangban/one").write_text("copy", encoding="utf-8")
    done = kiosk("uninstall", box)
    assert done.exit_code == 0, done.output
    assert {*there(box)} - OF_THE_ACCOUNTS == {
        "/etc/sysctl.d/10-own.conf",
        "/var/lib/bangban/data/store.sqlite3",
        "/var/backups/bangban/one",
    }
    assert "kept: /var/lib/bangban/data" in done.output
    assert not (box / "etc/bangban").exists() and not (box / "usr").exists()


def test_uninstalling_with_the_data_leaves_the_backups(box: Path) -> None:
    installed(box)
    (box / "var/lib/bangban/data/store.sqlite3").write_text("cases", encoding="utf-8")
    (box / "var/backups/bangban/one").write_text("copy", encoding="utf-8")
    refused = CliRunner().invoke(main, ["uninstall", "--root", str(box), "--data-too"], input="n\n")
    assert refused.exit_code == 1 and (box / UNIT).exists()
    done = kiosk("uninstall", box, "--data-too", "--yes")
    assert done.exit_code == 0, done.output
    assert not (box / "var/lib/bangban").exists()
    assert (box / "var/backups/bangban/one").exists()


def test_what_somebody_changed_is_kept_under_a_name_that_nothing_reads(box: Path) -> None:
    installed(box)
    (box / UNIT).write_text("[Unit]\n", encoding="utf-8")
    dry = kiosk("uninstall", box, "--dry-run", "--json")
    assert json.loads(dry.output)["changed"] == [f"/{UNIT}"] and (box / UNIT).exists()
    done = kiosk("uninstall", box)
    assert not (box / UNIT).exists()
    assert (box / f"{UNIT}.dpkg-old").read_text(encoding="utf-8") == "[Unit]\n"
    assert "bangban.service.dpkg-old" in done.output


def test_cut_off_anywhere_it_goes_on_and_takes_nothing_for_somebody_elses(
    box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.install.machine import Machine

    installed(box, "--morning", "05:30")
    write, left = Machine.write, 0

    def cut_off(machine: Machine, *words: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        write(machine, *words)

    monkeypatch.setattr(Machine, "write", cut_off)
    for writes in range(8):
        left = writes
        kiosk("install", box, "--morning", f"06:{writes:02}", "--night", f"01:{writes:02}", "--shell", "sway")
    monkeypatch.setattr(Machine, "write", write)
    installed(box, "--morning", "07:00", "--shell", "sway")
    assert not list(box.rglob("*.dpkg-*"))
    assert kiosk("uninstall", box).exit_code == 0
    assert {*there(box)} <= OF_THE_ACCOUNTS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reader", "1a86"], "kiosk reader list"),
        (["--morning", "25:00"], "05:30"),
        (["--program", "/opt/two words/kiosk"], "no spaces"),
        (["--backups", "/mnt/50%"], "no spaces"),
    ],
)
def test_what_would_mean_something_else_is_refused(words: list[str], said: str, box: Path) -> None:
    refused = kiosk("install", box, *words)
    assert refused.exit_code != 0 and said in refused.output
    assert list(box.iterdir()) == []


def test_a_machine_with_a_desktop_is_told_to_switch_it_off(box: Path) -> None:
    desktop = box / "etc/systemd/system/display-manager.service"
    desktop.parent.mkdir(parents=True)
    desktop.symlink_to("/lib/systemd/system/gdm3.service")
    refused = kiosk("install", box)
    assert refused.exit_code == 1 and "systemctl disable --now" in refused.output


def test_where_nothing_was_installed_there_is_nothing_to_take_away(box: Path) -> None:
    refused = kiosk("uninstall", box)
    assert refused.exit_code == 1 and "Nothing was installed" in refused.output


def test_a_data_folder_that_leads_elsewhere_is_not_followed(box: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o755)
    (box / "var/lib/bangban").mkdir(parents=True)
    (box / "var/lib/bangban/data").symlink_to(elsewhere)
    refused = kiosk("install", box)
    assert refused.exit_code == 1 and "/var/lib/bangban/data" in refused.output
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o755
