"""What this box works with: what was published for it, its own, and what came with the program."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of

if TYPE_CHECKING:
    from kiosk.cases.calendar import WorkCalendar
    from kiosk.config import Settings
    from kiosk.editions.keeping import Editions
    from kiosk.hub.fetching import Fetching
    from kiosk.hub.link import Link
    from kiosk.services.load import Shelf
    from kiosk.services.model import Service

log = logging.getLogger(__name__)


def editions_of(settings: Settings, state: Path) -> tuple[Editions, ...]:
    """What this box keeps of each kind; nothing where it knows no publisher."""
    if not settings.hub.publisher_keys:
        return ()
    from kiosk.editions.edition import Kind
    from kiosk.editions.keeping import Editions

    return tuple(Editions(state, kind, settings.hub.publishers) for kind in Kind)


def fetching_of(settings: Settings, state: Path, link: Link) -> Fetching:
    """What this box does to have what was published."""
    from zoneinfo import ZoneInfo

    from kiosk.clock import SystemClock
    from kiosk.hub.fetching import Fetching

    clock, zone = SystemClock(), ZoneInfo(settings.site.zone)
    return Fetching(link, editions_of(settings, state), clock, lambda: clock.now().astimezone(zone).date())


def service_folders(settings: Settings, state: Path) -> tuple[Path, ...]:
    """Where its services are, what counts first first.

    What was published stands in the place of what came with the program. A folder of the site's own stays:
    its services are there beside the published ones, but for those that are published under the same id.
    """
    published = _published(settings, state, "services")
    if published is None:
        return (settings.services.path(),)
    return (published, settings.services.path()) if settings.services.folder else (published,)


def folders_here(ctx: click.Context) -> tuple[Path, ...]:
    """`service_folders` of the box that a command is given on. Raises ClickException."""
    settings, state = settings_of(ctx), state_here(ctx)
    return service_folders(settings, state) if state else (settings.services.path(),)


def state_here(ctx: click.Context) -> Path | None:
    """The data folder, where something published may lie in it: who only writes services needs none.

    Raises ClickException.
    """
    if not settings_of(ctx).hub.publisher_keys:
        return None
    try:
        return state_of(ctx)
    except OSError as error:
        raise click.ClickException(f"the folder of --data cannot be used: {error.strerror}") from None


def shelf_of(settings: Settings, state: Path) -> Shelf:
    """The services of this box."""
    from kiosk.services.load import load_shelf

    return load_shelf(*service_folders(settings, state))


def services_of(settings: Settings, state: Path) -> Callable[[], Mapping[str, Service]]:
    """Read when they are first asked for, and again when another edition is in use."""
    from kiosk.services.load import load_shelf

    read = lru_cache(maxsize=1)(load_shelf)
    return lambda: read(*service_folders(settings, state)).services


def calendar_of(settings: Settings, state: Path) -> WorkCalendar:
    """A year that was published counts before the one that came with the program. Raises CalendarFault."""
    from kiosk.paths import data_file
    from kiosk.store.calendars import CalendarFault, load_calendar

    shipped, zone = data_file("calendars"), settings.site.zone
    published = _published(settings, state, "calendar")
    if published is None:
        return load_calendar(shipped, zone)
    try:
        return load_calendar(shipped, zone, published)
    except CalendarFault:
        # it was good when it came; the morning check says that it is damaged
        log.exception("the published calendar cannot be read")
        return load_calendar(shipped, zone)


def _published(settings: Settings, state: Path, kind: str) -> Path | None:
    return next((one.folder() for one in editions_of(settings, state) if one.kind == kind), None)
