"""The pages on which a person sets type, colours and voice: they lie over a page and lead back to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.moves import Back, Choose, Help, Move, Overlay, Quiet, Settings
from kiosk.flow.page import SETS, Page, PageKind
from kiosk.flow.pages.brief import brief, can_be_brief
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from kiosk.text import LANGUAGES
from tests.flow.residents import AT_EIGHTY, GUIFANG, WORLD, at_home, begun, led, moved
from tests.screens.every_page import every_page

AT_PHONE = led(begun(None), AT_EIGHTY, until="question:phone")


def shown(sitting: Sitting) -> Page:
    return page_of(sitting, WORLD)


@pytest.mark.parametrize("start", [Sitting(), at_home(GUIFANG), AT_PHONE], ids=lambda one: one.place)
@pytest.mark.parametrize("way_in", [(Settings(),), (Help(), Choose("settings"))], ids=["key", "help"])
@pytest.mark.parametrize("way_out", [Settings(), Back(), Choose("go")], ids=["key", "back", "done"])
def test_they_lead_back_to_where_one_was(start: Sitting, way_in: tuple[Move, ...], way_out: Move) -> None:
    there = moved(start, *way_in)
    assert shown(there).id == f"settings@{start.place}"
    assert moved(there, way_out) == start


@pytest.mark.parametrize("name", ["speed", "volume"])
def test_the_voice_has_pages_of_its_own_and_those_lead_back_to_the_settings(name: str) -> None:
    """Up and down are two keys: going round through seven steps loses everybody."""
    there = moved(AT_PHONE, Settings(), Choose(name))
    assert shown(there).id == f"{name}@question:phone"
    for way in (Back(), Choose("go")):
        assert shown(moved(there, way)).id == "settings@question:phone"


def test_all_that_keys_set_can_be_touched() -> None:
    """Who cannot find C or the comma on a keyboard, or has none."""
    overlays = (Overlay.SETTINGS, Overlay.SPEED, Overlay.VOLUME)
    pages = [shown(replace(AT_PHONE, overlay=overlay)) for overlay in overlays]
    touched = {choice.id.removeprefix(SETS) for page in pages for choice in page.choices}
    assert touched >= {
        "size",
        "colours",
        "slower",
        "faster",
        "quieter",
        "louder",
        "mute",
        "detail",
        "picture",
    }


def test_a_choice_that_only_the_screen_knows_changes_nothing_in_the_visit() -> None:
    """It never gets there; if it did, the page over the visit would close, and no more."""
    assert moved(AT_PHONE, Settings(), Choose(f"{SETS}size")) == AT_PHONE


def test_the_settings_page_is_no_shelter_from_the_clock() -> None:
    """K30."""
    assert moved(AT_PHONE, Settings(), Quiet()).overlay is Overlay.IDLE


# only the question and its options


def test_a_short_page_keeps_its_question_its_options_and_what_went_wrong() -> None:
    for page in every_page():
        short = brief(page)
        assert replace(short, body=page.body) == page


def test_what_somebody_agrees_to_or_signs_is_never_left_out() -> None:
    """Consents, declarations, the last step, what was understood, receipts, guides, and what is kept."""
    whole = [page for page in every_page() if page.body and brief(page) == page]
    places = {page.id.partition(":")[0] for page in whole}
    assert places >= {"consent", "sign", "submit", "receipt", "keep", "call-back", "earlier", "look", "held"}
    for page in every_page():
        if page.binding or page.kind in (PageKind.SIGN, PageKind.SUBMIT) or page.said_back or page.big.shown:
            assert not can_be_brief(page), page.id


def test_questions_are_shown_short() -> None:
    page = shown(AT_PHONE)
    assert page.body and not brief(page).body
    assert all(brief(page).heading.show(language) for language in LANGUAGES)
