"""The documents as a site: every page is in its list, it needs no network, every link leads on."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from kiosk.paper.font import find_font
from kiosk.paper.sheets import sheets

ROOT = Path(__file__).resolve().parents[1]
INDEX = ROOT / "docs" / "site" / "index.md"


class Page(HTMLParser):
    """What a page loads, where its links lead, and what can be led to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: set[str] = set()
        self.links: set[str] = set()
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.places |= {given[name] for name in ("id", "name") if name in given}
        if "src" in given:
            self.loads.add(given["src"])
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload"):
            self.loads.add(given["href"])
        if tag == "a" and "href" in given:
            self.links.add(given["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    for package in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(package, reason="script/setup --docs brings what builds the site")
    folder = tmp_path_factory.mktemp("site")
    command = [str(ROOT / "script" / "docs"), str(folder)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}


def test_every_page_stands_in_the_list_of_the_site_once() -> None:
    listed = re.findall(r"(?m)^(\.\./\S+)$", INDEX.read_text(encoding="utf-8"))
    pages = [(INDEX.parent / f"{name}.md").resolve() for name in listed]
    documents = {path for path in (ROOT / "docs").rglob("*.md") if path != INDEX}
    documents -= {
        ROOT / "docs" / "trial" / name for name in ("zh.md", "en.md")
    }  # reached from the page on trials
    assert len(pages) == len(set(pages))
    assert set(pages) == documents | {
        ROOT / name for name in ("README.md", "CHANGELOG.md", "bench/README.md")
    }


@pytest.mark.slow
def test_everything_a_page_loads_lies_in_the_site(site: dict[Path, Page]) -> None:
    assert len(site) > 20
    for path, page in site.items():
        for target in page.loads:
            assert not urlsplit(target).netloc, f"{path.name} loads {target}"
            if not target.startswith("data:"):
                assert (path.parent / unquote(urlsplit(target).path)).is_file(), f"{path.name}: {target}"
    folder = next(path for path in site if path.name == "search.html").parent
    for style in folder.rglob("*.css"):
        fetched = re.findall(
            r"(?:@import\s+|url\()[\"']?(?:https?:)?//[^)\"']+", style.read_text(encoding="utf-8")
        )
        assert not fetched, f"{style.name}: {fetched}"


@pytest.mark.slow
def test_every_link_leads_to_a_place_that_is_there(site: dict[Path, Page]) -> None:
    for path, page in site.items():
        for target in page.links:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            aim = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert aim.is_file(), f"{path.name}: {target}"
            if parts.fragment and aim.suffix == ".html":
                assert unquote(parts.fragment) in site[aim].places, f"{path.name}: {target}"


def test_the_page_to_print_takes_one_sheet_in_each_language() -> None:
    printed = sheets((ROOT / "docs" / "sheet.md").read_text(encoding="utf-8"), find_font())
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 2


@pytest.mark.slow
def test_the_pages_for_helpers_are_in_large_type(site: dict[Path, Page]) -> None:
    large = {path.stem for path, page in site.items() if any("large.css" in one for one in page.loads)}
    assert large == {"helper", "sheet"}
