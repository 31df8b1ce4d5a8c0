"""`kiosk.toml` as typed settings. The shipped file explains every key; unknown keys are refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kiosk.paths import data_dir, shipped_config
from kiosk.services.wording import Wording


class ConfigFault(ValueError):
    """A settings file that cannot be used; the message names file, line and key."""


class Section(BaseModel):
    """Base of all sections: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Site(Section):
    """The centre the kiosk stands in."""

    name: Wording
    phone: str = Field(min_length=3, max_length=30)
    zone: str = "Asia/Shanghai"

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("not a time zone") from None
        return zone


class Screen(Section):
    """What a visit's screen begins with."""

    colours: Literal["dark", "light", "yellow", "calm"] = "dark"
    frames: int = Field(default=120, ge=30, le=240)


class Voice(Section):
    """What a visit's voice begins with."""

    sound: bool = True
    output: Literal["loudspeaker", "private"] = "loudspeaker"
    rate: int = Field(default=4, ge=1, le=7)
    volume: int = Field(default=7, ge=0, le=10)


class Reader(Section):
    """The identity card reader."""

    port: str = ""
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 115200


class Times(Section):
    """Seconds (K30, K31)."""

    idle: int = Field(default=180, ge=120, le=900)
    warning: int = Field(default=45, ge=20, le=120)


class Services(Section):
    """Where the service files are."""

    folder: str = ""

    def path(self) -> Path:
        """The folder to load from."""
        return Path(self.folder) if self.folder else data_dir() / "services"


class Settings(Section):
    """All of `kiosk.toml`."""

    site: Site
    screen: Screen = Screen()
    voice: Voice = Voice()
    reader: Reader = Reader()
    times: Times = Times()
    services: Services = Services()


def load_settings(path: Path | None = None) -> Settings:
    """Read a settings file, the shipped one without a path. Raises ConfigFault."""
    chosen = path or shipped_config()
    try:
        source = chosen.read_text(encoding="utf-8")
        document: dict[str, Any] = tomllib.loads(source)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ConfigFault(f"{chosen.name}: {fault}") from None
    try:
        return Settings.model_validate(document)
    except ValidationError as fault:
        from kiosk.services.positions import PositionIndex

        index = PositionIndex(source)
        lines = [
            f"{chosen.name}:{index.find(error['loc']).line} "
            f"{'.'.join(map(str, error['loc']))}: {error['msg']}"
            for error in fault.errors(include_url=False, include_input=False)
        ]
        raise ConfigFault("\n".join(lines)) from None
