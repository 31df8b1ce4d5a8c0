"""The sheet with the recovery code, on paper or in a file that only its owner can read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.flow.document import Block, Document


def sheet(settings: Settings, code: str) -> Document:
    """What is locked away."""
    from kiosk.catalogue import load_catalogue
    from kiosk.flow.document import Document, Paragraph, Rows
    from kiosk.text import LANGUAGES, Text

    texts = load_catalogue("box")
    groups = tuple(
        (texts.text("sheet.group", n=number), Text(dict.fromkeys(LANGUAGES, group)))
        for number, group in enumerate(code.split(), start=1)
    )
    before = [Paragraph(texts["sheet.what"]), Paragraph(texts["sheet.where"])]
    after = [Paragraph(texts["sheet.how"]), Paragraph(texts["sheet.again"])]
    blocks: tuple[Block, ...] = (*before, Rows(groups), *after)
    return Document(texts["sheet.title"], blocks, settings.site.name)


def way_out(settings: Settings, out: Path | None) -> Callable[[Document, str], None]:
    """Where it is to come out. Raises ClickException before anything is changed."""
    if out is not None:
        if out.suffix.lower() != ".pdf":
            raise click.UsageError("--out: a file that ends in .pdf")
        return lambda document, language: _keep(out, document, language)
    from kiosk.paper.printers import printer_for
    from kiosk.ports import PrintTrouble

    printer = printer_for(settings)
    if printer is None:
        raise click.ClickException("there is no printer in kiosk.toml; name a file with --out")

    def printed(document: Document, language: str) -> None:
        try:
            printer.print(document, language)
        except PrintTrouble:
            raise click.ClickException("the sheet was not printed; the one before stays good") from None

    return printed


def _keep(out: Path, document: Document, language: str) -> None:
    from kiosk.paper.font import MissingSign, NoFont, find_font
    from kiosk.paper.pdf import pdf

    try:
        drawn = pdf(document, find_font(), language)
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(drawn)
    except (MissingSign, NoFont):
        raise click.ClickException("no font of this machine has all signs of the sheet") from None
    except OSError as fault:
        raise click.ClickException(f"{out.name}: {fault.strerror}") from None
