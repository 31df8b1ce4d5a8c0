"""Pages that say back what was heard: whole on every screen, short to the ear, and private."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kiosk.flow.moves import Choose, Heard, HeardAmong, Miss, Missed, Move, Overlay
from kiosk.flow.page import Entry, Page
from kiosk.flow.pages.hearing import ALOUD
from kiosk.flow.pages.now import page_of
from screens.grid import Grid
from screens.layout import PRESS, lay_out
from tests.flow.residents import WORLD, moved, world_of
from tests.screens.answering_aloud import NAME, PHONE
from tests.screens.every_page import every_sitting
from tests.screens.test_every_page_fits import (
    TEXTS,
    VOICE,
    Drawn,
    content_rows,
    every_language,
    every_size,
    expected_content,
    inside,
    parts_of,
    squeezed,
)
from voice.privacy import Output
from voice.script import Reading, script


@cache
def pages_said_back() -> tuple[Page, ...]:
    """Each choice that can be said, two that sound alike, and the page that offers keys, over each page."""
    pages: dict[object, Page] = {}
    for sitting in every_sitting():
        world = world_of(sitting.service) if sitting.service else WORLD
        choices = page_of(sitting, world).choices
        moves: list[tuple[Move, ...]] = [(Heard(one.id, at),) for at, one in enumerate(choices, 1)]
        among = HeardAmong(tuple(choice.id for choice in choices[:2]))
        for made in (*moves, (among,), (Missed(Miss.UNCLEAR),) * 3):
            there = moved(sitting, *made, world=world)
            if there.said_back is not None or there.overlay is Overlay.UNHEARD:
                page = page_of(there, world)
                pages.setdefault((page.heading, page.choices), page)
    number = moved(PHONE, Heard(typed="13800138000"))
    dictated = (
        moved(PHONE, Heard(typed="138")),
        number,
        moved(number, Choose(ALOUD)),
        moved(NAME, Heard(typed="欧阳" * 20)),
    )
    return (*pages.values(), *(page_of(sitting, WORLD) for sitting in dictated))


@every_language
@every_size
def test_what_was_heard_stands_whole_on_every_screen(grid: Grid, language: str) -> None:
    """K16, K01: and the bar has the key to speak wherever there is room."""
    assert len(pages_said_back()) > 100
    for page in pages_said_back():
        for part in parts_of(page, grid, language):
            layout = lay_out(part, grid, language, TEXTS, 0, listens=True)
            each = Drawn(page, part, layout, layout.text())
            assert content_rows(each) == expected_content(part, grid, language), (page.id, each.lines)
            assert len(part.choices) <= 4
            assert page.parts == 1 or grid.rows < 24
            for choice in part.choices:
                target = next(t for t in layout.targets if t.act == f"choose:{choice.id}")
                assert squeezed(choice.label.show(language)) in inside(layout, target)
            bar = {t.act.removeprefix(PRESS): t for t in layout.targets if t.act.startswith(PRESS)}
            assert ("listen" in bar) == (grid.columns > 40)
            for name, target in bar.items():
                assert inside(layout, target).endswith(squeezed(TEXTS[f"bar.{name}"].show(language)))
                assert target.column + target.columns <= grid.columns


@every_language
def test_what_was_heard_is_asked_in_a_few_words(language: str) -> None:
    """The person waits for it after each answer: what they have heard already is not said again."""
    reading = Reading(language, Output.LOUDSPEAKER, VOICE)
    for page in pages_said_back():
        said = script(page, reading)
        assert {choice.id for choice in page.choices} <= {sentence.place for sentence in said}
        assert not {"body", "entry"} & {s.place for s in said} or page.id.startswith("unheard@"), page.id


def test_a_private_number_is_said_back_by_its_last_figures() -> None:
    """K26."""
    page = page_of(moved(PHONE, Heard(typed="13800138000")), WORLD)
    said = "".join(s.text for s in script(page, Reading("zh", Output.LOUDSPEAKER, VOICE)))
    assert "您说了11位数字，尾号00，对吗？" in said and "138" not in said
    assert "3，全部念出来，旁边听得见。" in said
    assert "1380 0138 000" in page.heading.show("zh")


def test_a_long_text_is_private_and_a_birthday_is_not() -> None:
    page = page_of(NAME, WORLD)
    assert isinstance(page.entry, Entry)
    assert not page.overheard
    assert replace(page, entry=replace(page.entry, rows=4)).overheard
