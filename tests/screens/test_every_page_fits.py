"""Every page at every size in both languages: whole, in order, apart, and said as it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

import pytest
from rich.cells import cell_len

from kiosk.catalogue import load_catalogue
from kiosk.display.type_size import Pitch
from kiosk.flow.page import GROUP, Choice, Page, PageKind, Role
from kiosk.flow.pages import now
from kiosk.sitting import staff
from kiosk.text import EMPTY, Privacy, Text
from screens.captions import caption_pieces
from screens.grid import Grid
from screens.layout import CHOOSE, PRESS, TYPE, Layout, Target, lay_out
from screens.pad import pad_of
from screens.page_lines import ALARM, TICKED, UNTICKED, number_lines
from screens.paginate import MORE, paginate
from tests.flow.residents import WORLD
from tests.screens.every_page import every_overlay, every_page
from voice.privacy import Output
from voice.script import Reading, script

GRIDS = [Grid(40, 10), Grid(57, 12), Grid(80, 24), Grid(108, 26), Grid(160, 50), Grid(82, 17)]
TEXTS = WORLD.texts
VOICE = load_catalogue("voice")
every_size = pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: f"{grid.columns}x{grid.rows}")
every_language = pytest.mark.parametrize("language", ["zh", "en"])


def squeezed(words: str) -> str:
    """Without the spaces and line ends that breaking a line may cost."""
    return "".join(words.split())


def parts_of(page: Page, grid: Grid, language: str) -> tuple[Page, ...]:
    return paginate(page, grid, language, TEXTS["common.more"], TEXTS["bar.chosen"].show(language))


@dataclass(frozen=True)
class Drawn:
    """A part of a page as it stands on the screen."""

    page: Page
    part: Page
    layout: Layout
    lines: list[str]


@cache
def every_part(grid: Grid, language: str) -> tuple[Drawn, ...]:
    """Each page with each of its parts, drawn once for all tests."""
    return tuple(_draw_all(grid, language))


def _draw_all(grid: Grid, language: str) -> Iterator[Drawn]:
    for page in (*every_page(), *every_overlay()):
        for part in parts_of(page, grid, language):
            layout = lay_out(part, grid, language, TEXTS, 0)
            yield Drawn(page, part, layout, layout.text())


def expected_content(part: Page, grid: Grid, language: str) -> str:
    """All that must stand between the top line and the caption, in its order. Choices stand apart."""
    words = [f"{ALARM}{part.error.show(language)}"] if part.error else []
    words.append(part.heading.show(language))
    words += number_lines(part, grid, language)
    words += [text.show(language) for text in part.body]
    return squeezed("".join(words))


def inside(layout: Layout, target: Target) -> str:
    """What stands in a target's cells."""
    found = ""
    for row in range(target.row, target.row + target.rows):
        at = 0
        for span in layout.painted(row):
            for character in span.words:
                if target.column <= at < target.column + target.columns:
                    found += character
                at += cell_len(character)
    return squeezed(found)


def content_rows(each: Drawn) -> str:
    """The text between the top line and the first thing that can be touched or typed into."""
    layout = each.layout
    places = [t for t in layout.targets if not t.act.startswith(PRESS)]
    places += [place for place in (layout.field, layout.canvas) if place]
    end = min((place.row for place in places), default=layout.caption_row)
    return squeezed("".join(each.lines[1:end]))


def test_the_walk_comes_to_every_kind_of_page() -> None:
    places = {page.id.removeprefix("second_card@") for page in every_page()}
    assert {place.partition(":")[0] for place in places} == {*now._PAGES, staff.CARD, staff.PIN, staff.IN}


@every_language
@every_size
def test_what_a_page_says_stands_on_it_whole_and_nothing_else(grid: Grid, language: str) -> None:
    """K16: no clipped text. K01: at most four choices at once (five at home and for the rating)."""
    for each in every_part(grid, language):
        page, part, layout = each.page, each.part, each.layout
        where = (page.id, part.part, each.lines)
        assert content_rows(each) == expected_content(part, grid, language), where
        below = each.lines[layout.caption_row : layout.caption_row + grid.caption_rows]
        assert not "".join(below), where
        assert len(part.choices) <= page.at_once, where
        assert all(cell_len(line) <= grid.columns for line in each.lines), where
        for number, choice in enumerate(part.choices, 1):
            target = next(t for t in layout.targets if t.act == f"{CHOOSE}{choice.id}")
            shown = inside(layout, target).removeprefix("＞").removeprefix(str(number))
            box = {True: TICKED, False: UNTICKED}[choice.chosen] if choice.role is Role.TOGGLE else ""
            label = squeezed(box + choice.label.show(language))
            assert shown.startswith(label), where
            assert squeezed(choice.detail.show(language)) in shown, where
            assert (TEXTS["bar.chosen"].show(language) in shown) == choice.chosen, where


@every_language
@every_size
def test_the_parts_of_a_page_are_the_page(grid: Grid, language: str) -> None:
    """Each line and each choice is in exactly one part, in the order of the page; the field is in one."""
    for page in (*every_page(), *every_overlay()):
        parts = parts_of(page, grid, language)
        assert [text for part in parts for text in part.body] == list(page.body), page.id
        choices = [choice for part in parts for choice in part.choices if choice.id != MORE]
        # Of a group only as much of what is in it is shown as its line has room for.
        assert list(map(_named, choices)) == list(map(_named, page.choices)), page.id
        assert [part.entry for part in parts if part.entry] == ([page.entry] if page.entry else [])
        assert [part.error for part in parts if part.error] == ([page.error] if page.error else [])
        assert all(part.heading == page.heading for part in parts)
        assert all(MORE in [c.id for c in part.choices] for part in parts[:-1]), page.id
        assert MORE not in [choice.id for choice in parts[-1].choices], page.id
        # Only the list of all answers is as long as there are answers.
        assert len(parts) <= 4 or grid.rows < 24 or page.id == "check", (page.id, len(parts))
        if page.kind in (PageKind.ENTRY, PageKind.SIGN):
            assert [part.kind for part in parts].count(page.kind) == 1


def _named(choice: Choice) -> Choice:
    return replace(choice, detail=EMPTY) if choice.id.startswith(GROUP) else choice


LONG = "这件事要带户口簿、身份证和银行卡。" * 60
PITCHES = [None, Pitch(5.1, 11.39), Pitch(7.36, 16.56)]


@pytest.mark.parametrize("pitch", PITCHES, ids=["unknown", "usual", "largest"])
@pytest.mark.parametrize("privacy", list(Privacy), ids=str)
@every_size
def test_a_text_taller_than_the_screen_never_pushes_off_the_way_on(
    grid: Grid, privacy: Privacy, pitch: Pitch | None
) -> None:
    """K16: it is cut into parts, whoever may hear it; each part has all its choices on the screen."""
    grid = replace(grid, pitch=pitch)
    texts = (Text({"zh": "先说一句。"}), Text({"zh": LONG}, privacy=privacy), Text({"zh": "还有一句。"}))
    choices = tuple(
        Choice(str(n), Text({"zh": f"第{n}样"}), detail=Text({"zh": LONG[:50]})) for n in range(3)
    )
    page = Page(
        "long", PageKind.CHOICE, Text({"zh": "怎么办这件事？"}), body=texts, choices=choices, error=texts[0]
    )
    parts = parts_of(page, grid, "zh")
    shown = "".join(text.show("zh") for part in parts for text in part.body)
    assert squeezed(shown) == squeezed("".join(text.show("zh") for text in texts))
    assert {text.privacy for part in parts for text in part.body if text.show("zh") in LONG} == {privacy}
    assert [c.id for part in parts for c in part.choices if c.id != MORE] == ["0", "1", "2"]
    for part in parts:
        layout = lay_out(part, grid, "zh", TEXTS, 0)
        assert part.choices
        assert content_rows(Drawn(page, part, layout, layout.text())) == expected_content(part, grid, "zh")
        for choice in part.choices:
            place = next(t for t in layout.targets if t.act == f"{CHOOSE}{choice.id}")
            assert squeezed(choice.label.show("zh")) in inside(layout, place)
            assert place.row + place.rows <= layout.caption_row


@every_language
@every_size
def test_what_can_be_touched_stands_apart_and_inside_the_screen(grid: Grid, language: str) -> None:
    for each in every_part(grid, language):
        page, layout = each.page, each.layout
        taken: set[tuple[int, int]] = set()
        places = [*layout.targets, *(place for place in (layout.field, layout.canvas) if place)]
        for target in places:
            cells = {
                (column, row)
                for column in range(target.column, target.column + target.columns)
                for row in range(target.row, target.row + target.rows)
            }
            assert cells, (page.id, target)
            assert all(0 <= x < grid.columns and 0 <= y < grid.rows for x, y in cells), (page.id, target)
            assert not cells & taken, (page.id, target)
            taken |= cells
        keys = {
            key.name: key.drawn
            for line in pad_of(each.part.entry, grid, language, TEXTS).lines
            for key in line
        }
        typed = [target for target in layout.targets if target.act.startswith(TYPE)]
        assert [key.act.removeprefix(TYPE) for key in typed] == list(keys), page.id
        for key in typed:
            assert inside(layout, key) == squeezed(keys[key.act.removeprefix(TYPE)]), page.id


@every_language
@every_size
def test_help_again_person_and_language_are_in_the_same_place_on_every_page(
    grid: Grid, language: str
) -> None:
    """K10, K07: and their words are whole."""
    places: dict[str, set[Target]] = {}
    for each in every_part(grid, language):
        part, layout = each.part, each.layout
        buttons = {t.act.removeprefix(PRESS): t for t in layout.targets if t.act.startswith(PRESS)}
        assert set(buttons) >= {"help", "repeat", "person", "language"}
        assert ("back" in buttons) == (part.back or part.part > 1)
        for name, target in buttons.items():
            places.setdefault(name, set()).add(target)
            assert inside(layout, target).endswith(squeezed(TEXTS[f"bar.{name}"].show(language)))
    assert all(len(targets) == 1 for targets in places.values())


@every_language
@every_size
def test_every_spoken_sentence_is_shown(grid: Grid, language: str) -> None:
    """K04: what is said stands on the part, or the caption shows all of it, piece by piece."""
    reading = Reading(language, Output.LOUDSPEAKER, VOICE)
    silent = TEXTS["bar.silent"].show(language)
    for each in every_part(grid, language):
        for sentence in script(each.part, reading):
            pieces = caption_pieces(silent + sentence.text, grid.width, grid.caption_rows)
            assert squeezed("".join(chain(*pieces))) == squeezed(silent + sentence.text)
            assert len(pieces) <= 4, (each.page.id, sentence.text)
            assert all(len(lines) <= grid.caption_rows for lines in pieces)
            assert all(cell_len(line) <= grid.width for lines in pieces for line in lines)


@every_language
@every_size
def test_what_is_drawn_as_text_is_said(grid: Grid, language: str) -> None:
    """K04, the other way: each line, choice and error of a part is in what is said of that very part."""
    reading = Reading(language, Output.PRIVATE, VOICE)
    for each in every_part(grid, language):
        part = each.part
        said = squeezed("".join(sentence.text for sentence in script(part, reading)))
        for text in [part.heading, *part.body, part.big, *([part.error] if part.error else [])]:
            assert squeezed(text.say(language)).rstrip("。.") in said or text.decoration, (part.id, text)
        assert {choice.id for choice in part.choices} <= {s.place for s in script(part, reading)}
