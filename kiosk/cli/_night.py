"""What `kiosk run` begins at night: `kiosk tidy --nightly` with its own settings and folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.cli import option_values

if TYPE_CHECKING:
    import click

    from kiosk.config import Settings
    from kiosk.sitting.night import Night


def night_of(ctx: click.Context, settings: Settings, state: Path) -> Night:
    """By the clock of the site."""
    from kiosk.clock import SystemClock
    from kiosk.sitting.night import Night

    config = option_values(ctx)["config"]
    chosen = ["--config", str(Path(config).resolve())] if config else []
    command = [
        sys.executable,
        "-m",
        "kiosk.cli",
        "--data",
        str(state.resolve()),
        *chosen,
        "tidy",
        "--nightly",
    ]
    return Night(settings.upkeep.hour, ZoneInfo(settings.site.zone), SystemClock(), command)
