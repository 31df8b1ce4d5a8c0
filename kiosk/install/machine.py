"""The box that is worked on: this machine, or one that lies in a folder."""

from __future__ import annotations

import os
import stat
import subprocess
from contextlib import suppress
from pathlib import Path, PurePosixPath

_NO_CLOCK_OF_ITS_OWN = ("usr/sbin/chronyd", "usr/sbin/ntpd", "usr/sbin/openntpd")


class Trouble(Exception):
    """It does not work here: `kind` is a key of `trouble` in the catalogue `install`, `what` its detail."""

    def __init__(self, kind: str, what: str = "") -> None:
        super().__init__(kind)
        self.kind, self.what = kind, what


class Machine:
    """Paths are given as they are on the finished box."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.live = root == Path("/")

    def at(self, path: str) -> Path:
        """Where that lies now."""
        return self.root / path.lstrip("/")

    def look(self, program: str) -> None:
        """Can a kiosk be made of it? Raises Trouble."""
        if not self.root.is_dir():
            raise Trouble("no_root", str(self.root))
        if self.at("/etc/systemd/system/display-manager.service").is_symlink():
            raise Trouble("desktop")
        if not self.live:
            return
        if os.geteuid() != 0:
            raise Trouble("not_root")
        if not Path("/run/systemd/system").is_dir() or not Path("/usr/bin/apt-get").exists():
            raise Trouble("not_debian")
        if not os.access(program, os.X_OK):
            raise Trouble("no_program", program)
        closed = [one for one in Path(os.path.realpath(program)).parents if not _open_to_all(one)]
        if closed:
            raise Trouble("closed", str(closed[0]))

    @property
    def own_clock(self) -> bool:
        return any((self.root / name).exists() for name in _NO_CLOCK_OF_ITS_OWN)

    def read(self, path: str) -> bytes | None:
        """A file; None where there is none. Raises Trouble."""
        try:
            return self.at(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise Trouble("file", f"{path}: {error.strerror}") from None

    def write(self, path: str, content: bytes, mode: int, owner: str = "root") -> None:
        """Whole or not at all. Raises Trouble."""
        place = self.at(path)
        fresh = place.with_name(f".{place.name}.half")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.chmod(mode)
            self._give(fresh, owner)
            fresh.replace(place)
        except OSError as error:
            raise Trouble("file", f"{path}: {error.strerror}") from None

    def make_folder(self, path: str, mode: int, owner: str) -> None:
        """With this mode and owner, whether or not it was there. Raises Trouble."""
        place = self.at(path)
        # the account that owns what is around it could have it lead elsewhere
        if place.is_symlink():
            raise Trouble("file", f"{path}: a link")
        try:
            place.mkdir(parents=True, exist_ok=True)
            place.chmod(mode)
            self._give(place, owner)
        except OSError as error:
            raise Trouble("file", f"{path}: {error.strerror}") from None

    def link(self, path: str, target: str) -> None:
        """Raises Trouble."""
        place = self.at(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f".{place.name}.half")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(target)
            fresh.replace(place)
        except OSError as error:
            raise Trouble("file", f"{path}: {error.strerror}") from None

    def mode(self, path: str) -> int:
        """The permissions of a file that is there."""
        return stat.S_IMODE(self.at(path).stat().st_mode)

    def missing_above(self, path: str) -> list[str]:
        """The folders that are not there yet, outermost first."""
        above = [str(one) for one in PurePosixPath(path).parents]
        return [one for one in reversed(above) if not self.is_there(one)]

    def target(self, path: str) -> str | None:
        """Of a link; None where there is none."""
        with suppress(OSError):
            return os.readlink(self.at(path))
        return None

    def is_there(self, path: str) -> bool:
        return os.path.lexists(self.at(path))

    def rename(self, path: str, to: str) -> None:
        """Raises Trouble."""
        try:
            self.at(path).replace(self.at(to))
        except OSError as error:
            raise Trouble("file", f"{path}: {error.strerror}") from None

    def remove(self, path: str) -> None:
        """A file or a link, if it is there. Raises Trouble."""
        try:
            self.at(path).unlink(missing_ok=True)
        except OSError as error:
            raise Trouble("file", f"{path}: {error.strerror}") from None

    def run(self, words: tuple[str, ...]) -> None:
        """To its end; what it says goes to standard error. Raises Trouble."""
        world = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=2, env=world, check=False)
        except OSError:
            raise Trouble("command", " ".join(words)) from None
        if done.returncode:
            raise Trouble("command", " ".join(words))

    def _give(self, place: Path, owner: str) -> None:
        """To the account of the box, whose numbers may be others than those of this machine."""
        if os.geteuid() == 0:
            os.chown(place, *self._numbers(owner))

    def _numbers(self, owner: str) -> tuple[int, int]:
        if owner == "root":
            return 0, 0
        for line in (self.read("/etc/passwd") or b"").decode(errors="replace").splitlines():
            name, _, user, group, *_ = [*line.split(":"), "", "", ""]
            if name == owner:
                return int(user), int(group)
        raise Trouble("no_account", owner)


def _open_to_all(folder: Path) -> bool:
    return bool(folder.stat().st_mode & stat.S_IXOTH)
