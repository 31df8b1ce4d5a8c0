"""Are the programs there that take pictures of papers? None of them is started: nobody has laid a paper."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from kiosk.config import Materials
from kiosk.selftest.finding import Finding, State, finding


def cameras(settings: Materials) -> list[Finding]:
    """Of the kiosk and of the desk; nothing of what the settings do not name."""
    both = (("kiosk_camera", settings.kiosk_command), ("desk_camera", settings.command))
    return [_camera(part, command) for part, command in both if command]


def _camera(part: str, command: Sequence[str]) -> Finding:
    if shutil.which(command[0]) is None:
        return finding(part, State.BAD, "cameras.missing", name=command[0])
    return finding(part, State.GOOD, "cameras.there", name=command[0])
