"""`kiosk install`: makes a kiosk of a Debian machine."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kiosk.cli._given import LANG, settings_of
from kiosk.cli._install import ROOT, in_words, record_of, texts

if TYPE_CHECKING:
    from kiosk.config import Screen
    from kiosk.install.doing import Outcome
    from kiosk.install.machine import Machine
    from kiosk.install.plan import Shell, Site
    from kiosk.install.steps import Step

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_USB = re.compile(r"[0-9a-fA-F]{4}:[0-9a-fA-F]{4}")


def _hour(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _HOUR.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no time of the day, such as 05:30")
    return value


def _ids(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    for one in value:
        if not _USB.fullmatch(one):
            raise click.BadParameter(f"{one!r} is no USB id, such as 1a86:7523 (kiosk reader list shows it)")
    return value


@click.command()
@ROOT
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option(
    "--shell",
    type=click.Choice(["x11", "sway", "console"]),
    help="How the kiosk comes to the screen; `console` is for boxes with keys only.  [x11]",
)
@click.option(
    "--program", default="", help="The kiosk's command on the box, instead of the one that runs now."
)
@click.option(
    "--reader",
    multiple=True,
    callback=_ids,
    help="USB id of a serial device, as often as needed.",
)
@click.option("--morning", callback=_hour, help="Fresh start.  [05:30]")
@click.option("--night", callback=_hour, help="Night's work.  [02:30]")
@click.option("--backups", help="Where backups go.  [/var/backups/bangban]")
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    root: Path,
    dry_run: bool,
    program: str,
    lang: str,
    as_json: bool,
    **asked: str | tuple[str, ...] | None,
) -> None:
    """Make a kiosk of this Debian machine: account, units, rules, folders, timers, and how it starts.

    Safe to repeat: what is not said again stays as it was chosen, and a file that somebody has changed is
    not overwritten. `kiosk uninstall` takes all away.
    """
    from kiosk.install.doing import carry_out, outcomes
    from kiosk.install.machine import Machine
    from kiosk.install.plan import chosen
    from kiosk.update.program import own_command

    machine = Machine(root.absolute())
    told: list[Outcome] = []
    with in_words(lang):
        record = record_of(machine.root)
        record.asked = chosen(_said(asked), record.asked)
        site = _site(program or str(own_command()), record.asked, settings_of(ctx).screen, machine)
        steps = _steps(site)
        if dry_run:
            told = outcomes(steps, machine, record)
        else:
            machine.look(site.program)
            carry_out(steps, machine, record, told.append if as_json else lambda one: _tell(one, lang))
    if as_json:
        click.echo(json.dumps([_plain(one) for one in told], ensure_ascii=False, indent=2))
        return
    for one in told:
        _tell(one, lang)
    _end(site, machine, lang, dry_run=dry_run)


def _said(asked: Mapping[str, str | tuple[str, ...] | None]) -> dict[str, list[str]]:
    """What the command line says: one value of most, any number of readers."""
    return {name: [value] if isinstance(value, str) else [*value] for name, value in asked.items() if value}


def _site(program: str, asked: Mapping[str, list[str]], screen: Screen, machine: Machine) -> Site:
    from kiosk.install.plan import USUAL_POINTS, Site

    shell = cast("Shell", asked["shell"][0])
    points = _console_points(screen) if shell == "console" else USUAL_POINTS
    hours = asked["morning"][0], asked["night"][0]
    return Site(program, shell, asked["backups"][0], *hours, (*asked["reader"],), points, machine.own_clock)


def _end(site: Site, machine: Machine, lang: str, *, dry_run: bool) -> None:
    words = texts()
    if site.own_clock:
        click.echo(words["done.clock"].show(lang))
    if dry_run:
        click.echo(words["done.dry"].show(lang))
    elif machine.live:
        click.echo(words["done.ready"].show(lang))
    else:
        click.echo(words.text("done.elsewhere", root=str(machine.root)).show(lang))


def _steps(site: Site) -> tuple[Step, ...]:
    import tomllib

    from kiosk.install.plan import plan
    from kiosk.paths import data_file, shipped_config

    def template(name: str) -> str:
        return data_file(f"install/{name}").read_text(encoding="utf-8")

    return plan(site, tomllib.loads(template("files.toml")), template, shipped_config().read_text("utf-8"))


def _console_points(screen: Screen) -> float:
    """The usual size, where the panel is known: a console is told it once, and nobody can change it."""
    from kiosk.display.launching import POINTS_PER_PIXEL
    from kiosk.display.tables import UnknownDisplay, faces, panel_here
    from kiosk.display.type_size import fits, usual
    from kiosk.install.plan import USUAL_POINTS

    try:
        panel = panel_here(screen)
    except UnknownDisplay:
        panel = None
    fit = usual(fits(panel, faces()["foot"], screen.distance), screen.size) if panel else None
    return fit.pixels * POINTS_PER_PIXEL if fit else USUAL_POINTS


def _name_of(step: Step) -> str:
    from kiosk.install.steps import Run

    return " ".join(step.words) if isinstance(step, Run) else step.path


def _tell(one: Outcome, lang: str) -> None:
    from kiosk.install.steps import File, Folder, Link

    how = texts()[f"how.{one.how}"]
    step, words = one.step, how.show(lang)
    if one.how in ("beside", "over"):
        words = texts().text(f"how.{one.how}", path=_name_of(step)).show(lang)
    details = ""
    if isinstance(step, File | Folder) and one.how != "gone":
        details = f"  {step.mode:04o} {step.owner if isinstance(step, Folder) else 'root'}"
    elif isinstance(step, Link) and step.target:
        details = f" -> {step.target}"
    click.echo(f"{_name_of(step)}{details}  ({words})")


def _plain(one: Outcome) -> dict[str, object]:
    from kiosk.install.steps import File, Folder, Link

    told: dict[str, object] = {"kind": type(one.step).__name__.lower(), "how": str(one.how)}
    if isinstance(one.step, File | Folder):
        told |= {"mode": f"{one.step.mode:04o}"}
    if isinstance(one.step, Link):
        told |= {"target": one.step.target}
    return {"name": _name_of(one.step), **told}
