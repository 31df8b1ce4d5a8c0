"""`kiosk out-of-order`: the page that stands where the kiosk itself cannot."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress

import click

from kiosk.cli._given import state_of

_ENDINGS = {signal.SIGTERM, signal.SIGHUP, signal.SIGINT}


@click.command()
@click.option(
    "--seconds",
    type=click.IntRange(1, 3600),
    default=30,
    show_default=True,
    help="For so long, then it ends.",
)
@click.pass_context
def command(ctx: click.Context, seconds: int) -> None:
    """Say in both languages that this kiosk cannot be used just now, and what staff can do.

    No key ends it. It is shown by `kiosk launch` and by an installed box after three falls without having
    stood for a minute.
    """
    from kiosk.cli._first_day import what_staff_must_know
    from kiosk.cli._page_for_staff import page_for_staff
    from kiosk.sitting.terminal import Terminal
    from kiosk.watchdog import watchdog_of

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.ClickException("kiosk out-of-order needs a terminal")
    watchdog = watchdog_of(os.environ)
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    terminal = Terminal(interruptible=False)
    until = time.monotonic() + seconds
    with terminal.ours():
        _note_fall(ctx)
        terminal.clear(page_for_staff(what_staff_must_know()))
        if watchdog is not None:
            watchdog.ready()
        while (left := until - time.monotonic()) > 0:
            every = watchdog.every if watchdog is not None else 0.0
            if signal.sigtimedwait(_ENDINGS, min(left, every or left)) is not None:
                break
            if watchdog is not None:
                watchdog.feed()


def _note_fall(ctx: click.Context) -> None:
    """A data folder that cannot be used is a reason for this page, and none for it not to stand."""
    from kiosk.cli._first_day import note_fall

    with suppress(OSError):
        note_fall(state_of(ctx))
