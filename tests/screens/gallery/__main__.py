"""`script/gallery FOLDER`: every page in every language and size, to be looked through in a browser.

Opens from the folder itself: no server, no network, no font but the machine's own.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

from kiosk.text import LANGUAGES
from screens.grid import Grid
from tests.screens.gallery.drawn import colours, sheet
from tests.screens.gallery.pages import GROUPS, Shown, all_pages, title_of

GRIDS = ("40x10", "57x12", "80x24", "82x17", "108x26", "160x50")
FRAME = Path(__file__).with_name("gallery.html")


def asked_for(words: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    asked = argparse.ArgumentParser(prog="script/gallery", description=__doc__)
    asked.add_argument("folder", type=Path, help="made anew; open its index.html")
    asked.add_argument(
        "--service", action="append", choices=GROUPS, metavar="ID", help="only this; may be repeated"
    )
    asked.add_argument("--language", action="append", choices=LANGUAGES, help="only this one")
    asked.add_argument("--grid", action="append", choices=GRIDS, help="only this one; may be repeated")
    return asked.parse_args(words)


def make(folder: Path, pages: Sequence[Shown], languages: Sequence[str], grids: Sequence[str]) -> int:
    """Write the gallery; how many screens are in it."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = 0
    for language in languages:
        for size in grids:
            columns, _, rows = size.partition("x")
            made = sheet(pages, Grid(int(columns), int(rows)), language)
            drawn += len(made["pages"])
            said = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
            (folder / f"{language}-{size}.js").write_text(
                f'hang("{language}-{size}",{said})', encoding="utf-8"
            )
    groups = {name: title_of(name) for name in dict.fromkeys(page.group for page in pages)}
    known = {"languages": languages, "grids": grids, "groups": groups, "colours": colours()}
    frame = FRAME.read_text(encoding="utf-8").replace("/*known*/", json.dumps(known, ensure_ascii=False))
    (folder / "index.html").write_text(frame, encoding="utf-8")
    return drawn


def main(words: Sequence[str] | None = None) -> None:
    """Make it, and say how large it came out."""
    asked = asked_for(words)
    began = time.monotonic()
    pages = all_pages(asked.service or GROUPS)
    drawn = make(asked.folder, pages, asked.language or LANGUAGES, asked.grid or GRIDS)
    weight = sum(file.stat().st_size for file in asked.folder.iterdir()) / 1e6
    took = time.monotonic() - began
    print(
        f"{len(pages)} pages, {drawn} screens, {weight:.1f} MB, {took:.0f} s: {asked.folder / 'index.html'}"
    )


if __name__ == "__main__":
    main()
