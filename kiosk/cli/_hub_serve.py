"""`kiosk hub serve`: answers kiosks that must not reach the database."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of

if TYPE_CHECKING:
    import ssl

    from kiosk.hub.ingest import Ingest
    from kiosk.hub.limits import Limits
    from kiosk.hub.speaking_for import SpeakingFor
    from kiosk.security.device_key import DeviceKey

READ = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--listen", default="0.0.0.0:8443", show_default=True, metavar="HOST:PORT", help="Where kiosks come."
)
@click.option("--certificate", required=True, type=READ, help="What it shows of itself.")
@click.option("--key", required=True, type=READ, help="And the key that belongs to it.")
@click.option("--authority", required=True, type=READ, help="Whoever vouches for the kiosks.")
@click.option("--receipt-key", "receipts", required=True, type=READ, help="With which receipts are signed.")
@click.option(
    "--answers", default=8, show_default=True, type=click.IntRange(1, 64), help="So many at a time."
)
@click.pass_context
def serve(
    ctx: click.Context,
    listen: str,
    certificate: Path,
    key: Path,
    authority: Path,
    receipts: Path,
    answers: int,
) -> None:
    """Answer kiosks over HTTPS until it is ended. It keeps nothing: several may stand beside one another.

    It comes to the database as `[hub]` in kiosk.toml says, as a server (kiosk hub server add). Which kiosk
    asks it takes from the certificate that is shown; what it logs names no kiosk and no case.
    """
    import asyncio

    from kiosk.hub.ingest import Ingest
    from kiosk.hub.limits import Limits
    from kiosk.undumpable import keep_memory_to_itself

    keep_memory_to_itself()
    way = _way(ctx)
    context, signing = _papers(certificate, key, authority, receipts)
    listening = _listening(listen)
    _log_to_standard_error()
    host, port = listening.getsockname()[:2]
    click.echo(f"ready at {host}:{port}; receipts are signed with {signing.public.hex()}")
    ingest = Ingest(way, signing)
    try:
        asyncio.run(_until_ended(ingest, context, listening, Limits(answers=answers)))
    finally:
        ingest.tally.tell()
        way.close()


async def _until_ended(
    ingest: Ingest, context: ssl.SSLContext, listening: socket.socket, limits: Limits
) -> None:
    import asyncio
    import signal

    from kiosk.hub.serving import Serving

    serving = Serving(ingest.answer, context, limits)
    for ending in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(ending, serving.end)
    await serving.run(listening)


def _way(ctx: click.Context) -> SpeakingFor:
    from kiosk.hub.direct import entering
    from kiosk.hub.opening import entry_of
    from kiosk.hub.speaking_for import SpeakingFor

    hub = settings_of(ctx).hub
    if not hub.there or hub.over_https:
        raise click.ClickException("kiosk.toml has to name the hub's database: hub.address postgresql://…")
    return SpeakingFor(entering(entry_of(hub)))


def _papers(
    certificate: Path, key: Path, authority: Path, receipts: Path
) -> tuple[ssl.SSLContext, DeviceKey]:
    from kiosk.hub.serving import server_context
    from kiosk.security.device_key import signing_key
    from kiosk.security.keys import KeyTrouble

    try:
        return server_context(certificate, key, authority), signing_key(receipts)
    except (OSError, KeyTrouble):  # also ssl.SSLError: a file that is there, and no certificate
        raise click.ClickException(
            "certificate, key, authority and receipt key do not go together: kiosk hub certificate --help"
        ) from None


def _listening(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    if not port.isdigit() or not host:
        raise click.UsageError("--listen is HOST:PORT")
    host = host.strip("[]")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, int(port)), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "no such place"
        raise click.ClickException(f"{listen}: {why}") from None
    listening.setblocking(False)
    return listening


def _log_to_standard_error() -> None:
    """Kinds and places of events, never a value."""
    from kiosk.event_log import tell_events

    logging.basicConfig(handlers=[], force=True)
    tell_events()
