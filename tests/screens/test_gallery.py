"""The gallery has every page that was asked for, word for word, in a folder that needs nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kiosk.text import LANGUAGES
from screens.theme import PALETTES
from tests.flow.residents import WORLD
from tests.screens.gallery.__main__ import main
from tests.screens.gallery.drawn import BETWEEN
from tests.screens.gallery.pages import all_pages

SERVICE = "call-a-visit"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one: a service in both languages, at the usual and the smallest size."""
    made = tmp_path_factory.mktemp("gallery")
    main([str(made), "--service", SERVICE, "--grid", "80x24", "--grid", "40x10"])
    return made


def hung(folder: Path, name: str) -> Any:
    written = (folder / f"{name}.js").read_text(encoding="utf-8")
    found = re.fullmatch(rf'hang\("{name}",(.*)\)', written, re.S)
    assert found, name
    return json.loads(found[1])


def read(sheet: Any, page: Any) -> list[str]:
    """The rows of a screen as a person reads them."""
    return ["".join(run[1:] for run in sheet["rows"][row].split(BETWEEN)) for row in page[4]]


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("size", ["80x24", "40x10"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_hangs_there_with_its_words(folder: Path, language: str, size: str) -> None:
    """K16: of each page its heading, and on one of its parts every choice."""
    sheet = hung(folder, f"{language}-{size}")
    there: dict[str, str] = {}
    for page in sheet["pages"]:
        assert len(page[4]) == sheet["size"][1]
        there[page[1]] = there.get(page[1], "") + squeezed("".join(read(sheet, page)))
    for shown in all_pages([SERVICE]):
        words = there[shown.page.id]
        assert squeezed(shown.page.heading.show(language)) in words
        for choice in shown.page.choices:
            assert squeezed(choice.label.show(language))[:10] in words, (shown.page.id, choice.id)


def test_nothing_of_the_service_is_left_out(folder: Path) -> None:
    """Each question, consent and stop of its file, and the guide."""
    service = WORLD.services[SERVICE]
    there = {page[1] for page in hung(folder, "zh-80x24")["pages"]}
    assert {f"question:{one.id}" for one in service.question} <= there
    assert {f"consent:{one.id}" for one in service.consent} <= there
    assert {f"stop:{one.id}" for one in service.stop} <= there
    assert {f"look:{SERVICE}", "check", "submit"} <= there


def test_what_is_said_hangs_beside_it(folder: Path) -> None:
    """K04."""
    sheet = hung(folder, "zh-80x24")
    page = next(page for page in sheet["pages"] if page[1] == "question:who")
    heading = WORLD.services[SERVICE].find_question("who").ask.zh
    assert any(heading in sheet["said"][number] for number in page[5])


def test_it_opens_without_a_network_and_has_every_colour(folder: Path) -> None:
    """K17: nothing is fetched from a host; each palette can be chosen."""
    frame = (folder / "index.html").read_text(encoding="utf-8")
    assert "://" not in frame and "@import" not in frame
    assert all(f'"{palette.name}"' in frame and palette.ground.lower() in frame for palette in PALETTES)
    assert "/*known*/" not in frame


def test_only_what_was_asked_for_is_made(tmp_path: Path) -> None:
    main([str(tmp_path), "--service", SERVICE, "--language", "en", "--grid", "57x12"])
    assert {file.name for file in tmp_path.iterdir()} == {"index.html", "en-57x12.js"}
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--grid", "10x4"])
