"""Phrases are put into words that the model has: else it leaves some out, and hears another phrase."""

from __future__ import annotations

import pytest

from voice.listening.grammar_check import checked, in_known_words

MODEL = frozenset("工作 人员 工 作 人 员 叫 再 说 一遍 一 遍 是 不 不是 next page per son call a".split())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("不是", ("不是",)),
        ("工作人员", ("工作", "人员")),
        ("叫工作人员", ("叫", "工作", "人员")),
        ("再说一遍", ("再", "说", "一遍")),
        ("next", ("next",)),
        ("person", ()),
        ("噻", ()),
        ("是噻", ()),
    ],
)
def test_a_word_is_broken_into_the_fewest_words_there_are(said: str, words: tuple[str, ...]) -> None:
    assert in_known_words(said, MODEL.__contains__) == words


def test_a_phrase_with_one_word_that_is_missing_is_left_out_whole_and_named() -> None:
    result = checked(["next page", "call a person", "是噻", "不是", "叫工作人员", " "], MODEL.__contains__)
    assert result.phrases == ("next page", "不是", "叫 工作 人员")
    assert result.missing == ("call a person", "是噻")


def test_the_same_phrase_twice_is_asked_for_once() -> None:
    assert checked(["工作人员", "工作 人员"], MODEL.__contains__).phrases == ("工作 人员",)


def test_no_phrase_stands_in_a_repr() -> None:
    assert "是" not in repr(checked(["是", "噻"], MODEL.__contains__))
