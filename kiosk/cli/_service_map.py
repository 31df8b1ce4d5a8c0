"""`kiosk service map`: the path of a service in words, and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kiosk.cli._given import LANG
from kiosk.cli._service_files import FILE, sound


@click.command("map", short_help="Tell the path in words, or draw it.")
@FILE
@LANG
@click.option(
    "--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw it into this SVG file."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def service_map(file: Path, lang: str, picture: Path | None, as_json: bool) -> None:
    """The path of FILE as a list: what is asked, only when, and where it ends."""
    from kiosk.catalogue import load_catalogue
    from kiosk.services.map import outline
    from kiosk.services.map_picture import picture as drawn

    service = sound(file, lang)
    texts = load_catalogue("author")
    lines = outline(service, texts)
    if picture is not None:
        try:
            picture.write_text(drawn(lines, service.title.text().show(lang), lang), encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"{picture}: {error.strerror}") from None
    for line in lines:
        words, when = line.words.show(lang), line.when.show(lang)
        if as_json:
            plain = {"kind": str(line.mark), "depth": line.depth, "words": words, "when": when}
            click.echo(json.dumps(plain, ensure_ascii=False))
        else:
            whole = texts.text("map.line", when=line.when, words=line.words).show(lang) if when else words
            click.echo("    " * line.depth + whole)
