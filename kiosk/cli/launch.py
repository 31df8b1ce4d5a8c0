"""`kiosk launch`: the resident's screen in a terminal of its own, at the type size that the panel needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli import option_values
from kiosk.cli._given import LANG, settings_of, state_of

if TYPE_CHECKING:
    from kiosk.cli._type_sizes import Shown
    from kiosk.config import Screen
    from kiosk.display.launching import Start
    from kiosk.display.type_size import Fit

_SOCKET, _STANDS = "terminal", "stands"
"""In a folder for this account alone: where sizes are wished for, and since when a page stands."""


@dataclass(frozen=True, slots=True)
class _Launch:
    """What is started, and for whom."""

    shown: Shown
    fit: Fit
    program: list[str]
    environment: Mapping[str, str]
    folder: Path
    once: bool
    gives_up: Callable[[], bool]
    """A new version that keeps falling is gone back from before the next start."""

    @property
    def page(self) -> list[str]:
        """What is shown instead after three falls."""
        return [sys.executable, "-m", "kiosk.cli", "out-of-order"]


@click.command()
@LANG
@click.option(
    "--terminal", type=click.Choice(["kitty", "xterm", "foot"]), help="Instead of the one of kiosk.toml."
)
@click.option(
    "--restart/--no-restart",
    default=None,
    help="Another size is another terminal, as with foot; instead of the restart of kiosk.toml.",
)
@click.option("--demo", is_flag=True, help="As `kiosk run --demo`; the end of it ends the terminal.")
@click.option("--dry-run", is_flag=True, help="Print the command instead of running it.")
@click.pass_context
def command(
    ctx: click.Context, lang: str, terminal: str | None, restart: bool | None, demo: bool, dry_run: bool
) -> None:
    """Open the resident's screen full screen, at the type size of kiosk.toml.

    The person changes the size with T or F3. Needs kitty, xterm or foot, and a graphical session.
    """
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._type_sizes import NoSize, show_on
    from kiosk.display.type_size import usual
    from kiosk.undumpable import keep_memory_to_itself

    keep_memory_to_itself()
    screen = settings_of(ctx).screen
    texts = load_catalogue("box")
    try:
        asked = screen if restart is None else replace(screen, restart=restart)
        shown = show_on(asked, terminal or "")
    except NoSize as trouble:
        raise click.ClickException(texts[f"display.{trouble}"].show(lang)) from None
    fit = usual(shown.offered, screen.size)
    assert fit is not None
    program = [sys.executable, "-m", "kiosk.cli", "run", *(["--demo"] if demo else [])]
    with tempfile.TemporaryDirectory(prefix="bangban-") as folder:
        environment = {**os.environ, **_given(ctx), **_told(shown, Path(folder))}
        launch = _Launch(shown, fit, program, environment, Path(folder), demo, _gives_up(ctx))
        if dry_run:
            click.echo(" ".join(_command(launch, _start(shown), fit, program)))
        elif shown.restarts:
            sys.exit(_show_again(launch, texts["display.given_up"].show(lang)))
        else:
            sys.exit(_keep_open(launch, screen))


def _gives_up(ctx: click.Context) -> Callable[[], bool]:
    from kiosk.cli._first_day import goes_back

    try:
        return goes_back(state_of(ctx), os.environ)
    except OSError:
        # Without a data folder nothing was noted in it.
        return lambda: False


def _given(ctx: click.Context) -> dict[str, str]:
    """The settings file and the data folder that this command was given, for the one it starts."""
    names = {"config": "KIOSK_CONFIG", "data": "KIOSK_DATA"}
    return {names[key]: str(path.absolute()) for key, path in option_values(ctx).items() if path}


def _start(shown: Shown) -> Start:
    from kiosk.display.launching import RESTARTS, STARTS, kitty

    if shown.terminal == "kitty":
        return partial(kitty, version=_kitty_version())
    return (RESTARTS if shown.restarts else STARTS)[shown.terminal]


def _kitty_version() -> tuple[int, int]:
    """The oldest one where it does not say."""
    try:
        told = subprocess.run(
            ["kitty", "--version"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        told = ""
    found = re.search(r"(\d+)\.(\d+)", told)
    return (int(found[1]), int(found[2])) if found else (0, 26)


def _command(launch: _Launch, start: Start, fit: Fit, program: Sequence[str]) -> list[str]:
    shown = launch.shown
    socket = "" if shown.restarts else str(launch.folder / _SOCKET)
    return start(shown.panel, shown.face, fit, socket, program)


def _told(shown: Shown, folder: Path) -> dict[str, str]:
    """What the program and the terminal need to know of one another."""
    from kiosk.watchdog import STANDS
    from screens.terminals import AGAIN, VARIABLE

    reached = f"{AGAIN}:{folder / _SOCKET}" if shown.restarts else str(folder / _SOCKET)
    # All of them draw all colours, and not all say so.
    return {
        VARIABLE: f"{shown.terminal} {reached}",
        STANDS: str(folder / _STANDS),
        "COLORTERM": "truecolor",
    }


def _keep_open(launch: _Launch, screen: Screen) -> int:
    """Again and again until this program is told to end; a demo once: the exit code."""
    from kiosk.display.kept_open import KeptOpen

    start = _command(launch, _start(launch.shown), launch.fit, launch.program)
    if launch.once:
        return min(abs(subprocess.run(start, env=launch.environment, check=False).returncode), 1)
    pages, stands = list(_pages(launch, screen)), launch.folder / _STANDS
    return KeptOpen(start, pages, launch.environment, stands, launch.gives_up).run()


def _pages(launch: _Launch, screen: Screen) -> Iterator[list[str]]:
    """The page for staff in the same terminal; where that is what falls, in any other that is here."""
    from kiosk.cli._type_sizes import NoSize, installed, show_on
    from kiosk.display.type_size import usual

    yield _command(launch, _start(launch.shown), launch.fit, launch.page)
    for other in installed(os.environ):
        with suppress(NoSize):
            shown = show_on(screen, other)
            fit = usual(shown.offered, screen.size)
            if other != launch.shown.terminal and fit is not None:
                yield _command(replace(launch, shown=shown, fit=fit), _start(shown), fit, launch.page)


def _show_again(launch: _Launch, given_up: str) -> int:
    """One terminal after another around the same program: the exit code."""
    from kiosk.display.shown_again import GivenUp, ShownAgain

    start = partial(_command, launch, _start(launch.shown))
    folder, offered = launch.folder, launch.shown.offered
    shown = ShownAgain(folder, start, offered, launch.fit, folder / _STANDS, launch.gives_up)
    environment = {**launch.environment, "TERM": "xterm-256color"}
    try:
        return min(abs(shown.run(launch.program, launch.page, environment, once=launch.once)), 1)
    except GivenUp:
        click.echo(given_up, err=True)
        return 1
