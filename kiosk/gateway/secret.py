"""What the gateway knows this centre by: a file of the data folder that only this account can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

FILE_NAME = "gateway.secret"
_LONGEST = 4096


class LooseSecret(Exception):
    """Others can read the file, or it is no line of plain signs. Says nothing of what is in it."""


def gateway_secret(state: Path) -> str:
    """Empty where there is none: a gateway on this machine may need none. Raises LooseSecret."""
    try:
        handle = os.open(state / FILE_NAME, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return ""
    except OSError:
        raise LooseSecret from None
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode) or stat.S_IMODE(mode) & 0o077:
            raise LooseSecret
        secret = file.read(_LONGEST).strip()
    if not secret.isascii() or not secret.decode("ascii").isprintable():
        raise LooseSecret
    return secret.decode("ascii")
