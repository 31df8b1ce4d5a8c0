"""A Chinese font of this machine, and which characters it has."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_KNOWN = {
    "NotoSansCJK-Regular.ttc": 2,
    "NotoSansCJK.ttc": 2,
    "NotoSansCJKsc-Regular.otf": 0,
    "NotoSansSC-Regular.otf": 0,
    "SourceHanSansSC-Regular.otf": 0,
    "NotoSerifCJK-Regular.ttc": 2,
    "wqy-microhei.ttc": 0,
    "wqy-zenhei.ttc": 0,
}
"""Fonts that will do, the best first: file, and which face of the file is the simplified Chinese one."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font file and the face in it."""

    path: Path
    face: int = 0


class NoFont(Exception):
    """There is no font on this machine that could print Chinese."""


class MissingSign(Exception):
    """The font lacks characters of the document, so it is not printed at all: a gap could be a name."""

    def __init__(self, signs: Iterable[str]) -> None:
        super().__init__("the font lacks a character")
        self.signs = "".join(sorted(set(signs)))


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps its fonts."""
    home = Path.home()
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts")]
    folders += [home / ".local/share/fonts", home / ".fonts", home / "Library/Fonts"]
    windows = os.environ.get("WINDIR")
    return (*folders, Path(windows) / "Fonts") if windows else tuple(folders)


def find_font(folders: Iterable[Path] | None = None) -> Font:
    """The best font there is. Raises NoFont."""
    there = {path.name: path for path in _files(font_folders() if folders is None else folders)}
    for name, face in _KNOWN.items():
        if name in there:
            return Font(there[name], face)
    raise NoFont


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*.[to]t[cf]"):
            if path.name in _KNOWN:
                yield path
