"""Which models this box has to listen with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.text import LANGUAGES
from voice.install.shelf import Kind, Shelf

SHELF = "voices"
"""Where `kiosk voice install` puts things, in the data folder."""


def models(folder: str, state: Path, languages: Sequence[str] = LANGUAGES) -> dict[str, Path]:
    """The folder of each language's model: of the site's own folder where the settings name one, else what
    was installed. A language that has none is not in it."""
    if folder:
        own = {language: Path(folder) / language for language in languages}
        return {language: path for language, path in own.items() if path.is_dir()}
    found = {language: Shelf(state / SHELF).first(Kind.MODEL, language) for language in languages}
    return {language: one.folder for language, one in found.items() if one is not None}
