"""The store as it was before an update, to the byte, for as long as the update is not found good; and then
until somebody has done something, or the first night.

The books go back with it: whoever verifies them afterwards finds no line cut off. All of it is done with the
rights of the owner of the data folder, by root, too: nothing else can be reached through it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.durable import sync
from kiosk.update.refused import Refused
from kiosk.update.rights import as_the_owner

STORE = "store.sqlite3"
_HEADS, _LOCK = "heads.log", "store.lock"
_COPIES = ".before-update"
_TRIAL = ".trial-update"
_FIRST_DAY = "first-day"


@contextmanager
def nobody_else(state: Path) -> Iterator[None]:
    """Kiosk and desk have the store closed, and cannot open it meanwhile. Raises Refused."""
    if not (state / STORE).exists():
        yield
        return
    with as_the_owner(state):
        handle = os.open(state / _LOCK, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Refused("store_busy") from None
    finally:
        os.close(handle)


def keep_copy(state: Path) -> None:
    """Beside it, on the same disk. Raises Refused, OSError."""
    drop_copy(state)
    drop_first_day(state)
    with nobody_else(state), as_the_owner(state):
        if not (state / STORE).exists():
            return
        if _log(state).exists() and _log(state).stat().st_size:
            # The last one out takes the log along, and the version that runs has just been in and out.
            raise Refused("store_busy")
        if shutil.disk_usage(state).free < 3 * (state / STORE).stat().st_size:
            raise Refused("no_room")
        copies = state / _COPIES
        copies.mkdir(mode=0o700)
        for name in (_HEADS, STORE):
            if (state / name).exists():
                _copy(state / name, copies / name)


def put_back(state: Path) -> None:
    """The copy becomes the store again. Where there is none nothing happens. Raises Refused, OSError."""
    copies = state / _COPIES
    if not (copies / STORE).exists():
        return
    with nobody_else(state), as_the_owner(state):
        _into_place(copies, state)
    drop_copy(state)


def keep_for_first_day(state: Path) -> None:
    """The update is found good; the copy is there as long as nothing has come in. Raises OSError."""
    drop_first_day(state)
    with as_the_owner(state):
        if (state / _COPIES).exists():
            (state / _COPIES).rename(state / _FIRST_DAY)
    drop_copy(state)


def drop_first_day(state: Path) -> None:
    """Something has come in, or nobody goes back any more."""
    with as_the_owner(state):
        shutil.rmtree(state / _FIRST_DAY, ignore_errors=True)


def put_back_of_first_day(state: Path, unchanged: Callable[[Path], bool], then: Callable[[], None]) -> bool:
    """The copy becomes the store again, and `then` is done before anybody can open it. `unchanged` is told a
    data folder with the store as it is now: has nobody done anything? False, and nothing has happened: there
    is no copy, or somebody has. Cut off before `then` is done it can be done again. Raises Refused, OSError.
    """
    copies = state / _FIRST_DAY
    with nobody_else(state):
        if not (copies / STORE).exists():
            return False
        now = (state / STORE, _log(state), state / _HEADS)
        with _beside(state, (*state.glob("*.key"), *(path for path in now if path.exists()))) as data:
            if not unchanged(data):
                return False
        with _beside(state, copies.glob("*")) as fresh, as_the_owner(state):
            _into_place(fresh, state)
        then()
    drop_first_day(state)
    return True


def _into_place(copies: Path, state: Path) -> None:
    if (copies / _HEADS).exists():
        (copies / _HEADS).replace(state / _HEADS)
    else:
        (state / _HEADS).unlink(missing_ok=True)
    _log(state).unlink(missing_ok=True)
    (copies / STORE).replace(state / STORE)
    sync(state)


def drop_copy(state: Path) -> None:
    """It is not needed any more; nor is what a trial that was cut off left lying."""
    with as_the_owner(state):
        for name in (_COPIES, _TRIAL):
            shutil.rmtree(state / name, ignore_errors=True)


def keep_only_backup(backups: Path, kept: str) -> None:
    """Of those from before updates the one of this path stays."""
    if backups.is_dir():
        with as_the_owner(backups.parent):
            for path in backups.iterdir():
                if str(path) != kept:
                    shutil.rmtree(path, ignore_errors=True)


@contextmanager
def trial_data(state: Path) -> Iterator[Path]:
    """A data folder to try a version in: the copy that was kept, with the box's keys. Gone afterwards."""
    with _beside(state, (*state.glob("*.key"), *(state / _COPIES).glob("*"))) as folder:
        yield folder


@contextmanager
def _beside(state: Path, files: Iterable[Path]) -> Iterator[Path]:
    """A folder with copies of these, on the same disk. Gone afterwards."""
    folder = state / _TRIAL
    with as_the_owner(state):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    try:
        with as_the_owner(state):
            for path in files:
                _copy(path, folder / path.name)
        yield folder
    finally:
        with as_the_owner(state):
            shutil.rmtree(folder, ignore_errors=True)


def _log(state: Path) -> Path:
    return state / f"{STORE}-wal"


def _copy(path: Path, copy: Path) -> None:
    handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with path.open("rb") as read, os.fdopen(handle, "wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
