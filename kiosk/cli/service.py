"""`kiosk service`: for whoever writes services."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kiosk.services.problem import Problem


@click.group()
def command() -> None:
    """Service files: what is wrong with them, line by line."""


@command.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a problem.")
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], lang: str, as_json: bool) -> None:
    """Check service FILES (or folders of them); without any, those that this kiosk offers.

    Each problem with its line, column, code and how to put it right; ends with code 1 if there is one.
    """
    from kiosk.services.load import load_service
    from kiosk.services.model import Service

    problems: list[Problem] = []
    checked = _files(ctx, files)
    for file in checked:
        outcome = load_service(file)
        if not isinstance(outcome, Service):
            problems.extend(outcome)
    for problem in problems:
        click.echo(json.dumps(_plain(problem, lang), ensure_ascii=False) if as_json else _told(problem, lang))
    if problems:
        ctx.exit(1)
    if not as_json:
        click.echo(f"{len(checked)} OK")


def _files(ctx: click.Context, files: tuple[Path, ...]) -> list[Path]:
    from kiosk.cli import option_values
    from kiosk.config import ConfigFault, load_settings

    if not files:
        try:
            files = (load_settings(option_values(ctx)["config"]).services.path(),)
        except ConfigFault as fault:
            raise click.ClickException(str(fault)) from None
    found = [sorted(path.glob("*.toml")) if path.is_dir() else [path] for path in files]
    return [path for group in found for path in group]


def _told(problem: Problem, lang: str) -> str:
    shown = problem.show(lang)
    return f"{shown}\n    {problem.source.strip()}" if problem.source.strip() else shown


def _plain(problem: Problem, lang: str) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "what": problem.what.show(lang),
        "fix": problem.fix.show(lang),
        "source": problem.source,
    }
