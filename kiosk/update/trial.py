"""Trying a version: its own morning check, and a whole visit with an emulated reader."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.text import LANGUAGES, Text
from kiosk.update.refused import Refused
from kiosk.update.rights import owner_of

LONGEST = 900
"""Seconds for one command: a slow machine is no reason to go back."""
_WALKS = 2
_BADNESS = {"good": 0, "look": 1, "bad": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """How it is with one part of the box, as `kiosk check` tells it."""

    state: str
    words: Text


@dataclass(frozen=True, slots=True)
class Box:
    """Where the programs that are tried find settings and store."""

    state: Path
    config: Path | None
    longest: float = LONGEST
    """Seconds that one command may take."""

    def ran(self, program: Path, *words: str, data: Path | None = None) -> subprocess.CompletedProcess[str]:
        """`kiosk` of the environment in `program`, as the data's owner, however it ends. Raises Refused."""
        config = ["--config", str(self.config)] if self.config else []
        command = [str(program / "bin" / "kiosk"), *config, "--data", str(data or self.state), *words]
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "PYTHON"))
        }
        uid, gid = owner_of(self.state)
        as_them = os.geteuid() == 0 and uid != 0
        try:
            return subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=self.longest,
                env={**ours, "KIOSK_SOUND": "off"},
                cwd=self.state,
                user=uid if as_them else None,
                group=gid if as_them else None,
                extra_groups=() if as_them else None,
            )
        except subprocess.TimeoutExpired:
            raise Refused("hangs", said=" ".join(words)) from None
        except OSError as error:
            raise Refused("falls", said=error.strerror or "") from None

    def check(self, program: Path, data: Path | None = None) -> dict[str, Finding]:
        """The morning check, by part: the worst finding of each. Raises Refused where there is no report."""
        done = self.ran(program, "check", "--json", "--no-report", data=data)
        try:
            told = json.loads(done.stdout)["findings"]
        except (ValueError, KeyError, TypeError):
            raise Refused("falls", said=last_line(done.stderr)) from None
        found: dict[str, Finding] = {}
        for one in told:
            finding = Finding(one["state"], Text({language: one[language] for language in LANGUAGES}))
            before = found.get(one["part"])
            if before is None or _BADNESS[before.state] < _BADNESS[finding.state]:
                found[one["part"]] = finding
        return found

    def walk(self, program: Path) -> None:
        """A visit from the first page to the receipt and the desk, in a store of its own. Raises Refused.

        Once more where it did not come out: its keys have a pace, which a machine that is busy may miss.
        """
        for _ in range(_WALKS):
            done = self.ran(program, "demo", "--json")
            if done.returncode == 0:
                return
        raise Refused("falls", said=last_line(done.stderr))


def worse(before: Mapping[str, Finding], after: Mapping[str, Finding]) -> Finding | None:
    """What worked with the one version and does not with the other; an unplugged reader fails with both."""
    for part, finding in after.items():
        if finding.state == "bad" and part in before and before[part].state != "bad":
            return finding
    return None


def last_line(said: str) -> str:
    """What a program said at its end, short enough for a line; never more, it may be a whole traceback."""
    lines = said.strip().splitlines()
    return lines[-1][:200] if lines else ""
