"""The groups that services are listed in (`groups.toml`): their order and their names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kiosk.services.condition import Id
from kiosk.services.load import GROUPS_FILE
from kiosk.services.side_file import read_side_file
from kiosk.services.wording import Record, Wording
from kiosk.text import Text


class _Group(Wording):
    id: Id


class _Groups(Record):
    group: tuple[_Group, ...] = ()


def load_groups(*folders: Path) -> Mapping[str, Text]:
    """The names by id, in the order of the file; of several folders, those of the first one come first.

    Without a file, or with one that cannot be read, there are none: all services are listed all the same.
    """
    groups: dict[str, Text] = {}
    for path in (folder / GROUPS_FILE for folder in folders):
        read = read_side_file(path, _Groups) if path.exists() else None
        for group in read.group if read else ():
            groups.setdefault(group.id, group.text())
    return groups
