"""A backup becomes the store of a box that has none: laid out beside it, looked through, then moved in."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from kiosk.cases.calendar import WorkCalendar
from kiosk.durable import sync
from kiosk.ports import Clock
from kiosk.security.key_files import is_key
from kiosk.store.backup import STORE_FILE, TakenUp
from kiosk.store.manifest import BadBackup, Manifest, check_files, read_manifest
from kiosk.store.migrations import MIGRATIONS
from kiosk.store.store import open_store
from kiosk.store.trouble import mapped
from kiosk.store.whole_file import is_plain


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out."""

    manifest: Manifest
    cases: int
    boxes: tuple[str, ...]
    """Those that signed its books before; `kiosk verify` is told of them."""
    keys: tuple[str, ...]
    """Key files that came with it."""


def restore(
    backup: Path, state: Path, *, clock: Clock, calendar: WorkCalendar, keys: Path | None = None
) -> Restored:
    """Make the backup the store in `state`. Raises BadBackup or StoreTrouble; then `state` is as it was.

    `keys`: the folder that the box's key files were copied to. A store that is encrypted as a whole does not
    open without them; of one that is not, no card finds its cases again.
    """
    manifest = read_manifest(backup)
    if manifest.store_form > len(MIGRATIONS):
        raise BadBackup("newer")
    check_files(backup, manifest)
    if keys is None and not is_plain(backup / STORE_FILE):
        raise BadBackup("locked")
    wanted = _keys(manifest, keys)
    if (state / STORE_FILE).exists():
        raise BadBackup("not_empty")
    beside = state.with_name(f"{state.name}.restoring-{os.getpid()}")
    try:
        with mapped():
            _lay_out(backup, wanted, manifest, beside)
        taken = _look_through(beside, manifest, clock, calendar)
        with mapped():
            _move_in(beside, state)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Restored(manifest, taken.cases, taken.boxes, tuple(one.name for one in wanted))


def _keys(manifest: Manifest, folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    for name in manifest.keys:
        if not is_key(folder / name):
            raise BadBackup("key_gone", name)
    return [folder / name for name in manifest.keys]


def _lay_out(backup: Path, keys: list[Path], manifest: Manifest, beside: Path) -> None:
    beside.mkdir(mode=0o700)
    for one in (*(backup / name for name in manifest.files), *keys):
        shutil.copyfile(one, beside / one.name)
        (beside / one.name).chmod(0o600)


def _look_through(beside: Path, manifest: Manifest, clock: Clock, calendar: WorkCalendar) -> TakenUp:
    """Brought to today's form, read through; it says that it was restored and leaves tickets out."""
    store = open_store(beside, clock=clock, calendar=calendar, encrypt=False)
    try:
        store.check()
        return store.take_up(manifest)
    finally:
        store.close()


def _move_in(beside: Path, state: Path) -> None:
    """The store last: without it the folder counts as empty when the plug is pulled before."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = sorted(beside.iterdir(), key=lambda one: one.name.startswith(STORE_FILE))
    for one in files:
        sync(one)
        one.replace(state / one.name)
    sync(state)
