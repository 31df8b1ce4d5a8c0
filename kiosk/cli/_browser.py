"""What is different for a visit that is shown in a browser (`kiosk serve`)."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kiosk.serve.browser import VARIABLE, Browser, NotABrowser, browser_told
from kiosk.serve.stream import VARIABLE as SOUND

if TYPE_CHECKING:
    from kiosk.config import Settings
    from screens.resident.type_sizes import Sizes


def browser_of(environment: Mapping[str, str]) -> Browser | None:
    """The browser that this visit is shown in; None in a terminal. Raises UsageError."""
    if VARIABLE not in environment:
        return None
    try:
        return browser_told(environment[VARIABLE])
    except NotABrowser:
        raise click.UsageError(f"{VARIABLE} is for kiosk serve alone") from None


def sound_line(environment: Mapping[str, str]) -> int | None:
    """The descriptor at which the voice of this visit has its page; None where it sounds here, or not at all.
    Raises UsageError.
    """
    if SOUND not in environment:
        return None
    try:
        descriptor = int(environment[SOUND])
        if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return descriptor
    except (ValueError, OSError):
        pass
    raise click.UsageError(f"{SOUND} is for kiosk serve alone")


def fitted_to(settings: Settings, browser: Browser, *, sounds: bool = False) -> Settings:
    """Somewhere else nothing that is plugged in here may be heard, seen, read or printed. `sounds`: the
    browser does, in a room, whatever this box has.
    """
    if browser.here:
        return settings
    voice = replace(settings.voice, sound=sounds and settings.voice.sound, output="loudspeaker", device="")
    return replace(
        settings,
        device=(),
        voice=voice,
        listening=replace(settings.listening, mode="off"),
        printer=replace(settings.printer, queue="", folder=""),
        materials=replace(settings.materials, kiosk_command=()),
    )


def sizes_in(settings: Settings, browser: Browser) -> Sizes:
    """The page takes sizes as xterm does."""
    from screens.resident.type_sizes import Sizes

    screen = settings.screen
    return Sizes("xterm", "", browser.face, browser.offered(screen.distance), screen.size)
