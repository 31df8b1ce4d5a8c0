"""What the commands about services share: which files are meant, and how a problem is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kiosk.services.model import Service
    from kiosk.services.problem import Problem

FILES = click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def named(ctx: click.Context, files: tuple[Path, ...]) -> list[Path]:
    """The service files that are meant: those named, those of a folder, else those this kiosk offers."""
    from kiosk.cli._editions import folders_here
    from kiosk.services.load import GROUPS_FILE, service_files

    meant = files or folders_here(ctx)
    inside = [service_files(given) if given.is_dir() else [given] for given in meant]
    # `data/services/*.toml` names the list of groups, too.
    return [path for paths in inside for path in paths if path.name != GROUPS_FILE]


def sound(file: Path, lang: str) -> Service:
    """The service of a file that can be loaded. Raises ClickException with what is wrong with it."""
    from kiosk.services.load import load_service
    from kiosk.services.model import Service

    outcome = load_service(file)
    if not isinstance(outcome, Service):
        raise click.ClickException("\n".join(told(problem, lang) for problem in outcome))
    return outcome


def told(problem: Problem, lang: str) -> str:
    """The problem, and the line it is on."""
    shown = problem.show(lang)
    return f"{shown}\n    {problem.source.strip()}" if problem.source.strip() else shown
