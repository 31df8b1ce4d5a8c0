"""What a visit is like: its screen, its voice, what is pressed and what is plugged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.config.tables import between


@dataclass(frozen=True, slots=True)
class Screen:
    """What a visit's screen begins with."""

    colours: Literal["dark", "light", "yellow", "calm"] = "dark"
    frames: int = between(30, 240, 120)
    """Frames a second at most."""
    pixels: bool = True
    """Ask the terminal for a finger's place in pixels."""
    display: str = "auto"
    """A panel by name, or by its millimetres and pixels; "auto": what it says of itself."""
    distance: int = between(300, 1000, 500)
    """Millimetres from the eyes to the glass."""
    size: int = between(1, 4, 2)
    """The type size that a visit begins with."""
    ruler: int = between(80, 125, 100)
    """Millimetres that a line of 100 measures on the glass."""
    terminal: Literal["auto", "kitty", "xterm", "foot"] = "auto"
    """What `kiosk launch` opens; "auto": the first one that is installed."""
    restart: bool | Literal["auto"] = "auto"
    """Another size is another terminal around the same visit, even where the terminal could be told; "auto":
    where that is better for the terminal."""
    linear: bool = False
    """Pages are plain lines, with the cursor at the item that has the focus."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a visit's voice begins with."""

    sound: bool = True
    output: Literal["loudspeaker", "private"] = "loudspeaker"
    rate: int = between(1, 7, 4)
    volume: int = between(0, 10, 7)
    voice: str = ""
    """The installed voice to use; empty: all that are installed, the first that speaks the language."""
    device: str = ""
    """The name of the output device, or a part of it; empty: the account's default one."""
    headphones: tuple[str, ...] = ("headphone", "headset", "handset", "earphone", "耳机", "听筒")
    """Words in the name of a device that only one person hears."""
    lexicon: str = ""
    """A file of readings for names and places here; empty: only those that come with the program."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What people press."""

    keypad: str = "plain"
    """One of data/keypads, or the path of a file like them."""
    switches: Literal[2, 1] = 2
    """With one, the focus moves by itself."""
    stay: int = between(500, 10000, 2000)
    """Milliseconds that it then stays on each item."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Answers by voice."""

    mode: Literal["off", "push", "free"] = "off"
    models: str = ""
    """A folder with one folder for each language; empty: where they are installed to."""
    device: str = ""
    accents: str = ""
    """A table of sounds; empty: the one that comes with the program."""
    tone: bool = True
    """A short tone before the microphone opens."""


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
    columns: int = between(24, 64, 32)
    """Columns of a receipt roll: usually 32 on 58 mm, 48 on 80 mm. A Han character takes two."""
    encoding: Literal["gb18030", "gbk", "utf-8", "image"] = "gb18030"
    """How a receipt printer takes Chinese; `image`: it has none, every line is drawn."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds (K30, K31)."""

    idle: int = between(120, 900, 180)
    warning: int = between(20, 120, 45)


@dataclass(frozen=True, slots=True)
class PersonsRights:
    """What a person is told at the kiosk of what is held of them."""

    names: bool = False
    """Who looked at their numbers is told by name, not by role alone."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is kept of people who agreed to it."""

    settings: int = between(0, 3650, 365)
    """Days without a visit after which a person's settings are forgotten; 0: none are kept."""
