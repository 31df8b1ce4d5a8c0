"""The `kiosk` command. Each module here is one command, loaded only when it is used."""

from __future__ import annotations

import errno
import importlib
import io
import pkgutil
import sys
from pathlib import Path
from typing import Any

import click

from kiosk import __version__

_EVERYWHERE = ("--config", "--data")


def _hoisted(args: list[str]) -> list[str]:
    """The options that work everywhere, brought to the front."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in _EVERYWHERE and (value := next(words, None)) is not None:
            front += [word, value]
        elif word.startswith(tuple(f"{name}=" for name in _EVERYWHERE)):
            front.append(word)
        else:
            rest.append(word)
    return [*front, *rest]


class LazyCommands(click.Group):
    """Finds commands by module name, so that `kiosk id check` never pays for Textual."""

    def main(self, *args: Any, **options: Any) -> Any:
        """A closed input is an empty one; an output that holds no more is said in a line."""
        if sys.stdin is None:
            sys.stdin = io.TextIOWrapper(io.BytesIO())
        try:
            return super().main(*args, **options)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            # What is still unwritten must not be tried again at the end.
            sys.stdout = io.StringIO()
            click.echo(f"Error: {error.strerror}", err=True)
            sys.exit(1)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--config` and `--data` work before and after the command's name."""
        return super().parse_args(ctx, _hoisted(args))

    def list_commands(self, ctx: click.Context) -> list[str]:
        modules = (m.name for m in pkgutil.iter_modules(__path__))
        return sorted(name.replace("_", "-") for name in modules if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return command


@click.command(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kiosk")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="KIOSK_CONFIG",
    help="Another kiosk.toml than the shipped one.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="KIOSK_DATA",
    help="The folder this box keeps its store in.",
)
@click.pass_context
def main(ctx: click.Context, config: Path | None, data: Path | None) -> None:
    """Bangban (帮办): one question at a time, said aloud, finished by staff."""
    ctx.obj = {"config": config, "data": data}


def option_values(ctx: click.Context) -> dict[str, Any]:
    """`--config` and `--data` as given, for a command to load its settings from."""
    values: dict[str, Any] = ctx.find_root().obj or {"config": None, "data": None}
    return values
