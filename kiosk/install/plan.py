"""What there is to do for a box, in its order. Pure: templates and table are handed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from kiosk.install.steps import File, Folder, Keep, Link, Run, Step
from kiosk.install.templates import filled, plain

ACCOUNT = "bangban"
CONFIG = "/etc/bangban/kiosk.toml"
HOME = "/var/lib/bangban"
DATA = f"{HOME}/data"
COMMAND = "/usr/local/sbin/bangban"
"""Runs commands of the kiosk as its account."""
USUAL_POINTS = 24.0
"""The type size of a box without X11 and Wayland whose panel is not known."""
Shell = Literal["x11", "sway", "console"]
_NO_BACKUPS = re.compile(r'(?m)^backups = ""$')
_APT = ("apt-get", "install", "--yes", "--no-install-recommends")


USUAL_CHOICE: Mapping[str, list[str]] = {
    "shell": ["x11"],
    "backups": ["/var/backups/bangban"],
    "morning": ["05:30"],
    "night": ["02:30"],
    "reader": [],
}
"""Of a box for which nothing was chosen."""


def chosen(now: Mapping[str, list[str]], before: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What holds for a box: what is asked for now, else what was asked for before, else the usual."""
    return {name: now.get(name) or before.get(name) or usual for name, usual in USUAL_CHOICE.items()}


@dataclass(frozen=True, slots=True)
class Site:
    """How this box is to be."""

    program: str
    """The kiosk's command, by its full path."""
    shell: Shell
    backups: str
    morning: str
    night: str
    readers: tuple[str, ...] = ()
    """USB ids of serial devices, vendor and product with a colon between."""
    console_points: float = USUAL_POINTS
    """The type size of a box without X11 and Wayland."""
    own_clock: bool = False
    """Another program than Debian's own sets the clock."""


def values_of(site: Site) -> Mapping[str, str]:
    """What templates may ask for. Raises NotPlain."""
    return plain(
        {
            "account": ACCOUNT,
            "program": site.program,
            "config": CONFIG,
            "home": HOME,
            "data": DATA,
            "backups": site.backups,
            "morning": site.morning,
            "night": site.night,
            "console_points": f"{site.console_points:.0f}",
        }
    )


def plan(
    site: Site, table: Mapping[str, Any], template: Callable[[str], str], settings: str
) -> tuple[Step, ...]:
    """`table` is files.toml, `template` gives a template by its name, `settings` is the shipped kiosk.toml.
    Raises NotPlain, TemplateFault.
    """
    values = {**values_of(site), "readers": _readers(site.readers, template("reader.rules"))}
    settings = _NO_BACKUPS.sub(f'backups = "{site.backups}"', settings)
    return (
        Run((*_APT, *_packages(site, table))),
        *_accounts(table, values, template),
        *(_folder(entry, values) for entry in table["folder"]),
        File(CONFIG, settings),
        *(_file(entry, values, template) for entry in table["file"] if _is_for(entry, site.shell)),
        *(Link(entry["path"], entry["target"]) for entry in table["link"]),
        Run(("systemctl", "daemon-reload")),
        Run(("udevadm", "control", "--reload")),
        Run(("udevadm", "trigger", "--subsystem-match=tty")),
        Run(("systemctl", "restart", "systemd-journald")),
        Run(("timedatectl", "set-ntp", "true")),
        # the store and its keys are there from now on, and belong to the account
        Run((COMMAND, "account", "list")),
    )


def _packages(site: Site, table: Mapping[str, Any]) -> Iterator[str]:
    for name in (*table["packages"]["all"], *table["packages"][site.shell]):
        if not (site.own_clock and name == "systemd-timesyncd"):
            yield name


def _accounts(
    table: Mapping[str, Any], values: Mapping[str, str], template: Callable[[str], str]
) -> Iterator[Step]:
    for entry in table["account"]:
        file = _file(entry, values, template)
        yield file
        yield Run(
            ("systemd-sysusers", file.path),
            ("systemd-sysusers", "--root={root}", PurePosixPath(file.path).name),
        )


def _is_for(entry: Mapping[str, Any], shell: str) -> bool:
    return shell in entry.get("shells", (shell,))


def _folder(entry: Mapping[str, Any], values: Mapping[str, str]) -> Folder:
    owner = filled(entry.get("owner", "root"), values)
    mode = int(entry.get("mode", "0755"), 8)
    return Folder(filled(entry["path"], values), mode, owner, Keep(entry.get("keep", "no")))


def _file(entry: Mapping[str, Any], values: Mapping[str, str], template: Callable[[str], str]) -> File:
    content = filled(template(entry["template"]), values)
    return File(entry["path"], content, int(entry.get("mode", "0644"), 8), bool(entry.get("over", False)))


def _readers(readers: tuple[str, ...], rule: str) -> str:
    """Rules for each. A device gives its id in small letters, and so does a rule."""
    rules = []
    for one in readers:
        vendor, _, product = one.lower().partition(":")
        rules.append(filled(rule, plain({"vendor": vendor, "product": product})))
    return "".join(rules)
