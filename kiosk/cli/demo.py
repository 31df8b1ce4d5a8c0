"""`kiosk demo`: the whole way without a person, on the real screens and a reader on a real pty."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._given import LANG, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.cases.views import CaseView
    from kiosk.cli._demo_walk import Seen

PERSON = "zhang-guifang"
RESULT = {"zh": "已批准，下月起每月五十元。", "en": "Granted: 50 yuan a month from next month."}


@click.command()
@LANG
@click.option("--size", default="80x24", show_default=True, help="Columns x rows of the kiosk's screen.")
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also keep each screen there as an SVG picture.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.pass_context
def command(ctx: click.Context, lang: str, size: str, pictures: Path | None, as_json: bool) -> None:
    """A resident and a staff member walk one service end to end; nothing but fictional people.

    Prints each screen's words, what was said, the receipt and the finished case. Ends with code 1
    when anything on the way was not as it should be.
    """
    import asyncio
    import logging

    from kiosk.cli._demo_walk import WentWrong

    columns, rows = _grid(size)
    logging.disable(logging.WARNING)
    told: list[Seen] = []

    def show(seen: Seen) -> None:
        told.append(seen)
        if not as_json:
            _print(seen)
        if pictures is not None:
            _keep(pictures, len(told), seen)

    with tempfile.TemporaryDirectory(prefix="bangban-demo-") as folder:
        try:
            case, progress = asyncio.run(_walk(ctx, Path(folder), lang, (columns, rows), show))
        except WentWrong as fault:
            raise click.ClickException(f"the demo did not come out: {fault}") from None
    if as_json:
        screens = [{"place": s.place, "rows": s.rows, "said": [asdict(x) for x in s.said]} for s in told]
        document = {"screens": screens, "case": _case(case, lang), "progress": progress}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo("\n── " + ("办件" if lang == "zh" else "the case") + " ──")
        for name, value in _case(case, lang).items():
            click.echo(f"  {name}: {value}")
        click.echo("\nOK")


def _grid(size: str) -> tuple[int, int]:
    columns, _, rows = size.partition("x")
    if not (columns.isdigit() and rows.isdigit()):
        raise click.UsageError("--size is COLUMNSxROWS, for example 80x24")
    return int(columns), int(rows)


def _print(seen: Seen) -> None:
    width = 60
    click.echo(f"\n── {seen.place} " + "─" * max(3, width - len(seen.place)))
    for row in seen.rows:
        if row.strip():
            click.echo(f"  {row}")
    for said in seen.said:
        click.echo(f"  ♪ {said.spoken}  ({said.seconds:.1f} s)")


def _keep(folder: Path, number: int, seen: Seen) -> None:
    from kiosk.cli._demo_walk import write_picture

    folder.mkdir(parents=True, exist_ok=True)
    write_picture(folder, number, seen)


async def _walk(
    ctx: click.Context, folder: Path, lang: str, size: tuple[int, int], show: Callable[[Seen], None]
) -> tuple[CaseView, list[str]]:
    from kiosk.cli._demo_site import DemoSite
    from kiosk.devices.emulator import sdt_emulator

    settings = settings_of(ctx)
    with sdt_emulator(link=folder / "reader") as reader:
        site = DemoSite(settings, folder, reader, lang, size, show)
        number = await site.apply(PERSON)
        await site.finish(RESULT[lang])
        progress = await site.look_again(PERSON, RESULT[lang])
        return site.checked_case(number, RESULT[lang]), progress


def _case(case: CaseView, lang: str) -> dict[str, Any]:
    """The finished case, private values masked."""
    from kiosk.flow.fields.base import mask_digits
    from kiosk.text import Privacy

    shown: dict[str, Any] = {
        "ticket": case.summary.ticket,
        "number": case.summary.number,
        "state": str(case.summary.state),
        "due": case.summary.deadline.due.isoformat(),
    }
    for answer in case.submission.answers:
        words = answer.shown.get(lang) or answer.shown["zh"]
        private = answer.privacy is Privacy.PRIVATE
        shown[answer.label[lang]] = f"{mask_digits(words) if private else words} [{answer.source}]"
    shown["consents"] = ", ".join(c.id for c in case.submission.consents if c.given)
    shown["events"] = ", ".join(event.kind for event in case.events)
    shown["result"] = case.result
    return shown
