"""Files beside the services: a broken one is left out and named in the log, and all else works on."""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

log = logging.getLogger(__name__)

_Model = TypeVar("_Model", bound=BaseModel)


def read_side_file(path: Path, model: type[_Model]) -> _Model | None:
    """What the file says; None where it cannot be read, and the log says which, without a word of it."""
    try:
        return model.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except ValidationError as fault:
        log.warning("%s left out: %d faults", path.name, fault.error_count())
    except (OSError, ValueError, RecursionError) as fault:
        log.warning("%s left out: %s", path.name, type(fault).__name__)
    return None
