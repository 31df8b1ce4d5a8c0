"""The project installed with pip on a machine that has no checkout: everything it needs has come along."""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kiosk import __version__
from tests.journeys.kiosk_terminal import CTRL_Q, KioskTerminal
from tests.packaging.built import ROOT, bare_environment, build, elsewhere, install

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def kiosk(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(bare_environment(tmp_path_factory.mktemp("environment")), built[1])


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which no checkout is to be seen."""
    folder = tmp_path / "far"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def ran(kiosk: Path, far: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [kiosk, *words], env=elsewhere(far), cwd=far, capture_output=True, text=True, check=False
    )


def test_what_is_installed_says_its_version_and_is_not_the_checkout(kiosk: Path, far: Path) -> None:
    told = ran(kiosk, far, "--version")
    assert told.stdout.strip() == f"kiosk, version {__version__}", told.stderr
    asked = "import kiosk, screens, voice; print(kiosk.__file__, screens.__file__, voice.__file__)"
    places = subprocess.run(
        [kiosk.with_name("python"), "-c", asked],
        env=elsewhere(far),
        cwd=far,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert len(places) == 3 and not any(place.startswith(str(ROOT)) for place in places), places


def test_the_shipped_services_pass_the_check_there(kiosk: Path, far: Path) -> None:
    checked = ran(kiosk, far, "service", "check", "--lang", "en")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    files = len([*(ROOT / "data" / "services").rglob("*.toml")])
    assert 1 < int(checked.stdout.removeprefix("Files: ").split(".")[0]) <= files, checked.stdout
    assert "elderly-allowance" in ran(kiosk, far, "ask", "高龄津贴怎么办", "--demo", "--json").stdout


def test_the_morning_check_runs_there(kiosk: Path, far: Path) -> None:
    checked = ran(kiosk, far, "check", "--json", "--no-report", "--data", str(far / "data"))
    states = {one["part"]: one["state"] for one in json.loads(checked.stdout)["findings"]}
    assert states["settings"] == states["store"] == "good", checked.stderr


def test_the_first_page_shows_on_a_terminal_there(kiosk: Path, far: Path) -> None:
    more = {**elsewhere(far), "PYTHONPATH": ""}
    with KioskTerminal(far / "data", "--demo", program=(str(kiosk), "run"), more=more) as terminal:
        terminal.until(lambda text: "中文" in text and "English" in text, what="the first page")
        terminal.press_until("1", lambda text: "办事情" in text, "the five doors")
        terminal.press(CTRL_Q)
        assert terminal.wait_end() == 0


def test_a_whole_visit_and_the_desk_run_there(kiosk: Path, far: Path) -> None:
    walked = ran(kiosk, far, "demo", "--json")
    assert walked.returncode == 0, walked.stdout[-2000:] + walked.stderr
    assert json.loads(walked.stdout)["case"]["number"]


def test_everything_shipped_is_in_the_wheel(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as wheel:
        names = set(wheel.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "data", "kiosk", "screens", "voice", "kiosk.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if tracked.returncode:
        pytest.skip("this is no git checkout: what belongs to the project cannot be listed")
    there = [name for name in tracked.stdout.splitlines() if (ROOT / name).is_file()]
    shipped = {re.sub(r"^(data/|kiosk\.toml$)", r"kiosk/_data/\1", name) for name in there}
    wanted = {name.replace("kiosk/_data/data/", "kiosk/_data/") for name in shipped}
    assert wanted <= names, sorted(wanted - names)
    strangers = {name for name in names if name.split("/")[0] not in {"kiosk", "screens", "voice"}}
    assert all(".dist-info/" in name for name in strangers), strangers


def test_the_source_archive_has_what_people_read_and_what_is_tested(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    asked_for = ["README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "docs/helper.md", "script/setup"]
    locks = ["requirements.lock", "requirements-dev.lock"]
    tests = [Path(__file__).relative_to(ROOT).as_posix(), "tests/conftest.py", "kiosk.toml"]
    assert {*asked_for, *locks, *tests} <= names
    assert not [name for name in names if name.endswith(".pyc") or name.startswith((".venv", ".git/"))]


def test_built_again_from_the_archive_it_is_the_same_to_the_byte(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    with tarfile.open(built[0]) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], capture_output=True, check=True)
    (again,) = tmp_path.glob("*.whl")
    assert again.read_bytes() == built[1].read_bytes()


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name))


def test_all_that_it_asks_for_is_locked_at_a_version_that_will_do(built: tuple[Path, Path]) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"(?m)^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)", lock))
    for text in metadata(built[1]).get_all("Requires-Dist", []):
        need = Requirement(text)
        if need.marker is None:
            assert need.specifier.contains(pinned[canonicalize_name(need.name)]), text


def test_the_version_is_told_to_people_in_the_changelog(built: tuple[Path, Path]) -> None:
    assert metadata(built[1])["Version"] == __version__
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"(?m)^## (\S+)", text)
    assert newest is not None and newest[1] == __version__
