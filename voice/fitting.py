"""What a speaking process is set up with, as the words behind its command. What is missing is not there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True)
class Fitting:
    """Folders of better voices, and the device."""

    voices: str = ""
    """The folder that `kiosk voice install` fills."""
    prepared: str = ""
    """The folder that `kiosk voice prepare` fills."""
    voice: str = ""
    """The one installed voice to use; all of them when empty."""
    device: str = ""
    """The name of the output device, or a part of it; the default one when empty."""
    headphones: tuple[str, ...] = ()
    """A device with one of these words in its name is heard by one person only."""
    lexicon: str = ""
    """A site's file of readings of its own."""
    private: bool = False
    """Whatever the device is: only one person hears it."""
    browser: int | None = None
    """The descriptor at which it has the page that sounds in place of any device here."""

    def arguments(self) -> tuple[str, ...]:
        """For `python -m voice.child`."""
        return (json.dumps(asdict(self), ensure_ascii=False),)


def fitting_of(arguments: Sequence[str]) -> Fitting:
    """The way back; nothing at all without arguments."""
    if not arguments:
        return Fitting()
    given = Fitting(**json.loads(arguments[0]))
    return replace(given, headphones=tuple(given.headphones))


def is_headphones(device: str, words: Sequence[str]) -> bool:
    """Does its name say that one person hears it?"""
    name = device.casefold()
    return any(word.casefold() in name for word in words if word.strip())
