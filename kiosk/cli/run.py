"""`kiosk run`: the resident's full screen."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
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
    from kiosk.serve.browser import Browser
    from kiosk.sitting.supervisor import Supervisor
    from kiosk.watchdog import Watchdog
    from screens.resident.fittings import CardTable
    from screens.resident.type_sizes import Sizes


@dataclass(frozen=True, slots=True)
class _Kiosk:
    """What one `kiosk run` has, from one sitting to the next."""

    settings: Settings
    state: Path
    demo: bool
    port: str
    """Of the card reader, instead of the one in the settings."""
    cards: CardTable | None
    sizes: Sizes | None
    watchdog: Watchdog | None


@click.command()
@click.option("--demo", is_flag=True, help="Emulated reader, fictional people, services not signed off.")
@click.option("--port", default="", help="Serial port of the card reader, instead of the one in kiosk.toml.")
@click.option("--linear", is_flag=True, help="Pages as plain lines, for braille displays and screen readers.")
@click.pass_context
def command(ctx: click.Context, demo: bool, port: str, linear: bool) -> None:
    """The resident's full screen, one sitting after another."""
    state = _folder_with_a_log(ctx, demo=demo)
    from kiosk.cli._browser import browser_of, sizes_in
    from kiosk.cli._type_sizes import sizes_for
    from kiosk.event_log import show_no_traceback
    from kiosk.sitting.supervisor import End
    from kiosk.undumpable import keep_memory_to_itself
    from kiosk.watchdog import watchdog_of

    keep_memory_to_itself()
    browser = browser_of(os.environ)
    settings = _settings_here(ctx, browser, linear=linear)
    show_no_traceback()
    with ExitStack() as stack:
        cards: CardTable | None = None
        if demo:
            from kiosk.cli._demo_reader import demo_reader

            port, cards = stack.enter_context(demo_reader())
        sizes = sizes_in(settings, browser) if browser else sizes_for(settings.screen, os.environ)
        given = dict(os.environ)
        kiosk = _Kiosk(settings, state, demo, port, cards, sizes, watchdog_of(os.environ))
        code = _supervisor(ctx, kiosk, given, beside_others=demo or browser is not None).run()
    if code == End.AGAIN:
        _begin_anew(given)
    ctx.exit(code)


def _folder_with_a_log(ctx: click.Context, *, demo: bool) -> Path:
    """The data folder. Whatever ends this program from now on stands in its log, and in the terminal.

    Before all else is loaded: a terminal that was opened for a program that is not whole is gone with it.
    """
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
    keep_events(state / "kiosk.log")
    show_what_ends_it()
    return state


def _settings_here(ctx: click.Context, browser: Browser | None, *, linear: bool) -> Settings:
    """The settings of the site, as this terminal or this browser can have them."""
    from kiosk.cli._browser import fitted_to, sound_line

    settings = settings_of(ctx)
    if linear or _wants_lines(os.environ):
        settings = replace(settings, screen=replace(settings.screen, linear=True))
    if browser is None:
        return settings
    return fitted_to(settings, browser, sounds=sound_line(os.environ) is not None)


def _supervisor(
    ctx: click.Context, kiosk: _Kiosk, given: Mapping[str, str], *, beside_others: bool
) -> Supervisor:
    """With all that a box does beside its sittings; without it where another kiosk of the box does that."""
    from kiosk.cli._first_day import goes_back
    from kiosk.cli._fittings import load_all
    from kiosk.cli._guided_next import wanted_walk
    from kiosk.cli._hub import companion_of
    from kiosk.cli._night import night_of
    from kiosk.cli._page_for_staff import page_closed, page_for_staff
    from kiosk.sitting.supervisor import End, Supervisor

    settings, state = kiosk.settings, kiosk.state
    wanted = None if beside_others else wanted_walk(state)
    by_timer = os.environ.get(_NIGHT) == "timer"
    return Supervisor(
        partial(_sit, kiosk),
        _please_wait(),
        page_for_staff if beside_others else partial(_out_of_order, state),
        load_all,
        interruptible=kiosk.demo,
        night=None if beside_others or by_timer else night_of(ctx, settings, state),
        companion=None if beside_others else companion_of(ctx, settings, state),
        watchdog=kiosk.watchdog,
        staff=partial(_sit, kiosk, 0, staff=True),
        walk=None if beside_others else partial(_try_out, kiosk, wanted),
        first=End.WALK if wanted else End.DONE,
        page_closed=page_closed,
        closed_for=partial(_to_the_morning, settings.site.zone),
        gives_up=goes_back(state, given),
    )


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


def _sit(kiosk: _Kiosk, card_left: int, *, staff: bool = False) -> int:
    """One sitting, in the forked process."""
    from kiosk.cli._fittings import fittings_for

    # Textual draws on standard error; what redirects that must not take the screen away.
    os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    os.environ.setdefault("TEXTUAL_FPS", str(kiosk.settings.screen.frames))
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    from screens.resident.app import ResidentApp

    fittings = fittings_for(
        kiosk.settings,
        kiosk.state,
        demo=kiosk.demo,
        card_left=card_left,
        port=kiosk.port,
        cards=kiosk.cards,
        sizes=kiosk.sizes,
        watchdog=kiosk.watchdog,
        staff=staff,
    )
    app = ResidentApp(fittings)
    app.run()
    return app.return_code or 0


def _try_out(kiosk: _Kiosk, wanted: str | None) -> int:
    """A helper tries keys, sound and devices, in the forked process. `wanted`: the language asked for."""
    from kiosk.cli._guided_check import walk_here
    from kiosk.text import LANGUAGES

    language = wanted or LANGUAGES[0]
    return walk_here(kiosk.settings, kiosk.state, language, kiosk.sizes, kiosk.watchdog)


def _please_wait() -> str:
    """After a fall, before the screens are there again: both languages, as nobody knows who stands there."""
    from kiosk.catalogue import load_catalogue

    texts = load_catalogue("resident")
    keys = ("crash.heading", "crash.body", "crash.staff")
    lines = [texts[key].show(language) for language in ("zh", "en") for key in keys]
    return "\r\n\r\n  " + "\r\n  ".join(lines) + "\r\n"
