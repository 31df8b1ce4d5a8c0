"""What commands about one service need of the centre it is for."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.flow.sitting import World
    from kiosk.services.model import Service

DATE = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Pretend that it is this day (2026-11-02)."
)


def day_meant(given: datetime.datetime | None) -> datetime.date:
    """The day that was named, else today where the author sits."""
    return given.date() if given else datetime.date.today()  # noqa: DTZ011 - the author's own calendar


def world_with(service: Service, settings: Settings, today: datetime.date) -> World:
    """The centre with this one service, as a person would find it that day."""
    from kiosk.catalogue import load_catalogue
    from kiosk.flow.sitting import World
    from kiosk.services.regions import RegionFault, load_regions
    from kiosk.services.signing import signed_off

    try:
        regions = load_regions(settings.services.regions_path())
    except RegionFault as fault:
        raise click.ClickException(str(fault)) from None
    return World(
        services={service.id: service},
        texts=load_catalogue("resident"),
        today=today,
        centre=settings.site.name,
        phone=settings.site.phone,
        printer=settings.prints,
        regions=regions,
        unsigned=frozenset() if signed_off(service) else frozenset({service.id}),
    )
