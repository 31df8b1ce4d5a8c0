"""What was put on a box, taken away again; what people handed in stays unless somebody says otherwise."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from kiosk.install.doing import take_away
from kiosk.install.machine import Machine, Trouble
from kiosk.install.record import PATH, Record
from kiosk.install.steps import Keep

UNITS = (
    "bangban-morning.timer",
    "bangban-night.timer",
    "bangban-out-of-order.service",
    "bangban-stood.service",
    "bangban.service",
    "bangban-console.service",
)
_UNIT_FILES = "/etc/systemd/system"
AFTERWARDS = (("systemctl", "daemon-reload"), ("udevadm", "control", "--reload"))


@dataclass(frozen=True, slots=True)
class Undone:
    """What has become of everything; every path is that of the box."""

    removed: tuple[str, ...]
    changed: tuple[str, ...]
    """Files that somebody had changed, under the names that they have now."""
    data: tuple[str, ...]
    """Folders that were kept, with what people handed in."""


def would_undo(machine: Machine, record: Record, *, data_too: bool) -> Undone:
    """What undoing would do. Raises Trouble."""
    paths = [path for path in (*record.files, *record.links) if machine.is_there(path)]
    changed = [path for path in paths if _changed(path, machine, record)]
    kept = _staying(machine, record, data_too=data_too)
    folders = [one for one in record.folders if machine.is_there(one) and one not in kept]
    return Undone((*(path for path in paths if path not in changed), *folders), tuple(changed), kept)


def undo(machine: Machine, record: Record, *, data_too: bool) -> Undone:
    """Raises Trouble; doing it again then goes on where it was."""
    if machine.live:
        # systemctl refuses all where one is not known: of an older installing, or gone since it was cut off.
        for unit in UNITS:
            if machine.is_there(f"{_UNIT_FILES}/{unit}"):
                machine.run(("systemctl", "stop", unit))
    removed: list[str] = []
    changed: list[str] = []
    for path in [*record.files, *record.links]:
        was_there = machine.is_there(path)
        kept = take_away(path, machine, record)
        if kept is not None:
            changed.append(kept)
        elif was_there:
            removed.append(path)
    machine.remove(PATH)
    left = _staying(machine, record, data_too=data_too)
    removed += [
        one
        for one in sorted(record.folders, key=len, reverse=True)
        if one not in left and _remove_folder(one, machine, whole=one in record.kept)
    ]
    if machine.live:
        for words in AFTERWARDS:
            machine.run(words)
    return Undone(tuple(removed), tuple(changed), left)


def _staying(machine: Machine, record: Record, *, data_too: bool) -> tuple[str, ...]:
    goes = Keep.DATA if data_too else None
    return tuple(one for one, keep in record.kept.items() if keep != goes and machine.is_there(one))


def _changed(path: str, machine: Machine, record: Record) -> bool:
    there = machine.read(path) if machine.target(path) is None else None
    return there is not None and not record.wrote(path, there)


def _remove_folder(path: str, machine: Machine, *, whole: bool) -> bool:
    """True where it is gone. One in which something of somebody else's lies stays."""
    if not machine.is_there(path):
        return False
    try:
        if whole:
            shutil.rmtree(machine.at(path))
        else:
            os.rmdir(machine.at(path))
    except OSError as error:
        if whole:
            raise Trouble("file", f"{path}: {error.strerror}") from None
        return False
    return True
