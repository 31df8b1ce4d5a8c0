"""What the centre decides for its desk and its rooms: content, papers, safekeeping, calls."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk.config.tables import between
from kiosk.paths import data_dir
from kiosk.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Site:
    """The centre the kiosk stands in."""

    name: Text
    phone: str
    address: Text = EMPTY
    """Where people come to whose matters another centre has handed over."""
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Services:
    """Where the service files are."""

    folder: str = ""
    regions: str = ""

    def path(self) -> Path:
        """The folder to load from."""
        return Path(self.folder) if self.folder else data_dir() / "services"

    def regions_path(self) -> Path:
        """The table of regions that addresses are chosen from."""
        return Path(self.regions) if self.regions else data_dir() / "regions" / "sample.toml"


@dataclass(frozen=True, slots=True)
class Notices:
    """What the centre has to tell everybody."""

    folder: str = ""

    def path(self) -> Path:
        """The folder to load from."""
        return Path(self.folder) if self.folder else data_dir() / "notices"


@dataclass(frozen=True, slots=True)
class Printing:
    """Where papers come out. With neither, none are offered."""

    queue: str = ""
    folder: str = ""

    @property
    def there(self) -> bool:
        """Is there any?"""
        return bool(self.queue or self.folder)


@dataclass(frozen=True, slots=True)
class Records:
    """Which offices are asked what they hold of a person."""

    folder: str = ""

    def path(self) -> Path:
        """The folder of the record sources."""
        return Path(self.folder) if self.folder else data_dir() / "records"


@dataclass(frozen=True, slots=True)
class Materials:
    """How papers become copies at the desk and at the kiosk, and how staff look at them."""

    file_mib: int = between(1, 64, 8)
    """MiB that one copy may have."""
    case_mib: int = between(1, 1024, 40)
    """MiB that all copies of a case may have together."""
    command: tuple[str, ...] = ()
    """The scanner's or camera's program and its words: it writes the picture to its standard output."""
    viewer: tuple[str, ...] = ()
    """The program that shows a copy; {file} stands for the copy."""
    kiosk_command: tuple[str, ...] = ()
    """The program of a camera at the kiosk. Empty: nobody is asked to lay their papers."""


@dataclass(frozen=True, slots=True)
class Security:
    """Who can open what people handed in."""

    key_stick: str = ""
    """Where a staff member's key stick shows, as a path in which * stands for anything."""
    pin_alone: bool = False
    """Staff keys may open with a PIN alone."""
    require_protected: bool = True
    """Outside a demo nothing is taken in before staff hold the keys."""
    encrypt_file: bool = True
    """The whole store is encrypted, too."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the kiosk does by itself at night."""

    hour: int = between(0, 23, 3)
    """When it begins, by the clock of the site."""
    backups: str = ""
    """The folder for a backup each night; empty: none is made."""
    keep_backups: int = between(1, 3650, 30)
    """Days; the three newest stay in any case."""


@dataclass(frozen=True, slots=True)
class Update:
    """Whose updates of the program this box takes."""

    keys: tuple[str, ...] = ()
    """With which of these an update must be signed: public halves, 64 hexadecimal digits each."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How people at home are told."""

    tries: int = between(1, 9, 3)
    """Calls that nobody took before a letter is written."""
    letter_workdays: int = between(1, 60, 7)
    """So long a letter is waited for."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """What carries messages to telephones."""

    url: str = ""
    """Empty: no messages are sent."""
    timeout: int = between(2, 30, 8)
    """Seconds for one message."""


_Letter = Literal[
    "A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M",
    "N", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
]  # fmt: skip
"""Without I and O, which read as digits."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Numbers that are drawn and called, where there is a `[[waiting_letter]]`."""

    cap: int = between(1, 9, 2)
    """So many of those who go first are called after one another while others wait."""
    from_age: int = between(50, 120, 70)
    """From this age on people go first."""
    english: bool = False
    """The waiting screen says each call in English, too."""


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """One `[[waiting_letter]]`: what people come for, and the letter that their numbers begin with."""

    letter: _Letter
    name: Text
    windows: tuple[str, ...] = ("1",)
    """Where its numbers are called to."""
