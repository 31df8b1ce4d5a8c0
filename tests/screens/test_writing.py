"""What keys make of words: nine keys, letters, figures and signs, struck on the screen or on a keyboard."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from kiosk.flow.page import Entry, Keyboard
from screens.grid import Grid
from screens.keyboard import stroke_for
from screens.pad import called_in, opening, pad_of
from screens.ways import ERASE, OFFER, PAGE_BACK, PAGE_ON, SHIFT, WAY, Way
from screens.writing import Writing
from tests.flow.residents import WORLD

SMALL, USUAL = Grid(40, 10), Grid(80, 24)
NAME, WORDS = Entry(Keyboard.TEXT, name=True), Entry(Keyboard.TEXT)
KEY_NAMES = {" ": "space", "\r": "enter", "\t": "tab", "\b": "backspace", "\x1b": "escape"}


class Sheet:
    """Somebody writes on it, with no screen."""

    def __init__(self, entry: Entry = WORDS, language: str = "zh", grid: Grid = SMALL) -> None:
        self.writing = opening(entry, language, grid)
        self.text = ""

    def strikes(self, *keys: str) -> Sheet:
        """Keys on the screen."""
        for key in keys:
            stroke = self.writing.strike(key, self.text)
            self.writing = stroke.writing
            self.text = self.text[:-1] if stroke.erase else self.text + stroke.put
        return self

    def types(self, keys: str) -> Sheet:
        """Keys of a keyboard; Enter and space take the offer that has the focus."""
        for key in keys:
            meant = self.writing.at if self.writing.open else None
            name = KEY_NAMES.get(key, key)
            stroke = stroke_for(name, key if key.isprintable() else None, self.writing, self.text, meant)
            if stroke is None:
                assert key == "\b", key
                self.text = self.text[:-1]
            else:
                self.writing = stroke.writing
                self.text = self.text[:-1] if stroke.erase else self.text + stroke.put
        return self

    def takes(self, words: str) -> Sheet:
        """What is offered, on whichever page it stands."""
        for _ in range(100):
            if words in self.writing.offers:
                return self.strikes(f"{OFFER}{self.writing.offers.index(words)}")
            assert self.writing.more_after, words
            self.strikes(PAGE_ON)
        raise AssertionError(words)


def test_a_name_is_written_on_nine_keys() -> None:
    sheet = Sheet(NAME).strikes(*"94264")
    assert sheet.writing.spelled == "zhang"
    sheet.takes("张").strikes(*"4843264").takes("桂芳")
    assert sheet.text == "张桂芳"
    assert not sheet.writing.open


def test_what_people_are_called_comes_first_where_a_name_is_asked_for() -> None:
    assert Sheet(NAME).types("zhang").writing.offers[0] == "张"
    assert Sheet(WORDS).types("zhang").writing.offers[0] != "张"
    assert Sheet(NAME).types("zhang guifang").writing.offers[0] == "桂芳"


def test_what_is_taken_leaves_the_rest_of_the_keys() -> None:
    sheet = Sheet().types("zhangsan").takes("张")
    assert sheet.text == "张"
    assert sheet.writing.typed == "san"


@pytest.mark.parametrize("character", ["堃", "喆", "赟", "桂", "祎"])
def test_rare_characters_are_reached_by_their_syllable_and_paging(character: str) -> None:
    """Of the Table of General Standard Chinese Characters, as they stand in names."""
    keys = {"堃": "kun", "喆": "zhe", "赟": "yun", "桂": "gui", "祎": "yi"}[character]
    assert Sheet().types(keys).takes(character).text == character


def test_pages_lead_on_and_back() -> None:
    sheet = Sheet().types("yi")
    first = sheet.writing.offers
    second = sheet.strikes(PAGE_ON).writing.offers
    assert not set(first) & set(second) and sheet.writing.more_before
    assert sheet.strikes(PAGE_BACK).writing.offers == first
    assert sheet.types(".").writing.offers == second and sheet.types(",").writing.offers == first


@pytest.mark.parametrize("columns", [38, 53, 66, 74])
@pytest.mark.parametrize("keys", ["9", "94", "94264", "yi", "zhongguo", "zs"])
def test_what_is_offered_has_room_on_every_page(columns: int, keys: str) -> None:
    """At least four at once, a finger wide each, none cut off."""
    sheet = Sheet()
    sheet.writing = sheet.writing.fits(small=True, room=columns)
    sheet.strikes(*keys) if keys.isdigit() else sheet.types(keys)
    for _ in range(6):
        offers, numbers = sheet.writing.offers, 1 if sheet.writing.numbered else 0
        turning = 4 * (sheet.writing.more_before + sheet.writing.more_after)
        assert sum(max(cell_len(one) + numbers + 2, 4) for one in offers) + turning <= columns
        assert len(offers) >= 4 or not sheet.writing.more_after
        sheet.strikes(PAGE_ON)


def test_erasing_takes_a_key_first_and_then_a_character() -> None:
    sheet = Sheet().types("ni hao")
    typed = sheet.text
    sheet.strikes(ERASE)
    assert (sheet.text, sheet.writing.typed) == (typed, "ha")
    sheet.types("\b\b\b")
    assert sheet.text == typed[:-1]


def test_escape_gives_up_what_is_half_written() -> None:
    sheet = Sheet().types("ni hao\x1b")
    assert not sheet.writing.open and len(sheet.text) == 1


def test_space_and_enter_take_the_first_and_figures_choose() -> None:
    first, second = Sheet().types("zhang").writing.offers[:2]
    assert Sheet().types("zhang ").text == Sheet().types("zhang\r").text == first
    assert Sheet().types("zhang2").text == second


def test_on_a_keyboard_with_letters_a_figure_is_a_figure() -> None:
    """ "3号楼2单元": the first one is known for a figure by the letters behind it."""
    sheet = Sheet().types("3hao ")
    assert sheet.text[0] == "3" and sheet.text[1:] == Sheet().types("hao ").text
    assert sheet.types("2").text.endswith("2")


def test_on_a_number_pad_alone_figures_are_keys_of_a_telephone() -> None:
    sheet = Sheet(NAME).types("94264")
    assert sheet.writing.spelled == "zhang"
    assert sheet.takes("张").types("4843264\r").text.startswith("张")


@pytest.mark.parametrize("number", ["10", "2026", "302", "12.5"])
def test_a_number_on_a_number_pad_is_offered_or_known_by_what_has_no_letters(number: str) -> None:
    sheet = Sheet().types(number)
    if sheet.writing.open:
        sheet.takes(sheet.writing.typed)
    assert sheet.text == number


def test_signs_of_a_keyboard_are_those_of_the_language() -> None:
    assert Sheet().types("hao ,").text.endswith("，")
    assert Sheet(language="en").types("Ok, no.").text == "Ok, no."


def test_a_capital_and_what_an_input_method_puts_in_go_straight_in() -> None:
    assert Sheet().types("A").text == "A"
    assert Sheet().types("张桂芳").text == "张桂芳"


def test_tab_leads_to_plain_letters_and_keeps_those_half_written() -> None:
    sheet = Sheet().types("wifi\t")
    assert sheet.text == "wifi" and sheet.writing.way is Way.LETTERS
    assert sheet.types("2b").text == "wifi2b"
    assert sheet.types("\tni").writing.typed == "ni"


def test_letters_on_nine_keys_turn_with_each_press() -> None:
    """At the largest type; the next key settles the last one."""
    sheet = Sheet(language="en").strikes("5", "4", "4", "4")
    assert sheet.text == "J" and sheet.writing.spelled == "i"
    sheet.strikes(f"{OFFER}0")
    assert sheet.text == "Jg"


def test_names_in_english_begin_with_a_capital_by_themselves() -> None:
    sheet = Sheet(language="en", grid=USUAL).strikes(*"li", " ", *"ming", "-", "o", SHIFT, "x")
    assert sheet.text == "Li Ming-OX"


def test_a_code_or_a_telephone_number_on_a_number_pad_is_not_made_into_words() -> None:
    sheet = Sheet().types("990120260417")
    assert sheet.text == "990120260417" and not sheet.writing.open


def test_after_the_number_of_a_house_its_figures_are_keys_of_a_telephone_again() -> None:
    assert Sheet().types("50174").writing.typed == "74"


def test_a_sign_leads_back_to_words_and_figures_stay() -> None:
    sheet = Sheet().strikes(f"{WAY}{Way.FIGURES}", "3", "2", f"{WAY}{Way.SIGNS}", "，")
    assert sheet.text == "32，" and sheet.writing.way is Way.PINYIN
    assert sheet.strikes(f"{WAY}{Way.FIGURES}", "3").writing.way is Way.FIGURES


def test_leaving_a_way_settles_what_is_half_written() -> None:
    sheet = Sheet(language="en").strikes("2", f"{WAY}{Way.FIGURES}")
    assert sheet.text == "A"


def test_nothing_that_is_written_stands_in_what_python_prints() -> None:
    """K46: an error that tells of a value must not tell what somebody writes."""
    sheet = Sheet(NAME).types("zhangguifang")
    assert "zhang" not in repr(sheet.writing) and "张" not in repr(sheet.writing)
    assert "张" not in repr(sheet.writing.strike(f"{OFFER}0", ""))


def test_every_key_is_called_something() -> None:
    for language in ("zh", "en"):
        for grid in (SMALL, USUAL):
            for way in Way:
                writing = Writing(language, way, small=grid is SMALL)
                for key in pad_of(WORDS, grid, language, WORLD.texts, writing).names:
                    assert called_in(writing, key, WORLD.texts).say(language).strip(), (way, key)
