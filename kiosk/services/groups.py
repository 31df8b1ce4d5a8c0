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


def load_groups(folder: Path) -> Mapping[str, Text]:
    """The names by id, in the order of the file.

    Without a file, or with one that cannot be read, there are none: all services are listed all the same.
    """
    path = folder / GROUPS_FILE
    read = read_side_file(path, _Groups) if path.exists() else None
    return {group.id: group.text() for group in read.group} if read else {}
