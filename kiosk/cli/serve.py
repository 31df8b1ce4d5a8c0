"""`kiosk serve`: the resident's screen in browsers, for a tablet or a kiosk that is a browser."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli import option_values
from kiosk.cli._given import settings_of, state_of

if TYPE_CHECKING:
    import ssl

    from kiosk.config import Settings
    from kiosk.serve.visit import Offer

ADDRESS = "browser-address"
"""The file that holds the address for a helper."""
_SOUND = "KIOSK_SOUND"
_READ = click.Path(exists=True, dir_okay=False, path_type=Path)
_NOT_FOR_VISITS = (
    *("TEXTUAL", "KIOSK_TERMINAL", "KIOSK_BROWSER", "NO_COLOR", "COLUMNS", "LINES"),
    *("NOTIFY_SOCKET", "WATCHDOG_", "LISTEN_"),
)
"""How the names begin of what was said to this program, or of the terminal it was started in."""


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where browsers come; else this box alone."
)
@click.option(
    "--port", default=8090, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
@click.option(
    "--certificate", type=_READ, help="What the box shows of itself; needed unless it serves itself."
)
@click.option("--key", type=_READ, help="And the key that belongs to it.")
@click.option("--visits", default=4, show_default=True, type=click.IntRange(1, 32), help="So many at a time.")
@click.option(
    "--here", is_flag=True, help="The browser is this box's own screen: one visit, with its devices."
)
@click.option("--silent", is_flag=True, help="Nothing is said aloud in the browsers; it only stands there.")
@click.option("--new-token", is_flag=True, help="Browsers that were let in so far are let in no more.")
@click.option("--demo", is_flag=True, help="As `kiosk run --demo`, each visit with a reader of its own.")
@click.pass_context
def command(
    ctx: click.Context,
    host: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    visits: int,
    here: bool,
    silent: bool,
    new_token: bool,
    demo: bool,
) -> None:
    """Show the resident's screen in browsers until it is ended.

    A helper opens the address that is written into the data folder once on each tablet. Each visit is said
    aloud by the browser that shows it; with --here by this box's own loudspeaker.
    """
    from kiosk.event_log import keep_events
    from kiosk.serve.admission import token_of
    from kiosk.serve.doorman import Door, Doorman
    from kiosk.serve.pages import Pages
    from kiosk.serve.places import Places
    from kiosk.undumpable import keep_memory_to_itself

    keep_memory_to_itself()
    settings = settings_of(ctx)
    encrypted = _encryption(host, certificate, key, here=here)
    try:
        state = state_of(ctx)
        token = token_of(state, anew=new_token)
    except OSError as error:
        raise click.ClickException(f"the data folder cannot be used: {error.strerror}") from None
    keep_events(state / "kiosk.log")
    listening = _listening(host, port)
    sound = not (here or silent or os.environ.get(_SOUND) == "off") and settings.voice.sound
    width = _width(settings) if here else 0
    pages = Pages(token, encrypted=encrypted is not None, width=width, sound=sound)
    mute = silent or not (here or sound)
    offer = replace(_offer(ctx, settings, state, here=here, demo=demo, mute=mute), sound=sound)
    door = Door(listening, encrypted, pages, Places(1 if here else visits), offer)
    _say_where(listening, host, token, state, encrypted=encrypted is not None)
    look, end = (_nothing, _nothing) if demo else _beside(ctx, settings, state)
    try:
        Doorman(door, look).run()
    finally:
        end()


def _encryption(
    host: str, certificate: Path | None, key: Path | None, *, here: bool
) -> ssl.SSLContext | None:
    """None where nothing leaves this box."""
    if here and not _is_this_box(host):
        raise click.UsageError("--here is for a browser on this box: --host is 127.0.0.1 then")
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key go together")
    if certificate is None or key is None:
        if not _is_this_box(host):
            raise click.UsageError(
                "others could read what people write: --host needs --certificate and --key"
            )
        return None
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except OSError:  # also ssl.SSLError: a file that is there, and no certificate
        raise click.ClickException("certificate and key do not go together") from None
    return context


def _is_this_box(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=64)
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror or 'no such place'}") from None


def _width(settings: Settings) -> float:
    """Millimetres of this box's screen; 0 where it does not say: it is then measured in the browser."""
    from kiosk.display.tables import UnknownDisplay, panel_here

    try:
        panel = panel_here(settings.screen)
    except UnknownDisplay:
        return 0
    return panel.width if panel else 0


def _offer(
    ctx: click.Context, settings: Settings, state: Path, *, here: bool, demo: bool, mute: bool
) -> Offer:
    from kiosk.serve.visit import Offer

    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(_NOT_FOR_VISITS)},
        "KIOSK_DATA": str(state.resolve()),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    if mute:
        environment[_SOUND] = "off"
    if config := option_values(ctx)["config"]:
        environment["KIOSK_CONFIG"] = str(Path(config).resolve())
    run = [sys.executable, "-m", "kiosk.cli", "run", *(["--demo"] if demo else [])]
    return Offer(run, environment, settings.screen.distance, settings.screen.size, here)


def _say_where(listening: socket.socket, host: str, token: str, state: Path, *, encrypted: bool) -> None:
    """The address goes into a file; onto the screen only where somebody sits before it."""
    from kiosk.serve.admission import ENTER, write_for_us_alone

    name = socket.getfqdn() if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    base = f"{'https' if encrypted else 'http'}://{name}:{listening.getsockname()[1]}"
    address = base + ENTER + token
    try:
        write_for_us_alone(state / ADDRESS, address + "\n")
    except OSError as error:
        raise click.ClickException(f"the data folder cannot be used: {error.strerror}") from None
    click.echo(f"ready at {base}; the address that lets a browser in is in {state / ADDRESS}")
    if sys.stdout.isatty():
        click.echo(address)


def _beside(
    ctx: click.Context, settings: Settings, state: Path
) -> tuple[Callable[[], None], Callable[[], None]]:
    """What runs once for all visits, and how it ends."""
    from kiosk.cli._hub import companion_of
    from kiosk.cli._night import night_of

    night = None if os.environ.get("KIOSK_NIGHT") == "timer" else night_of(ctx, settings, state)
    companion = companion_of(ctx, settings, state)

    def look() -> None:
        if night is not None:
            night.look()
        if companion is not None:
            companion.look()

    return look, companion.end if companion is not None else _nothing


def _nothing() -> None:
    """Runs beside a demo."""
