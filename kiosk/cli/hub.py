"""`kiosk hub`: many kiosks and desks on one database."""

from __future__ import annotations

import click

from kiosk.cli._hub_aside import aside
from kiosk.cli._hub_certificate import certificate
from kiosk.cli._hub_init import init
from kiosk.cli._hub_members import centre, district, kiosk, server
from kiosk.cli._hub_publish import publish
from kiosk.cli._hub_serve import serve
from kiosk.cli._hub_status import status


class _InOrder(click.Group):
    """Lists its commands as they are used one after another, not by letter."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder)
def command() -> None:
    """The hub that kiosks of many centres share: make it, say who comes in, see how it stands."""


for _part in (init, centre, kiosk, certificate, server, serve, district, publish, status, aside):
    command.add_command(_part)
