"""`kiosk.toml` as typed settings. The shipped file explains every key; unknown keys are refused.

Plain dataclasses, not pydantic: settings are read before the first page is on the screen, and
loading pydantic alone would cost a third of what a minimal Textual program needs to start.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.config.centre import (
    Gateway,
    Materials,
    Notices,
    Printing,
    Records,
    Security,
    Services,
    Site,
    Telling,
    Update,
    Upkeep,
    Waiting,
    WaitingLetter,
)
from kiosk.config.hub import Hub, check_hub
from kiosk.config.tables import Fault, KeyPath, section_of
from kiosk.config.visit import (
    DeviceSettings,
    Keys,
    Listening,
    PersonsRights,
    Remembered,
    Screen,
    Times,
    Voice,
)
from kiosk.paths import shipped_config

__all__ = [
    "ConfigFault",
    "DeviceSettings",
    "Gateway",
    "Hub",
    "Keys",
    "Listening",
    "Materials",
    "Printing",
    "Screen",
    "Security",
    "Services",
    "Settings",
    "Site",
    "Times",
    "Voice",
    "WaitingLetter",
    "load_settings",
]


class ConfigFault(ValueError):
    """A settings file that cannot be used; the message names file, line and key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `kiosk.toml`."""

    site: Site
    screen: Screen = field(default_factory=Screen)
    voice: Voice = field(default_factory=Voice)
    keys: Keys = field(default_factory=Keys)
    listening: Listening = field(default_factory=Listening)
    device: tuple[DeviceSettings, ...] = ()
    times: Times = field(default_factory=Times)
    remembered: Remembered = field(default_factory=Remembered)
    rights: PersonsRights = field(default_factory=PersonsRights)
    services: Services = field(default_factory=Services)
    notices: Notices = field(default_factory=Notices)
    printer: Printing = field(default_factory=Printing)
    records: Records = field(default_factory=Records)
    materials: Materials = field(default_factory=Materials)
    security: Security = field(default_factory=Security)
    upkeep: Upkeep = field(default_factory=Upkeep)
    update: Update = field(default_factory=Update)
    telling: Telling = field(default_factory=Telling)
    gateway: Gateway = field(default_factory=Gateway)
    hub: Hub = field(default_factory=Hub)
    waiting: Waiting = field(default_factory=Waiting)
    waiting_letter: tuple[WaitingLetter, ...] = ()

    @property
    def receipt_printer(self) -> DeviceSettings | None:
        """The device that prints papers; before a queue and a folder."""
        return next((one for one in self.device if one.purpose == "printer"), None)

    @property
    def prints(self) -> bool:
        """Are papers to take home offered?"""
        return self.printer.there or self.receipt_printer is not None


def load_settings(path: Path | None = None) -> Settings:
    """Read a settings file, the shipped one without a path. Raises ConfigFault."""
    chosen = path or shipped_config()
    try:
        source = chosen.read_text(encoding="utf-8-sig")
        document = tomllib.loads(source)
    except (OSError, ValueError, RecursionError) as fault:  # also a number too long, tables too deep
        raise ConfigFault(f"{chosen.name}: {fault}") from None
    try:
        settings = section_of(Settings, document, ())
        _check_zone(settings.site.zone)
        _check_gateway(settings.gateway.url)
        _check_letters(settings.waiting_letter)
        check_hub(settings.hub)
        _check_update(settings.update.keys)
    except Fault as fault:
        from kiosk.services.positions import PositionIndex

        line = PositionIndex(source).find(fault.path).line
        raise ConfigFault(f"{chosen.name}:{line} {_written(fault.path)}: {fault.what}") from None
    return settings


def _written(path: KeyPath) -> str:
    """The path as a person writes it: the second of several tables is number 2."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _check_gateway(url: str) -> None:
    if not url:
        return
    from kiosk.safe_address import is_safe

    if not is_safe(url):
        raise Fault(("gateway", "url"), "is https://…, or http:// on this machine, and holds no password")


def _check_update(keys: tuple[str, ...]) -> None:
    for number, key in enumerate(keys):
        if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
            raise Fault(("update", "keys", number), "is 64 hexadecimal digits")


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a whole continent
        raise Fault(("site", "zone"), "is not a time zone") from None


def _check_letters(letters: tuple[WaitingLetter, ...]) -> None:
    """Each letter once, and each is called somewhere."""
    seen: set[str] = set()
    for place, one in enumerate(letters):
        if one.letter in seen:
            raise Fault(("waiting_letter", place, "letter"), "is the letter of another, too")
        if not one.windows:
            raise Fault(("waiting_letter", place, "windows"), "names no window: nobody would be called")
        seen.add(one.letter)
