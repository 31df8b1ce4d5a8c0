"""`kiosk.toml` as typed settings. The shipped file explains every key; unknown keys are refused.

Plain dataclasses, not pydantic: settings are read before the first page is on the screen, and
loading pydantic alone would cost a third of what a minimal Textual program needs to start.
"""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.paths import data_dir, shipped_config
from kiosk.text import LANGUAGES, Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class ConfigFault(ValueError):
    """A settings file that cannot be used; the message names file, line and key."""


def _between(least: int, most: int, default: int) -> Any:
    return field(default=default, metadata={"least": least, "most": most})


@dataclass(frozen=True, slots=True)
class Site:
    """The centre the kiosk stands in."""

    name: Text
    phone: str
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Screen:
    """What a visit's screen begins with."""

    colours: Literal["dark", "light", "yellow", "calm"] = "dark"
    frames: int = _between(30, 240, 120)
    """Frames a second at most."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a visit's voice begins with."""

    sound: bool = True
    output: Literal["loudspeaker", "private"] = "loudspeaker"
    rate: int = _between(1, 7, 4)
    volume: int = _between(0, 10, 7)
    voice: str = ""
    """The installed voice to use; empty: all that are installed, the first that speaks the language."""
    device: str = ""
    """The name of the output device, or a part of it; empty: the account's default one."""
    headphones: tuple[str, ...] = ("headphone", "headset", "handset", "earphone", "耳机", "听筒")
    """Words in the name of a device that only one person hears."""
    lexicon: str = ""
    """A file of readings for names and places here; empty: only those that come with the program."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Answers by voice."""

    mode: Literal["off", "push", "free"] = "off"
    models: str = ""
    """A folder with one folder for each language; empty: where they are installed to."""
    device: str = ""
    accents: str = ""
    """A table of sounds; empty: the one that comes with the program."""


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """One `[[device]]`: a card reader, a code scanner, a printer."""

    purpose: Literal["identity_card", "member_card", "code", "social_card", "printer"]
    protocol: Literal["sdt", "pn532", "rdm6300", "scanner", "keyboard", "escpos", "pcsc"]
    port: str = ""
    """A path; the name of a PC/SC reader (empty: the first one); nothing for a keyboard."""
    baud: Literal[0, 9600, 19200, 38400, 57600, 115200] = 0
    """0: the usual speed of such a device; the others are tried where it does not answer."""
    ends: Literal["newline", "tab"] = "newline"
    """What ends a scanned code."""
    trigger: Literal["none", "gm65"] = "none"
    """How the scanner is told to look for a code."""
    columns: int = _between(24, 64, 32)
    """Columns of a receipt roll: usually 32 on 58 mm, 48 on 80 mm. A Han character takes two."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds (K30, K31)."""

    idle: int = _between(120, 900, 180)
    warning: int = _between(20, 120, 45)


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
class Settings:
    """All of `kiosk.toml`."""

    site: Site
    screen: Screen = Screen()
    voice: Voice = Voice()
    listening: Listening = Listening()
    device: tuple[DeviceSettings, ...] = ()
    times: Times = Times()
    services: Services = Services()
    notices: Notices = Notices()
    printer: Printing = Printing()
    records: Records = Records()

    @property
    def receipt_printer(self) -> DeviceSettings | None:
        """The device that prints papers; before a queue and a folder."""
        return next((one for one in self.device if one.purpose == "printer"), None)

    @property
    def prints(self) -> bool:
        """Are papers to take home offered?"""
        return self.printer.there or self.receipt_printer is not None


_Path = tuple[str | int, ...]


def _written(path: _Path) -> str:
    """The path as a person writes it: the second of several tables is number 2."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


class _Fault(Exception):
    """What is wrong with one key, and its path."""

    def __init__(self, path: _Path, what: str) -> None:
        super().__init__(what)
        self.path, self.what = path, what


def load_settings(path: Path | None = None) -> Settings:
    """Read a settings file, the shipped one without a path. Raises ConfigFault."""
    chosen = path or shipped_config()
    try:
        source = chosen.read_text(encoding="utf-8-sig")
        document = tomllib.loads(source)
    except (OSError, ValueError, RecursionError) as fault:  # also a number too long, tables too deep
        raise ConfigFault(f"{chosen.name}: {fault}") from None
    try:
        settings = _read(Settings, document, ())
        _check_zone(settings.site.zone)
    except _Fault as fault:
        from kiosk.services.positions import PositionIndex

        line = PositionIndex(source).find(fault.path).line
        raise ConfigFault(f"{chosen.name}:{line} {_written(fault.path)}: {fault.what}") from None
    return settings


_Section = TypeVar("_Section", bound="DataclassInstance")


def _read(section: type[_Section], table: Any, path: _Path) -> _Section:
    """A section from its table; every key is known, of its type and within its bounds."""
    if not isinstance(table, dict):
        raise _Fault(path, "is a section, with its keys below it")
    fields = {f.name: f for f in dataclasses.fields(section)}
    hints = typing.get_type_hints(section)
    for key in table:
        if key not in fields:
            raise _Fault((*path, key), f"is not known; known are {', '.join(fields)}")
    for name, known in fields.items():
        if name not in table and known.default is dataclasses.MISSING:
            raise _Fault((*path, name), "is missing")
    given = {
        key: _value(hints[key], value, fields[key].metadata, (*path, key)) for key, value in table.items()
    }
    return section(**given)


def _value(wanted: Any, value: Any, bounds: types.MappingProxyType[Any, Any], path: _Path) -> Any:
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted) and wanted is not Text:
        return _read(wanted, value, path)
    if wanted == tuple[str, ...]:
        return _words(value, path)
    if typing.get_origin(wanted) is tuple:
        return _tables(typing.get_args(wanted)[0], value, path)
    if wanted is Text:
        return _text(value, path)
    if typing.get_origin(wanted) is Literal:
        allowed = typing.get_args(wanted)
        if value not in allowed or type(value) is not type(allowed[0]):
            raise _Fault(path, f"is one of {', '.join(map(str, allowed))}")
        return value
    if type(value) is not wanted:
        raise _Fault(path, f"is a {_WORDS[wanted]}")
    if "least" in bounds and not bounds["least"] <= value <= bounds["most"]:
        raise _Fault(path, f"is from {bounds['least']} to {bounds['most']}")
    return value


def _words(value: Any, path: _Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise _Fault(path, 'is a list of texts in quotes: ["...", "..."]')
    return tuple(value)


def _text(value: Any, path: _Path) -> Text:
    """A text in each language."""
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        raise _Fault(path, f"needs a text in each of {', '.join(LANGUAGES)}")
    for language, words in value.items():
        if not isinstance(words, str) or not words.strip():
            raise _Fault((*path, language), "is a text in quotes, not empty")
    return Text(value)


def _tables(section: type[_Section], tables: Any, path: _Path) -> tuple[_Section, ...]:
    """Every `[[section]]` of the file."""
    if not isinstance(tables, list):
        raise _Fault(path, f"is written [[{path[-1]}]], once for each")
    return tuple(_read(section, table, (*path, number)) for number, table in enumerate(tables))


_WORDS = {str: "text in quotes", int: "whole number", bool: "yes or no, written true or false"}


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a whole continent
        raise _Fault(("site", "zone"), "is not a time zone") from None
