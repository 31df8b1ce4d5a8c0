"""`kiosk run`: the resident's full screen."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import settings_of, state_of

_SPEECH_LOG = "KIOSK_SPEECH_LOG"
_NIGHT = "KIOSK_NIGHT"
"""`timer` where the machine begins the night's work, which then also comes after a night without power."""

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.watchdog import Watchdog
    from screens.resident.fittings import CardTable
    from screens.resident.type_sizes import Sizes


@click.command()
@click.option("--demo", is_flag=True, help="Emulated reader, fictional people, services not signed off.")
@click.option("--port", default="", help="Serial port of the card reader, instead of the one in kiosk.toml.")
@click.option("--linear", is_flag=True, help="Pages as plain lines, for braille displays and screen readers.")
@click.pass_context
def command(ctx: click.Context, demo: bool, port: str, linear: bool) -> None:
    """The resident's full screen, one sitting after another."""
    from kiosk.event_log import keep_events, show_no_traceback, show_what_ends_it

    show_no_traceback()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.ClickException("kiosk run needs a terminal; kiosk demo needs none")
    try:
        state = state_of(ctx)
    except OSError as error:
        raise click.ClickException(f"the data folder cannot be used: {error.strerror}") from None
    if os.environ.get(_SPEECH_LOG) and not demo:
        raise click.UsageError(f"{_SPEECH_LOG} works with --demo only: it would keep what people hear")
    # Before all else is loaded: of a program that is not whole nobody sees what the terminal showed.
    keep_events(state / "kiosk.log")
    show_what_ends_it()
    from kiosk.cli._browser import browser_of, fitted_to, sizes_in, sound_line
    from kiosk.cli._first_day import goes_back
    from kiosk.cli._fittings import load_all
    from kiosk.cli._guided_next import wanted_walk
    from kiosk.cli._hub import companion_of
    from kiosk.cli._night import night_of
    from kiosk.cli._page_for_staff import page_closed, page_for_staff
    from kiosk.cli._type_sizes import sizes_for
    from kiosk.sitting.supervisor import End, Supervisor
    from kiosk.undumpable import keep_memory_to_itself
    from kiosk.watchdog import watchdog_of

    keep_memory_to_itself()
    settings = settings_of(ctx)
    if linear or _wants_lines(os.environ):
        settings = replace(settings, screen=replace(settings.screen, linear=True))
    browser = browser_of(os.environ)
    if browser is not None:
        settings = fitted_to(settings, browser, sounds=sound_line(os.environ) is not None)
    show_no_traceback()
    with ExitStack() as stack:
        cards: CardTable | None = None
        if demo:
            from kiosk.cli._demo_reader import demo_reader

            port, cards = stack.enter_context(demo_reader())

        sizes = sizes_in(settings, browser) if browser else sizes_for(settings.screen, os.environ)
        given = dict(os.environ)
        watchdog = watchdog_of(os.environ)

        def sit(card_left: int, *, staff: bool = False) -> int:
            return _sit(
                settings,
                state,
                demo=demo,
                card_left=card_left,
                port=port,
                cards=cards,
                sizes=sizes,
                watchdog=watchdog,
                staff=staff,
            )

        beside_others = demo or browser is not None
        wanted = None if beside_others else wanted_walk(state)
        by_timer = os.environ.get(_NIGHT) == "timer"
        night = None if beside_others or by_timer else night_of(ctx, settings, state)
        beside = None if beside_others else companion_of(ctx, settings, state)
        code = Supervisor(
            sit,
            _please_wait(),
            page_for_staff if beside_others else partial(_out_of_order, state),
            load_all,
            interruptible=demo,
            night=night,
            companion=beside,
            watchdog=watchdog,
            staff=partial(sit, 0, staff=True),
            walk=None if beside_others else partial(_try_out, settings, state, wanted, sizes, watchdog),
            first=End.WALK if wanted else End.DONE,
            page_closed=page_closed,
            closed_for=partial(_to_the_morning, settings.site.zone),
            gives_up=goes_back(state, given),
        ).run()
    if code == End.AGAIN:
        _begin_anew(given)
    ctx.exit(code)


def _out_of_order(state: Path) -> str:
    """The page for staff; it is noted, should this be a new version."""
    from kiosk.cli._first_day import note_fall, what_staff_must_know
    from kiosk.cli._page_for_staff import page_for_staff

    note_fall(state)
    return page_for_staff(what_staff_must_know())


def _to_the_morning(zone: str) -> float:
    from kiosk.clock import SystemClock
    from kiosk.sitting.night import seconds_to_morning

    return seconds_to_morning(SystemClock().now().astimezone(ZoneInfo(zone)))


def _begin_anew(given: Mapping[str, str]) -> None:
    """The same command in the same process, told the same: whoever waits for it, or listens, goes on."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], dict(given))


def _wants_lines(environment: Mapping[str, str]) -> bool:
    """Has somebody said that their terminal shows no colours, or can do little?"""
    return bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"


def _sit(
    settings: Settings,
    state: Path,
    *,
    demo: bool,
    card_left: int,
    port: str,
    cards: CardTable | None,
    sizes: Sizes | None,
    watchdog: Watchdog | None,
    staff: bool,
) -> int:
    """One sitting, in the forked process."""
    from kiosk.cli._fittings import fittings_for

    # Textual draws on standard error; what redirects that must not take the screen away.
    os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    os.environ.setdefault("TEXTUAL_FPS", str(settings.screen.frames))
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    from screens.resident.app import ResidentApp

    fittings = fittings_for(
        settings,
        state,
        demo=demo,
        card_left=card_left,
        port=port,
        cards=cards,
        sizes=sizes,
        watchdog=watchdog,
        staff=staff,
    )
    app = ResidentApp(fittings)
    app.run()
    return app.return_code or 0


def _try_out(
    settings: Settings, state: Path, wanted: str | None, sizes: Sizes | None, watchdog: Watchdog | None
) -> int:
    """A helper tries keys, sound and devices, in the forked process. `wanted`: the language asked for."""
    from kiosk.cli._guided_check import walk_here
    from kiosk.text import LANGUAGES

    return walk_here(settings, state, wanted or LANGUAGES[0], sizes, watchdog)


def _please_wait() -> str:
    """After a fall, before the screens are there again: both languages, as nobody knows who stands there."""
    from kiosk.catalogue import load_catalogue

    texts = load_catalogue("resident")
    keys = ("crash.heading", "crash.body", "crash.staff")
    lines = [texts[key].show(language) for language in ("zh", "en") for key in keys]
    return "\r\n\r\n  " + "\r\n  ".join(lines) + "\r\n"
