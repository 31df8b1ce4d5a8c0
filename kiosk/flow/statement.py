"""What is confirmed at the end: the same words on the page and in what is handed in. Pure."""

from __future__ import annotations

from kiosk.flow.path import Path
from kiosk.services.model import Service
from kiosk.text import Catalogue, Text


def statement(service: Service, path: Path, texts: Catalogue) -> Text:
    """That it is their own wish; of whoever acts for another, that they do: the wish stands in the letter."""
    own = path.for_self or path.unnamed
    key = "sign.statement" if own else "sign.statement_other"
    return texts.text(key, title=service.title.text().as_written())
