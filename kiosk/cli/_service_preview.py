"""`kiosk service preview`: every screen of a service as it will look, and every paper."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of
from kiosk.cli._service_files import FILE, sound
from kiosk.cli._service_world import DATE, day_meant, world_with

if TYPE_CHECKING:
    from kiosk.flow.page import Page
    from kiosk.flow.sitting import World
    from kiosk.services.model import Service
    from kiosk.services.paths import Survey
    from kiosk.services.preview import Way
    from kiosk.text import Catalogue
    from screens.grid import Grid
    from screens.picture import Rows
    from screens.spans import Layout

_WIDTH = 60


@click.command(short_help="Show every screen, and what is said.")
@FILE
@LANG
@click.option("--size", default="80x24", show_default=True, help="Columns x rows of the kiosk's screen.")
@DATE
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep each screen there as a picture.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["svg", "png"]),
    default="svg",
    show_default=True,
    help="Of pictures.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a screen or paper.")
@click.pass_context
def preview(
    ctx: click.Context,
    file: Path,
    lang: str,
    size: str,
    day: datetime.datetime | None,
    pictures: Path | None,
    kind: str,
    as_json: bool,
) -> None:
    """Every screen of FILE as it will look, what is said with it, and the papers it prints."""
    from kiosk.catalogue import load_catalogue
    from kiosk.services.paths import survey

    service, texts = sound(file, lang), load_catalogue("author")
    world = world_with(service, settings_of(ctx), day_meant(day))
    found = survey(service, world.today)
    show = _Show(_grid(size), lang, texts, world.texts, as_json=as_json)
    shots = _shots(service, world, found, show)
    papers = list(_papers(service, world, found, texts, lang))
    if pictures is not None:
        _keep(pictures, kind, shots, show)
    for title, text in papers:
        show.paper(title, text)
    if not found.whole:
        click.echo(texts["preview.not_all"].show(lang), err=True)


def _grid(size: str) -> Grid:
    from screens.grid import Grid

    columns, _, rows = size.partition("x")
    if not (columns.isdigit() and rows.isdigit()) or Grid(int(columns), int(rows)).too_small:
        raise click.UsageError("--size is COLUMNSxROWS, at least 40x10, for example 57x12")
    return Grid(int(columns), int(rows))


@dataclass(frozen=True, slots=True)
class _Shot:
    """A screen that was shown."""

    place: str
    layout: Layout
    caption: str


def _shots(service: Service, world: World, found: Survey, show: _Show) -> list[_Shot]:
    """Every screen, shown as it comes."""
    from kiosk.services.preview import ways

    shots: list[_Shot] = []
    for number, way in enumerate(ways(service, world, found.covering)):
        show.way(number, way)
        shots += (shot for page in way.pages for shot in show.page(page))
    return shots


def _papers(
    service: Service, world: World, found: Survey, texts: Catalogue, lang: str
) -> Iterator[tuple[str, str]]:
    from kiosk.paper.plain import plain_text
    from kiosk.services.form_paper import COLUMNS, form_paper
    from kiosk.services.preview import finished

    path = finished(service, found.covering)
    if path is None:
        return
    for layout in service.print:
        document = form_paper(service, layout, path, world, texts)
        yield document.title.show(lang), plain_text(document, COLUMNS[layout.paper], lang)


class _Show:
    """Prints screens and papers, for people or for programs."""

    def __init__(
        self, grid: Grid, lang: str, author: Catalogue, resident: Catalogue, *, as_json: bool
    ) -> None:
        from kiosk.catalogue import load_catalogue
        from voice.privacy import Output
        from voice.script import Reading

        self._grid, self._lang, self._author, self._resident = grid, lang, author, resident
        self._json = as_json
        self._reading = Reading(lang, Output.LOUDSPEAKER, load_catalogue("voice"))

    def way(self, number: int, way: Way) -> None:
        """Whose screens follow."""
        if self._json:
            return
        key = "guide" if not way.end else way.end if way.end in ("submit", "refused") else "stop"
        told = self._author.text(f"preview.{key}", n=number, stop=way.end)
        click.echo(f"\n═══ {told.show(self._lang)} ═══")

    def page(self, page: Page) -> Iterator[_Shot]:
        """All parts of a page."""
        from screens.field_layout import lay_field
        from screens.layout import lay_out
        from screens.paginate import paginate
        from voice.script import script

        texts, lang = self._resident, self._lang
        for part in paginate(page, self._grid, lang, texts["common.more"], texts["bar.chosen"].show(lang)):
            ids = [choice.id for choice in part.choices]
            focus = ids.index(part.focus) if part.focus in ids else 0
            layout = lay_out(part, self._grid, lang, texts, None if part.entry else focus)
            if part.entry is not None:
                lay_field(layout, part.entry, lang)
            said = [sentence.text for sentence in script(part, self._reading)]
            self._screen(part, layout.text(), said)
            yield _Shot(part.id, layout, said[0] if said else "")

    def _screen(self, part: Page, rows: list[str], said: list[str]) -> None:
        helped = [text.show(self._lang) for text in part.help]
        if self._json:
            shown = {"screen": part.id, "part": part.part, "rows": rows, "said": said, "help": helped}
            click.echo(json.dumps(shown, ensure_ascii=False))
            return
        which = self._author.text("preview.part", part=part.part, parts=part.parts).show(self._lang)
        self._line(f"{part.id}  {which}" if part.parts > 1 else part.id)
        for row in rows:
            if row.strip():
                click.echo(f"  {row}")
        for line in said:
            click.echo(f"  ♪ {line}")
        for line in helped:
            click.echo(f"  ? {line}")

    def paper(self, title: str, text: str) -> None:
        """A paper as it will be printed."""
        if self._json:
            click.echo(json.dumps({"paper": title, "text": text}, ensure_ascii=False))
            return
        self._line(self._author.text("preview.paper", title=title).show(self._lang))
        click.echo("".join(f"  {line}\n" for line in text.splitlines()), nl=False)

    def kept(self, number: int, folder: Path) -> None:
        """How many pictures there are now."""
        told = self._author.text("preview.kept", n=number, folder=folder.name).show(self._lang)
        click.echo(told, err=self._json)

    def cannot(self, key: str) -> click.ClickException:
        """Why no picture can be drawn."""
        return click.ClickException(self._author[f"preview.{key}"].show(self._lang))

    @staticmethod
    def _line(words: str) -> None:
        from rich.cells import cell_len

        click.echo(f"\n── {words} " + "─" * max(3, _WIDTH - cell_len(words)))


def _keep(folder: Path, kind: str, shots: list[_Shot], show: _Show) -> None:
    """`03-question-who.svg`, in the order of the screens."""
    from screens.picture import of_layout, svg
    from screens.theme import DARK

    drawn = _png(show) if kind == "png" else lambda rows: svg(rows).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, shot in enumerate(shots, 1):
            name = shot.place.replace(":", "-").replace("/", "-")
            rows = of_layout(shot.layout, DARK, shot.caption)
            (folder / f"{number:02}-{name}.{kind}").write_bytes(drawn(rows))
    except OSError as error:
        raise click.ClickException(f"{folder.name}: {error.strerror}") from None
    show.kept(len(shots), folder)


def _png(show: _Show) -> Callable[[Rows], bytes]:
    """How to draw a PNG here. Raises ClickException where that cannot be."""
    from importlib.util import find_spec

    from kiosk.paper.font import NoFont, find_font
    from screens.picture import png

    if find_spec("PIL") is None:
        raise show.cannot("no_pillow")
    try:
        font = find_font()
    except NoFont:
        raise show.cannot("no_font") from None
    return lambda rows: png(rows, font.path, font.face)
