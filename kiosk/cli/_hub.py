"""What `kiosk run` keeps beside it where a hub is set: `kiosk sync --watch`, with its settings and folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli import option_values

if TYPE_CHECKING:
    import click

    from kiosk.config import Settings
    from kiosk.hub.asking import AskingHub
    from kiosk.sitting.companion import Companion


def companion_of(ctx: click.Context, settings: Settings, state: Path) -> Companion | None:
    """None where this box stands alone, or is a desk, which works on the hub itself and only fetches what was
    published for it.
    """
    from kiosk.sitting.companion import Companion

    hub = settings.hub
    if not hub.there or (hub.of_a_desk and not hub.publisher_keys):
        return None
    config = option_values(ctx)["config"]
    chosen = ["--config", str(Path(config).resolve())] if config else []
    here = ["--data", str(state.resolve()), *chosen]
    return Companion([sys.executable, "-m", "kiosk.cli", *here, "sync", "--watch"])


def asks_hub(settings: Settings, *, demo: bool) -> bool:
    """Can cases be asked for that other kiosks of the centre took in?"""
    return settings.hub.there and not settings.hub.of_a_desk and not demo


def asking_hub(settings: Settings, *, demo: bool) -> AskingHub | None:
    """Where that is asked; None where it cannot be."""
    if not asks_hub(settings, demo=demo):
        return None
    from kiosk.hub.asking import PATIENCE, AskingHub
    from kiosk.hub.opening import open_link

    return AskingHub(lambda: open_link(settings.hub, PATIENCE))
