"""The walls of the house: who loads what, what the tree may hold, and what the built package contains."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

import kiosk.cli
import kiosk.flow
from kiosk.devices.family import SERIAL_PROTOCOLS

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("textual", "sqlite3", "sqlite_utils", "sqlcipher3", "serial", "sounddevice", "pyttsx3")
PURE = (
    "kiosk/text.py",
    "kiosk/flow",
    "kiosk/services/model.py",
    "kiosk/cases",
    *(f"kiosk/identity/{name}.py" for name in ("card", "content", "id_number", "record", "social_card")),
    *(f"kiosk/devices/{protocol}" for protocol in SERIAL_PROTOCOLS),
    "kiosk/devices/line.py",
)
CLOCK_AND_FILE_CALLS = {
    *("open", "read_text", "write_text", "read_bytes", "write_bytes", "data_file", "load_catalogue"),
    *("read_catalogue", "now", "today", "utcnow", "monotonic", "perf_counter", "sleep"),
}


@cache
def tracked_files() -> tuple[Path, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    return tuple(ROOT / name for name in listed if name and (ROOT / name).is_file())


def modules_of(package_name: str) -> list[str]:
    package = importlib.import_module(package_name)
    found = pkgutil.walk_packages(package.__path__, package_name + ".")
    return [package_name, *(module.name for module in found)]


def loaded_by(statement: str) -> set[str]:
    """Names of the top-level packages that a fresh Python holds after `statement`."""
    program = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return set(done.stdout.split())


def test_the_flow_can_be_used_without_a_terminal_a_store_or_a_device() -> None:
    imports = "import " + ", ".join(modules_of("kiosk.flow"))
    assert not loaded_by(imports) & set(HEAVY)


def test_asking_for_help_loads_no_screen_no_store_and_no_sound() -> None:
    assert not loaded_by("import kiosk.cli") & {*HEAVY, "pydantic", "screens", "voice"}


def test_the_first_page_waits_for_no_service_file_no_store_and_no_voice() -> None:
    """What a service is checked with alone costs a third of a small screen's start."""
    unwanted = {*HEAVY, "pydantic", "voice", "vosk", "numpy"} - {"textual"}
    assert not loaded_by("import screens.resident.app") & unwanted


def pure_sources() -> Iterator[Path]:
    for name in PURE:
        place = ROOT / name
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def called_name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
    return ""


@pytest.mark.parametrize("source", list(pure_sources()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_pure_core_opens_no_file_and_looks_at_no_clock(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [
        f"line {call.lineno}: {called_name(call)}"
        for call in calls
        if called_name(call) in CLOCK_AND_FILE_CALLS
    ]
    assert found == []


# Written in halves, so that this file passes its own test.
UNWANTED_EVERYWHERE = {
    "a package registry's host": re.compile(r"(?:pypi|pythonhosted|deb\.debian|registry\.npmjs)" + r"\.org"),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|home/\w+)" + r"/[\w.]"),
    "a path outside the project": re.compile(r"\.\./sha" + r"red/|\.libr" + r"ary/"),
    "a word about how it was written": re.compile(
        r"(?i)clau" + r"de|anthro" + r"pic|chat" + r"gpt|copi" + r"lot"
    ),
    "an unfinished place": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b"),
}
BINARY = {".png", ".wav", ".bmp", ".bin", ".ttf", ".otf", ".gz", ".zip"}
# Permits of Hong Kong, Macao and Taiwan (81 to 83) share one region code each, so they are not looked at.
LIVING_REGION_CODES = re.compile(
    r"(?<!\d)(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)\d{4}(?:19|20)\d{2}"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)


def readable_files() -> Iterator[tuple[str, str]]:
    for path in tracked_files():
        if path.suffix not in BINARY:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", UNWANTED_EVERYWHERE)
def test_no_file_of_the_project_holds(what: str) -> None:
    pattern = UNWANTED_EVERYWHERE[what]
    found = [
        f"{name}:{number}"
        for name, words in readable_files()
        for number, line in enumerate(words.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_no_identity_number_in_the_project_could_belong_to_anyone() -> None:
    """Region codes of our examples do not exist. The vectors are the standards' own examples."""
    found = [
        f"{name}:{number}"
        for name, words in readable_files()
        if not name.endswith(".lock") and "/vectors/" not in name
        for number, line in enumerate(words.splitlines(), 1)
        if LIVING_REGION_CODES.search(line)
    ]
    assert found == []


def commands_below(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child_name in command.list_commands(context):
            child = command.get_command(context, child_name)
            assert child is not None, f"{name} lists {child_name} and cannot load it"
            yield from commands_below(child, f"{name} {child_name}")


@pytest.mark.parametrize("name", kiosk.cli.main.list_commands(click.Context(kiosk.cli.main)))
def test_every_command_says_what_it_does_and_what_each_option_means(name: str) -> None:
    top = kiosk.cli.main.get_command(click.Context(kiosk.cli.main), name)
    assert top is not None
    for full_name, command in commands_below(top, f"kiosk {name}"):
        assert command.help, f"{full_name} has no help text"
        options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
        assert [option.opts for option in options if not option.help] == [], full_name


@pytest.mark.slow
def test_the_built_package_carries_the_shipped_files_and_no_tests(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        ".",
    ]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("bangban-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "kiosk/_data/kiosk.toml" in names
    shipped = {
        path.relative_to(ROOT / "data").as_posix()
        for path in tracked_files()
        if path.is_relative_to(ROOT / "data")
    }
    assert shipped
    assert {f"kiosk/_data/{name}" for name in shipped} <= set(names)
    assert not [name for name in names if name.startswith(("data/", "tests/", "bench/"))]
