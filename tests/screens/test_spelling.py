"""What is said while somebody writes, and what of it the hall may hear."""

from __future__ import annotations

from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind
from kiosk.text import Privacy, same
from screens.grid import Grid
from screens.layout import TYPE
from screens.pad import opening
from screens.spelling import Spelling
from screens.ways import ERASE
from screens.writing import Writing
from tests.flow.residents import WORLD
from voice.privacy import Output
from voice.script import Reading, choice_script

OPEN, PRIVATE = Spelling(WORLD.texts, overheard=False), Spelling(WORLD.texts, overheard=True)
PAGE = Page("question:name", PageKind.ENTRY, same("您叫什么名字？"), entry=Entry(Keyboard.TEXT, name=True))


def composing(keys: str, language: str = "zh") -> Writing:
    assert PAGE.entry is not None
    writing = opening(PAGE.entry, language, Grid(40, 10))
    for key in keys:
        writing = writing.strike(key, "").writing
    return writing


def heard(words: object, output: Output, language: str = "zh") -> str:
    """What the voice says of it, beside the page."""
    reading = Reading(language, output, load_catalogue("voice"))
    choice = Choice(f"{TYPE}x", words)  # type: ignore[arg-type]
    return "".join(sentence.text for sentence in choice_script(choice, 0, reading))


def test_a_key_is_called_by_its_figure_and_its_letters() -> None:
    assert OPEN.key("2", composing("")).show("zh") == "2，a b c"
    assert OPEN.key("9", composing("", "en")).show("en") == "9, w x y z"


def test_characters_that_sound_alike_are_told_apart() -> None:
    """K20: 张，弓长张."""
    writing = composing("94264")
    assert OPEN.offer(writing, writing.offers.index("张")).show("zh") == "张，弓长张"


def test_a_word_of_several_characters_is_said_as_it_is() -> None:
    writing = composing("4843264")
    phrase = next(n for n, words in enumerate(writing.offers) if len(words) > 1)
    assert OPEN.offer(writing, phrase).show("zh") == writing.offers[phrase]


def test_capitals_are_said_to_be_capitals() -> None:
    assert OPEN.offer(composing("2", "en"), 0).show("en") == "capital A"


def test_in_the_hall_a_private_field_tells_how_much_and_never_what() -> None:
    """K26: and on headphones all of it, for whoever writes by ear chooses by ear."""
    writing = composing("94264")
    for said in (PRIVATE.offer(writing, 0), PRIVATE.put("张"), PRIVATE.row(PRIVATE.put("张"), same("张"))):
        assert said.privacy is Privacy.PRIVATE
    for said in (PRIVATE.offer(writing, 0), PRIVATE.put("张桂芳")):
        assert "张" not in heard(said, Output.LOUDSPEAKER)
        assert "张" in heard(said, Output.PRIVATE)
    assert heard(PRIVATE.put("张桂芳"), Output.LOUDSPEAKER) == "填上了3个字。"


def test_one_after_another_keeps_each_as_private_as_it_is() -> None:
    writing = composing("94264")
    both = PRIVATE.row(PRIVATE.key("4", writing), PRIVATE.put("桂"), PRIVATE.offer(writing, 0))
    in_the_hall = heard(both, Output.LOUDSPEAKER)
    assert "g h i" in in_the_hall and "填上了1个字" in in_the_hall
    assert "张" not in in_the_hall and "桂" not in in_the_hall
    assert {"张", "桂"} <= set(heard(both, Output.PRIVATE))


def test_which_key_was_pressed_is_nothing_for_the_hall_either() -> None:
    """K26: the keys of a word tell the word. A key that puts nothing in is called by its name."""
    writing = composing("94")
    assert "g h i" not in heard(PRIVATE.struck("4", writing), Output.LOUDSPEAKER)
    assert "g h i" in heard(PRIVATE.struck("4", writing), Output.PRIVATE)
    assert heard(PRIVATE.struck(ERASE, writing), Output.LOUDSPEAKER) == "擦掉一个字。"
