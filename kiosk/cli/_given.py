"""What a command was given: its language, the settings and data folder it works with, the day it is there."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli import option_values

if TYPE_CHECKING:
    from kiosk.config import Settings

LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language."
)


def settings_of(ctx: click.Context) -> Settings:
    """Of `--config`. Raises ClickException."""
    from kiosk.config import ConfigFault, load_settings

    try:
        settings = load_settings(option_values(ctx)["config"])
        if settings.keys.keypad != "plain":
            from screens.keypads import load_keypad

            load_keypad(settings.keys.keypad)
        return settings
    except ConfigFault as fault:
        raise click.ClickException(str(fault)) from None


def state_of(ctx: click.Context) -> Path:
    """The folder of `--data`, made where it is not there yet. Raises OSError."""
    from kiosk.paths import state_dir

    return state_dir(option_values(ctx)["data"])


def today_at(settings: Settings) -> datetime.date:
    """Where the centre stands."""
    from kiosk.clock import SystemClock

    return SystemClock().now().astimezone(ZoneInfo(settings.site.zone)).date()
