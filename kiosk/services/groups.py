"""The groups that services are listed in (`groups.toml`): their order and their names."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from kiosk.services.condition import Id
from kiosk.services.load import GROUPS_FILE
from kiosk.services.wording import Record, Wording
from kiosk.text import Text

log = logging.getLogger(__name__)


class _Group(Wording):
    id: Id


class _Groups(Record):
    group: tuple[_Group, ...] = ()


def load_groups(folder: Path) -> Mapping[str, Text]:
    """The names by id, in the order of the file.

    Without a file, or with one that cannot be read, there are none: all services are listed all the same.
    """
    path = folder / GROUPS_FILE
    try:
        read = _Groups.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except FileNotFoundError:
        return {}
    except ValidationError as fault:
        log.warning("%s left out: %d faults", path.name, fault.error_count())
        return {}
    except (OSError, ValueError, RecursionError) as fault:
        log.warning("%s left out: %s", path.name, type(fault).__name__)
        return {}
    return {group.id: group.text() for group in read.group}
