"""The editions of one kind that this box keeps: the one in use, the one before, and what it left as it was.

An edition is unpacked beside the others, looked over there, and comes into use by one file (`in-use.json`)
being replaced. Killed at any moment, that file names the old edition or the new one, and both are whole. Who
has begun to read a folder reads it to its end: of those in use lately none is cleared away.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk import __version__
from kiosk.durable import sync, write_new
from kiosk.editions.edition import Edition, Kind, Refused, Signed, Why, files_in, opened

if TYPE_CHECKING:
    from kiosk.editions.soundness import Flaw

FOLDER = "editions"
_STANDING, _LOCK = "in-use.json", "lock"
_FILES, _BODY, _SIGNATURE = "files", "body", "signature"
_NEW = ".new-"


class Damaged(Exception):
    """What is kept about editions cannot be read. The next one that comes mends it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition that lies here."""

    serial: int
    digest: str
    """Hexadecimal, as in all of these."""
    made_at: datetime
    folder: str
    """Its own each time it is unpacked: one that is in use is never written into."""


@dataclass(frozen=True, slots=True)
class Left:
    """One that was not taken."""

    digest: str
    why: Why
    files: tuple[str, ...] = ()
    """With faults."""
    under: str = ""
    """The program and keys it was looked at with: others may think better of it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it is. All None: the box uses what came with it, and its own."""

    current: Kept | None = None
    before: Kept | None = None
    newest: Kept | None = None
    """With the highest number that was ever taken; older ones are not."""
    left: Left | None = None
    back_from: str = ""
    """The digest of what somebody here went back from. It stays known when another is left after it."""


@dataclass(frozen=True, slots=True)
class Editions:
    """Of one kind, in the data folder of a box."""

    state: Path
    kind: Kind
    keys: Sequence[bytes] = field(default=(), repr=False)
    """The public halves of whoever may publish, 32 bytes each."""

    @property
    def place(self) -> Path:
        """The folder with all of them."""
        return self.state / FOLDER / self.kind

    def standing(self) -> Standing:
        """Raises Damaged."""
        try:
            return _read(json.loads((self.place / _STANDING).read_bytes()))
        except FileNotFoundError:
            return Standing()
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            raise Damaged from None

    def folder(self) -> Path | None:
        """The files that are in use; None where there are none."""
        try:
            current = self.standing().current
        except Damaged:
            return None
        folder = current and self.place / current.folder / _FILES
        return folder if folder and folder.is_dir() else None

    def whole(self) -> bool:
        """Are the files in use still the ones that were signed? True where none are in use."""
        try:
            current = self.standing().current
            if current is None:
                return True
            at = self.place / current.folder
            came = Signed((at / _BODY).read_bytes(), (at / _SIGNATURE).read_bytes())
            return opened(came, self.kind, self.keys).files == files_in(at / _FILES, self.kind)
        except (Damaged, Refused, OSError):
            return False

    def known(self) -> tuple[str, str]:
        """Digests of what is in use and of what was left here: neither has to come again."""
        try:
            standing = self.standing()
        except Damaged:
            return "", ""
        held = standing.current.digest if standing.current and self.whole() else ""
        left = standing.left
        return held, left.digest if left and left.under in {"", self._under} else ""

    def why_left(self) -> str:
        """Why the one that was left here is; empty where none was."""
        try:
            left = self.standing().left
        except Damaged:
            return ""
        return left.why if left else ""

    def take(self, came: Signed, today: date) -> Kept:
        """Bring it into use. Raises Refused, which is also noted, and OSError; then nothing was changed."""
        with self._alone():
            try:
                return self._take(came, today)
            except Refused as refused:
                under = "" if refused.why is Why.OLDER else self._under
                self._note(Left(came.digest.hex(), refused.why, refused.names, under))
                raise

    def back(self) -> bool:
        """To the one before, or what the box had before the first; False where none is in use.

        What was in use is left from now on, until another is published or `again`. Raises Damaged, OSError.
        """
        with self._alone():
            standing = self.standing()
            if standing.current is None:
                return False
            left = Left(standing.current.digest, Why.BY_HAND)
            self._write(Standing(standing.before, None, standing.newest, left, left.digest))
            return True

    def was_left_by_hand(self, came: Signed) -> bool:
        """Did somebody here go back from this one? Then that is why it is left, whatever was left since.

        Raises OSError.
        """
        digest = came.digest.hex()
        with self._alone():
            try:
                standing = self.standing()
            except Damaged:
                return False
            if standing.back_from != digest:
                return False
            self._write(replace(standing, left=Left(digest, Why.BY_HAND)))
            return True

    def again(self) -> bool:
        """What was left may come again; False where nothing was. Raises Damaged, OSError."""
        with self._alone():
            standing = self.standing()
            if standing.left is None:
                return False
            self._write(Standing(standing.current, standing.before, standing.newest))
            return True

    @property
    def _under(self) -> str:
        return hashlib.sha256(b"".join((__version__.encode(), *sorted(self.keys)))).hexdigest()[:16]

    def _take(self, came: Signed, today: date) -> Kept:
        edition, digest = opened(came, self.kind, self.keys), came.digest.hex()
        try:
            standing = self.standing()
        except Damaged:
            standing = Standing()
        current, newest, whole = standing.current, standing.newest, self.whole()
        if newest is not None and edition.serial <= newest.serial and digest != newest.digest:
            raise Refused(Why.OLDER)
        if current is not None and current.digest == digest and whole:
            return current
        self._clear(standing)
        kept = Kept(edition.serial, digest, edition.made_at, self._unpack(edition, came, today))
        # what is not whole any more is nothing to go back to
        self._write(Standing(kept, current if whole else standing.before, kept))
        return kept

    def _unpack(self, edition: Edition, came: Signed, today: date) -> str:
        """Looked over, and all of it on the disk; the name of its folder. Raises Refused, OSError."""
        name = f"{edition.serial}-{secrets.token_hex(8)}"
        new, at = self.place / f"{_NEW}{name}", self.place / name
        try:
            for inside, content in (
                *((f"{_FILES}/{file}", content) for file, content in edition.files.items()),
                (_BODY, came.body),
                (_SIGNATURE, came.signature),
            ):
                (new / inside).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                write_new(new / inside, content)
            if flaws := self._flaws_in(new / _FILES, today):
                raise Refused(Why.UNSOUND, sorted({one.file for one in flaws}))
            for folder in {new, *(path for path in new.rglob("*") if path.is_dir())}:
                sync(folder)
            os.rename(new, at)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        sync(self.place)
        return name

    def _flaws_in(self, folder: Path, today: date) -> tuple[Flaw, ...]:
        from kiosk.editions.soundness import flaws_in

        return flaws_in(folder, self.kind, today)

    def _clear(self, standing: Standing) -> None:
        """What nobody can be reading any more: neither the one in use nor the one before it."""
        staying = {one.folder for one in (standing.current, standing.before) if one is not None}
        for path in self.place.iterdir():
            if path.is_dir() and path.name not in staying:
                shutil.rmtree(path)

    def _note(self, left: Left) -> None:
        try:
            standing = self.standing()
        except Damaged:
            standing = Standing()
        self._write(replace(standing, left=left))

    def _write(self, standing: Standing) -> None:
        """From one moment to the next."""
        told = json.dumps(asdict(standing), default=str).encode()
        fresh = self.place / f"{_NEW}{_STANDING}"
        fresh.unlink(missing_ok=True)
        write_new(fresh, told)
        os.replace(fresh, self.place / _STANDING)
        sync(self.place)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One program at a time; who is killed holds nobody up."""
        self.place.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.place / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _read(told: Any) -> Standing:
    left = told["left"]
    return Standing(
        _kept(told["current"]),
        _kept(told["before"]),
        _kept(told["newest"]),
        left and Left(left["digest"], Why(left["why"]), tuple(left["files"]), left["under"]),
        str(told.get("back_from", "")),
    )


def _kept(told: Any) -> Kept | None:
    if told is None:
        return None
    made_at = datetime.fromisoformat(told["made_at"])
    return Kept(int(told["serial"]), str(told["digest"]), made_at, Path(told["folder"]).name)
