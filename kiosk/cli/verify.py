"""`kiosk verify`: was anything in the books changed, taken out or cut off?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import LANG, settings_of, state_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.cases.chain import Head, Noted
    from kiosk.store.verifying import FaultFound, Trusted, Verdict
    from kiosk.text import Catalogue

_MOST = 40
"""Faults on a page; more say nothing more to a person."""


@click.command()
@LANG
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only lines from that day on.")
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Heads noted elsewhere: a heads.log kept with the backups.",
)
@click.option("--head", "typed", multiple=True, help='A head from paper: "1204 7K3Q-0M9P-XW2A".')
@click.option("--box", multiple=True, help="The number of another box whose heads count here.")
@click.option(
    "--note",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Sign where the books stand now, and add it to this file.",
)
@click.option("--digest", is_flag=True, help="Only print a digest of every row: has anybody done anything?")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    lang: str,
    since: datetime | None,
    heads: tuple[Path, ...],
    typed: tuple[str, ...],
    box: tuple[str, ...],
    note: Path | None,
    digest: bool,
    as_json: bool,
) -> None:
    """Read the books through: was anything changed, taken out, swapped or cut off? Ends with 1 if so."""
    from kiosk.catalogue import load_catalogue

    if digest:
        with open_here(ctx) as store:
            click.echo(store.digest())
        return
    folder = state_of(ctx)
    day = since.replace(tzinfo=ZoneInfo(settings_of(ctx).site.zone)).astimezone(UTC) if since else None
    with open_here(ctx) as store:
        noted = [*_noted(folder, heads), *map(_from_paper, typed)]
        trusted = _trusted(folder, box)
        verdict = store.verify(trusted, noted, day)
        signed = store.sign_now() if note is not None and verdict.good else None
    own = next(iter(trusted.own), "")
    if note is not None and signed is not None:
        _append(note, signed)
    if as_json:
        click.echo(json.dumps(_plain(verdict, own, signed), ensure_ascii=False, indent=2))
    else:
        _print(load_catalogue("evidence"), lang, verdict, own, note, signed)
    if not verdict.good:
        ctx.exit(1)


def _noted(folder: Path, files: tuple[Path, ...]) -> list[Noted]:
    """Of the files given, and of the box's own. A last line that the power cut in two is none."""
    from kiosk.cases.chain import read_note
    from kiosk.store.heads import NOTED

    found: list[Noted] = []
    for path in (*files, folder / NOTED):
        if path.exists():
            lines = path.read_text(encoding="ascii", errors="replace").splitlines()
            found += [one for one in map(read_note, lines) if one is not None]
    return found


def _from_paper(words: str) -> Noted:
    from kiosk.cases.chain import read_note

    found = read_note(words)
    if found is None:
        raise click.ClickException('a head looks like this: "1204 7K3Q-0M9P-XW2A"')
    return found


def _trusted(folder: Path, box: tuple[str, ...]) -> Trusted:
    from kiosk.security.device_key import device_key
    from kiosk.security.keys import KeyTrouble
    from kiosk.store.verifying import Trusted

    try:
        key = device_key(folder)
    except (KeyTrouble, OSError):
        return Trusted({}, frozenset(box))
    return Trusted({key.id: key.public}, frozenset(box))


def _append(path: Path, head: Head) -> None:
    from kiosk.cases.chain import head_line

    try:
        with path.open("a", encoding="ascii") as file:
            file.write(head_line(head) + "\n")
    except OSError as error:
        raise click.ClickException(f"{path.name} cannot be written: {error.strerror}") from None


def _print(
    texts: Catalogue, lang: str, verdict: Verdict, own: str, note: Path | None, signed: Head | None
) -> None:
    def say(key: str, **values: str | int) -> None:
        click.echo(texts.text(key, **{name: str(value) for name, value in values.items()}).show(lang))

    counts = {"lines": verdict.lines, "house": verdict.house_lines, "heads": verdict.heads}
    if verdict.good:
        say("verdict.good", **counts)
    else:
        say("verdict.bad", n=len(verdict.faults))
    for found in verdict.faults[:_MOST]:
        click.echo(f"  {_sentence(texts, lang, found)}")
    if len(verdict.faults) > _MOST:
        say("verdict.more", n=len(verdict.faults) - _MOST)
    if verdict.good and (verdict.head or signed):
        say("verdict.head", head=signed.short if signed else verdict.head)
    if own:
        say("verdict.box", id=own)
    if note is not None and verdict.good:
        say("verdict.noted" if signed else "verdict.no_head", **({"name": note.name} if signed else {}))


def _sentence(texts: Catalogue, lang: str, found: FaultFound) -> str:
    fault = found.fault
    if found.number:
        place = "where.case" if fault.seq else "where.case_all"
        where = texts.text(place, number=found.number, seq=str(fault.seq))
    elif fault.n:
        where = texts.text("where.house" if fault.house else "where.line", n=str(fault.n))
    else:
        where = texts["where.file"]
    what = texts.get(f"beside.{fault.what}", fault.what)
    return where.show(lang) + texts.text(f"wrong.{fault.wrong}", what=what).show(lang)


def _plain(verdict: Verdict, own: str, signed: Head | None) -> dict[str, Any]:
    faults = [
        {
            "wrong": one.fault.wrong,
            "book": "house" if one.fault.house else "cases",
            "line": one.fault.n,
            "case": one.number,
            "seq": one.fault.seq,
            "what": one.fault.what,
        }
        for one in verdict.faults
    ]
    return {
        "good": verdict.good,
        "lines": verdict.lines,
        "house_lines": verdict.house_lines,
        "heads": verdict.heads,
        "head": signed.short if signed else verdict.head,
        "box": own,
        "faults": faults,
    }
