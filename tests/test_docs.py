"""What the pages for people say is so: commands, options, settings, keys, links and pictures."""

from __future__ import annotations

import dataclasses
import re
import shlex
import typing
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlparse

import click
import pytest

from kiosk.cli import main
from kiosk.config import Settings
from screens.keys import ANYWHERE, OUTSIDE_A_FIELD, REPEAT_GUARDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "bench" / "README.md", *sorted((ROOT / "docs").glob("*.md")))
COMMANDS_PAGE = ROOT / "docs" / "commands.md"
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
BY_NAME = {page.relative_to(ROOT).as_posix(): page for page in PAGES}

KEY_NAMES = {
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    "Esc": "escape",
    "*": "asterisk",
    "/": "slash",
    ",": "comma",
    ".": "full_stop",
    "-": "minus",
    "=": "equals_sign",
    "+": "plus",
}
"""What the page calls a key, where Textual's name is another one."""


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(every_command(main))


def options(command: click.Command) -> set[str]:
    given = (p for p in command.params if isinstance(p, click.Option))
    long = (name for p in given for name in (*p.opts, *p.secondary_opts))
    return {name for name in long if name.startswith("--")}


def command_lines(page: Path) -> list[str]:
    """Each `kiosk …` that stands in code, as a line of its own or inside a sentence."""
    text = page.read_text(encoding="utf-8")
    spans = re.findall(r"`([^`\n]+)`", text)
    blocks = [line.partition(" # ")[0].strip() for line in text.splitlines() if line.startswith("    ")]
    found = (re.search(r"(?:^|\s|/)kiosk( [^|]*)", line) for line in [*spans, *blocks])
    return [f"kiosk{match.group(1).rstrip()}" for match in found if match]


def told_command(line: str) -> tuple[click.Command, list[str]]:
    """The command a line names, and the words after it. Fails where there is none."""
    words, command = shlex.split(line)[1:], typing.cast(click.Command, main)
    while words and isinstance(command, click.Group):
        if words[0].startswith("-"):
            assert words[0] in {*options(command), "--version", "--help", "-h"}, f"{line}: {words[0]}"
            words = words[2:] if words[0] in {"--config", "--data"} else words[1:]
            continue
        following = command.get_command(click.Context(command), words[0])
        assert following is not None, f"there is no {line!r}"
        command, words = following, words[1:]
    return command, words


@cache
def script_options(name: str) -> str:
    return (ROOT / "script" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BY_NAME)
def test_every_command_line_that_a_page_shows_can_be_typed(name: str) -> None:
    for line in command_lines(BY_NAME[name]):
        command, words = told_command(line)
        named = [word for word in words if word.startswith("--")]
        assert set(named) <= options(command) | {"--help", "--config", "--data"}, line
        for option, value in pairwise(words):
            choices = [
                p.type for p in command.params if option in p.opts and isinstance(p.type, click.Choice)
            ]
            assert not choices or value in choices[0].choices, line


@pytest.mark.parametrize("name", BY_NAME)
def test_every_script_and_program_that_a_page_names_is_there(name: str) -> None:
    text = BY_NAME[name].read_text(encoding="utf-8")
    for script, option in re.findall(r"`?\bscript/([a-z]+(?:-[a-z]+)*)(?: (--[a-z-]+))?", text):
        assert (ROOT / "script" / script).is_file(), f"script/{script}"
        assert option in script_options(script), f"script/{script} {option}"
    for module, said in re.findall(r"-m (bench\.[a-z_]+)((?: +--[a-z]+)*)", text):
        program = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert all(f'"{option}"' in program for option in said.split()), f"{module} {said}"


def test_every_command_and_each_of_its_options_is_explained() -> None:
    rows = COMMANDS_PAGE.read_text(encoding="utf-8").splitlines()
    for path, command in COMMANDS.items():
        row = next((row for row in rows if re.match(rf"\| `kiosk {re.escape(path)}[ `]", row)), None)
        assert row is not None, f"kiosk {path} is not explained"
        told = set(re.findall(r"(--[a-z-]+)", row))
        assert told == options(command), f"kiosk {path}"
    first = "\n".join(rows[: rows.index("## For the centre")])
    assert {"--config", "--data", "--version"} == options(main)
    assert all(f"`{option}" in first for option in options(main))


def settings_keys() -> list[str]:
    sections = typing.get_type_hints(Settings)
    kinds = {name: (typing.get_args(kind) or [kind])[0] for name, kind in sections.items()}
    return [f"{name}.{key.name}" for name, kind in kinds.items() for key in dataclasses.fields(kind)]


def test_every_key_of_the_settings_is_explained_beside_its_value() -> None:
    written = (ROOT / "kiosk.toml").read_text(encoding="utf-8")
    # A device is there as an example, in comments.
    lines = re.sub(r"(?m)^# (?=# |\[\[|\w+ = )", "", written).splitlines()
    section, explained = "", []
    for before, line in zip(["", *lines], lines, strict=False):
        if heading := re.fullmatch(r"\[+(\w+)\]+", line):
            section = heading.group(1)
        elif key := re.match(r"(\w+) = ", line):
            assert before.startswith("# "), f"{section}.{key.group(1)} has no words above it"
            explained.append(f"{section}.{key.group(1)}")
    assert explained == settings_keys()


def test_the_list_of_settings_on_the_page_is_the_list_there_is() -> None:
    text = COMMANDS_PAGE.read_text(encoding="utf-8").partition("## Settings")[2]
    rows = [row.split("|")[1] for row in text.splitlines() if row.startswith("| `")]
    assert re.findall(r"`([a-z_.]+)`", "".join(rows)) == settings_keys()


@pytest.mark.parametrize("name", BY_NAME)
def test_every_link_leads_somewhere_in_the_project(name: str) -> None:
    page = BY_NAME[name]
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        link = urlparse(target)
        assert not link.netloc, f"{target} leads out of the project"
        aim = (page.parent / link.path).resolve() if link.path else page
        assert aim.exists(), target
        if link.fragment:
            assert link.fragment in {anchor(line) for line in headings(aim)}, target


def headings(page: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)


def anchor(heading: str) -> str:
    """The name a heading can be linked by, as the usual renderers make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.proves("EN 12.1.1")
def test_every_page_can_be_reached_from_the_readme() -> None:
    text = BY_NAME["README.md"].read_text(encoding="utf-8")
    missing = [name for name in BY_NAME if name != "README.md" and f"({name})" not in text]
    assert not missing


def keys_in(cell: str) -> frozenset[str]:
    """The keys of a cell, by Textual's names; a comma between backquotes is a key."""
    named = re.findall(r"`([^`]+)`|([^\s,`]+)", cell)
    labels = [quoted or plain for quoted, plain in named]
    return frozenset(KEY_NAMES.get(label, label.lower()) for label in labels)


@pytest.mark.proves("EN 12.1.1")
def test_the_table_of_keys_is_the_one_the_screens_use() -> None:
    """K-table: one key, one meaning; each row of the page is one meaning with all its keys."""
    text = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1:4] for row in text.splitlines() if row.startswith("| ")][1:]
    told = {keys_in(first): keys_in(last) for first, _, last in rows}
    assert told.pop(frozenset({"1-9"})) == frozenset()
    everywhere = {**ANYWHERE, **OUTSIDE_A_FIELD}
    meant = {}
    for act in set(everywhere.values()):
        keys = frozenset(key for key, means in everywhere.items() if means is act)
        meant[keys] = keys & ANYWHERE.keys()
    assert told == meant
    assert all(f"{guard * 1000:.0f} ms" in text for guard in REPEAT_GUARDS.values())


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_small_and_asks_no_other_host_for_anything(picture: Path) -> None:
    drawn = picture.read_text(encoding="utf-8")
    assert len(drawn.encode()) < 60_000
    assert re.findall(r"https?://[^\"')\s]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in drawn
    assert picture.name in "".join(page.read_text(encoding="utf-8") for page in PAGES)
