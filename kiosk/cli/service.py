"""`kiosk service`: for whoever writes services."""

from __future__ import annotations

import click

from kiosk.cli._service_check import check, stories
from kiosk.cli._service_map import service_map
from kiosk.cli._service_new import new
from kiosk.cli._service_preview import preview
from kiosk.cli._service_sheet import sheet
from kiosk.cli._service_sign import sign
from kiosk.cli._service_switch import start, stop
from kiosk.cli._service_walk import walk


class _InOrder(click.Group):
    """Lists its commands as they are used one after another, not by letter."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder)
def command() -> None:
    """Service files: write them, look at them, check them, sign them off."""


for _part in (new, check, preview, service_map, walk, stories, sheet, sign, stop, start):
    command.add_command(_part)
