"""How a question is taken apart: characters in pairs, sounds, stems, meanings, idle words."""

from __future__ import annotations

import pytest

from kiosk.ask.lexicon import load_lexicon
from kiosk.ask.segment import Segments, segment
from kiosk.ask.sounds import spelt_syllables, stem, syllable


def taken_apart(words: str, *, by_ear: bool = False) -> Segments:
    return segment(words, load_lexicon(), by_ear=by_ear)


def written(words: str) -> set[str]:
    return set(taken_apart(words).written().split())


def test_chinese_is_searched_by_pairs_of_characters() -> None:
    assert {"门牌", "牌坏"} <= written("门牌坏")


def test_words_that_say_nothing_have_no_place() -> None:
    assert taken_apart("请问怎么办呢").places == frozenset()
    assert len(taken_apart("请问门牌怎么办").places) == 2
    assert taken_apart("Could you please help me").places == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("津贴", "补贴"),
        ("官司", "案件"),
        ("allowance", "补贴"),
        ("ID cards", "身份证"),
        ("Old Age", "老人"),
        ("82", "八十二"),
        ("８２", "82"),
    ],
)
def test_what_means_the_same_has_a_token_in_common(one: str, other: str) -> None:
    assert written(one) & written(other)


@pytest.mark.parametrize(
    ("meant", "heard"),
    [
        ("挂失", "挂尸"),
        ("残疾", "残急"),
        ("社保", "射保"),
        ("南宁", "蓝林"),
        ("津贴", "jin tie"),
        ("津贴", "jintie"),
    ],
)
def test_what_sounds_alike_has_a_sound_in_common(meant: str, heard: str) -> None:
    there = set(taken_apart(meant).sounding().split())
    assert there & set(taken_apart(heard, by_ear=True).sounding().split())


def test_english_is_not_taken_for_mandarin() -> None:
    assert taken_apart("where is the toilet", by_ear=True).sounding() == ""
    assert spelt_syllables("toilet") == []
    assert spelt_syllables("gaolingjintie") == ["gao", "lin", "jin", "tie"]


def test_a_guess_by_ear_is_marked_as_one() -> None:
    assert {term.guess for term in taken_apart("挂失").terms if term.sound} == {True}
    meanings = [term for term in taken_apart("金贴", by_ear=True).terms if term.token.startswith("meaning")]
    assert meanings and all(term.guess for term in meanings)


def test_what_is_asked_of_a_thing_is_kept_apart_from_the_thing() -> None:
    asked = taken_apart("门牌要多久")
    assert len(asked.aspects) == 1
    assert len(asked.places) == 2
    assert asked.aspects == taken_apart("how long does it take").aspects


@pytest.mark.parametrize(
    ("word", "same_as"),
    [("cards", "card"), ("applied", "apply"), ("renewing", "renew"), ("expire", "expired")],
)
def test_endings_of_english_words_make_no_difference(word: str, same_as: str) -> None:
    assert stem(word) == stem(same_as)


def test_only_what_all_speakers_tell_apart_is_told_apart() -> None:
    assert syllable("张") == syllable("赞")
    assert syllable("南") == syllable("蓝")
    assert syllable("保") != syllable("跑")


def test_every_place_of_a_text_lies_in_some_term() -> None:
    """Else a question could not be understood whole, however well it was answered."""
    for words in ("高龄津贴怎么领", "我妈 82 岁 ID card 丢了", "税", "lost my card"):
        asked = taken_apart(words)
        assert asked.places <= frozenset().union(*(term.at for term in asked.terms))
