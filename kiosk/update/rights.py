"""Root works in a data folder with the rights of its owner, and where nobody else could have put it there.

The folder above may belong to the kiosk's account, which could lay a link in the folder's place.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.update.refused import Refused

_ROOT = 0


def owner_of(folder: Path) -> tuple[int, int]:
    """The account and group that everything in this folder is done as. Raises OSError.

    Refused, for root: a link to it that is neither root's nor the owner's; or a folder of root's own which
    somebody else can exchange.
    """
    link, found = folder.lstat(), folder.stat()
    if os.geteuid() == _ROOT:
        of_root = found.st_uid == _ROOT
        if link.st_uid not in (_ROOT, found.st_uid) or (of_root and not _of_root_alone(folder)):
            raise Refused("not_its_own", name=str(folder))
    return found.st_uid, found.st_gid


def _of_root_alone(folder: Path) -> bool:
    """Can nobody else bring files into it, or another folder into its place?"""
    real = folder.resolve()
    above = {*folder.absolute().parents, *real.parents}
    return _closed(real.stat()) and all(_closed(one.stat(), fixed=True) for one in above)


def _closed(found: os.stat_result, fixed: bool = False) -> bool:
    """`fixed`: others may write there, too, if they can take away only what is theirs."""
    if found.st_uid != _ROOT:
        return False
    others = found.st_mode & (stat.S_IWOTH | (stat.S_IWGRP if found.st_gid != _ROOT else 0))
    return not others or (fixed and bool(found.st_mode & stat.S_ISVTX))


@contextmanager
def as_the_owner(folder: Path) -> Iterator[None]:
    """Root gets no further than the account that this folder belongs to. Raises Refused, OSError."""
    uid, gid = owner_of(folder)
    other = os.geteuid() == _ROOT and uid != _ROOT
    groups = os.getgroups()
    if other:
        # root's own groups may read what the owner may not
        os.setgroups([])
        os.setegid(gid)
        os.seteuid(uid)
    try:
        yield
    finally:
        if other:
            os.seteuid(_ROOT)
            os.setegid(_ROOT)
            os.setgroups(groups)


def become_the_owner(folder: Path) -> None:
    """For good: what root writes there the owner could not read. Raises Refused, OSError."""
    uid, gid = owner_of(folder)
    if os.geteuid() == _ROOT and uid != _ROOT:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
