"""`kiosk service check` and `kiosk service stories`: what is wrong, line by line; who comes out otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG
from kiosk.cli._service_files import FILES, named, sound, told

if TYPE_CHECKING:
    from kiosk.services.problem import Problem


@click.command(short_help="Say what is wrong, and how to mend it.")
@FILES
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a problem.")
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], lang: str, as_json: bool) -> None:
    """Check service FILES (or folders of them); without any, those that this kiosk offers.

    Each problem with its line, column, code and how to put it right. An error (E…) ends with code 1; a
    remark (W…) is worth another look.
    """
    from kiosk.services.load import look_over
    from kiosk.services.problem import Severity

    checked = named(ctx, files)
    problems = list(dict.fromkeys(problem for file in checked for problem in look_over(file)[1]))
    for problem in problems:
        click.echo(json.dumps(_plain(problem, lang), ensure_ascii=False) if as_json else told(problem, lang))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if not as_json:
        click.echo(_summary(len(checked), errors, len(problems) - errors, lang))
    if errors:
        ctx.exit(1)


def _summary(files: int, errors: int, remarks: int, lang: str) -> str:
    from kiosk.catalogue import load_catalogue

    found = [name for name, number in (("errors", errors), ("remarks", remarks)) if number]
    key = f"summary.{'_and_'.join(found) or 'clean'}"
    return load_catalogue("author").text(key, files=files, errors=errors, remarks=remarks).show(lang)


def _plain(problem: Problem, lang: str) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": str(problem.severity),
        "what": problem.what.show(lang),
        "fix": problem.fix.show(lang),
        "source": problem.source,
    }


@click.command(short_help="Lead the sample people through it.")
@FILES
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a story.")
@click.pass_context
def stories(ctx: click.Context, files: tuple[Path, ...], lang: str, as_json: bool) -> None:
    """Lead the sample people of service FILES along the path, and tell what came out otherwise."""
    from kiosk.catalogue import load_catalogue
    from kiosk.services.stories import differences

    texts, wrong = load_catalogue("author"), 0
    for file in named(ctx, files):
        service = sound(file, lang)
        for story in service.story:
            found = tuple(differences(service, story))
            wrong += bool(found)
            changes = [{"what": d.name, "expected": d.wanted, "got": d.came} for d in found]
            if as_json:
                line = {"service": service.id, "story": story.name, "as_told": not found, "changes": changes}
                click.echo(json.dumps(line, ensure_ascii=False))
                continue
            click.echo(f"{'✗' if found else '✓'} {service.id}  {story.name}")
            for change in changes:
                click.echo("    " + texts.text("summary.otherwise", **change).show(lang))
    if wrong:
        ctx.exit(1)
