"""Root keeps the store's copy with the rights of the store's owner alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kiosk.update.store_copy import STORE, drop_copy, keep_copy

SOMEBODY = 65534
"""An account that is not root."""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """pytest's own can be reached by its owner only."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def groups() -> Iterator[None]:
    """As root has them after signing in."""
    before = os.getgroups()
    os.setgroups([0])
    yield
    os.setgroups(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root takes another account's rights")
@pytest.mark.usefixtures("groups")
def test_what_only_root_and_its_group_may_read_is_not_copied_for_the_owner(open_folder: Path) -> None:
    secret = open_folder / "of-root"
    secret.write_text("for root")
    secret.chmod(0o640)
    state = open_folder / "data"
    state.mkdir(mode=0o700)
    for name in (STORE, "store.lock", "heads.log"):
        (state / name).write_text("x")
        os.chown(state / name, SOMEBODY, SOMEBODY)
    os.chown(state, SOMEBODY, SOMEBODY)

    keep_copy(state)
    assert {path.owner() for path in (state / ".before-update").iterdir()} == {state.owner()}
    drop_copy(state)

    (state / "heads.log").unlink()
    (state / "heads.log").symlink_to(secret)
    with pytest.raises(PermissionError):
        keep_copy(state)
    assert (os.geteuid(), os.getegid(), os.getgroups()) == (0, 0, [0])
