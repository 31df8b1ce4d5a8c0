"""`kiosk keys` as a manager meets it, from an open box to a sheet in the safe."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.security.staff_keys import Stretch
from kiosk.store import open_store
from tests.store.people import WallClock, application, shipped_calendar

Run = Callable[..., Result]
SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on this box; stretching a PIN is cheap here."""
    monkeypatch.setattr("kiosk.security.custody.Stretch", lambda: Stretch(1, 8, 1))
    settings = tmp_path / "kiosk.toml"
    shipped = Path("kiosk.toml").read_text(encoding="utf-8")
    stick = f'key_stick = "{tmp_path}/stick-*"'
    settings.write_text(shipped.replace('key_stick = ""', stick), encoding="utf-8")

    def command(*words: str, typed: str = "") -> Result:
        where = ["--config", str(settings), "--data", str(tmp_path / "state")]
        return CliRunner().invoke(main, [*where, *words], input=typed)

    return command


def pin_of(run: Run, name: str, role: str = "staff") -> str:
    told = json.loads(run("account", "add", name, "--role", role, "--json").output)
    return str(told["pin"])


def status(run: Run) -> dict[str, object]:
    told: dict[str, object] = json.loads(run("keys", "status", "--json").output)
    return told


def test_a_box_goes_from_open_to_locked_and_a_colleague_is_let_in(run: Run, tmp_path: Path) -> None:
    zhou, wang = pin_of(run, "周洁", "manager"), pin_of(run, "王丽")
    assert "unprotected" in run("keys", "status").output
    made = run("keys", "make", "周洁", "--stick", str(tmp_path / "stick-zhou"), typed=f"{zhou}\n")
    assert made.exit_code == 0, made.output
    assert zhou not in made.output
    stick = ("--stick", str(tmp_path / "stick-wang"))
    admitted = run("keys", "admit", "王丽", "--by", "周洁", *stick, typed=f"{zhou}\n{wang}\n")
    assert admitted.exit_code == 0, admitted.output
    told = status(run)
    assert (told["protected"], told["pin_alone"], told["recovery_sheet"]) == (True, [], False)
    assert [key["holders"] for key in told["keys"]] == [["周洁", "王丽"]] * 2  # type: ignore[attr-defined]


def test_at_a_kiosk_of_a_hub_it_is_said_that_the_desk_is_elsewhere(run: Run, tmp_path: Path) -> None:
    settings = tmp_path / "kiosk.toml"
    alone = run("account", "add", "王丽")
    assert "kiosk of a hub" not in alone.output
    settings.write_text(
        SITE + '[hub]\naddress = "postgresql://bb_kiosk_east_1@hub.example/bangban"\n', encoding="utf-8"
    )
    for words in (("account", "add", "周洁", "--role", "manager"), ("keys", "make", "周洁")):
        assert "kiosk of a hub" in run(*words, typed="000000\n").output
    settings.write_text(SITE, encoding="utf-8")
    assert "kiosk of a hub" not in run("account", "add", "李静").output


def test_the_sheet_is_a_file_of_its_owner_and_opens_the_box_again(run: Run, tmp_path: Path) -> None:
    zhou = pin_of(run, "周洁", "manager")
    run("keys", "make", "周洁", "--stick", str(tmp_path / "stick-zhou"), typed=f"{zhou}\n")
    out = tmp_path / "sheet.pdf"
    made = run("keys", "recovery-sheet", "--by", "周洁", "--out", str(out), typed=f"{zhou}\n")
    assert made.exit_code == 0, made.output
    assert out.read_bytes().startswith(b"%PDF")
    assert out.stat().st_mode & 0o077 == 0
    assert status(run)["recovery_sheet"] is True
    wrong = run("keys", "recover", "周洁", typed=f"ABCDE\n{zhou}\n")
    assert wrong.exit_code == 1
    assert "recovery code" in wrong.output
    assert "Traceback" not in wrong.output


def test_a_pin_alone_is_refused_with_what_to_do(run: Run) -> None:
    zhou = pin_of(run, "周洁", "manager")
    refused = run("keys", "make", "周洁", typed=f"{zhou}\n")
    assert refused.exit_code == 1
    assert "pin_alone" in refused.output
    assert status(run)["protected"] is False


def test_a_wrong_pin_makes_nothing(run: Run, tmp_path: Path) -> None:
    zhou = pin_of(run, "周洁", "manager")
    other = f"{(int(zhou) + 1) % 10**6:06d}"
    stick = tmp_path / "stick-zhou"
    refused = run("keys", "make", "周洁", "--stick", str(stick), typed=f"{other}\n")
    assert refused.exit_code == 1
    assert not stick.exists()
    assert status(run)["protected"] is False


def test_a_file_on_the_stick_that_is_no_key_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    zhou = pin_of(run, "周洁", "manager")
    stick = tmp_path / "stick-photos"
    stick.write_text("holiday", encoding="ascii")
    refused = run("keys", "make", "周洁", "--stick", str(stick), typed=f"{zhou}\n")
    assert refused.exit_code == 1
    assert stick.read_text(encoding="ascii") == "holiday"


def test_a_command_without_a_key_says_that_the_case_is_sealed(run: Run, tmp_path: Path) -> None:
    zhou = pin_of(run, "周洁", "manager")
    run("keys", "make", "周洁", "--stick", str(tmp_path / "stick-zhou"), typed=f"{zhou}\n")
    store = open_store(tmp_path / "state", clock=WallClock(), calendar=shipped_calendar())
    number = store.submit(application()).number
    store.close()
    shown = run("case", "show", number)
    assert shown.exit_code == 1
    assert "sealed" in shown.output
    assert number in run("case", "list").output


def test_the_morning_check_says_how_it_is_with_the_keys(run: Run, tmp_path: Path) -> None:
    assert "kiosk keys make" in run("check", "--no-report", "--lang", "en").output
    zhou = pin_of(run, "周洁", "manager")
    run("keys", "make", "周洁", "--stick", str(tmp_path / "stick-zhou"), typed=f"{zhou}\n")
    told = run("check", "--no-report", "--lang", "en").output
    assert "kiosk keys recovery-sheet" in told
    assert "SQLite 3." in told
