"""The word that sounds is marked in the caption, for people who hear badly or read slowly."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ports import Caption
from kiosk.text import Privacy
from voice.engines.espeak import EspeakEngine
from voice.engines.marks import even_marks
from voice.script import Sentence
from voice.spoken_forms import traced
from voice.subtitle import SHORTEST_MARK, Subtitle, written_word
from voice.utterances import Rank, Utterance


def utterance(text: str, language: str = "zh") -> Utterance:
    sentence = Sentence(text, Privacy.OPEN, "body")
    return Utterance(sentence, traced(text, language), language, "page", Rank.NORMAL)


def marked(said: Utterance, start: int, length: int = 1) -> str:
    word = written_word(said, start, length)
    return said.sentence.text[word[0] : sum(word)] if word else ""


@pytest.fixture(scope="module")
def espeak() -> EspeakEngine:
    return EspeakEngine()


@pytest.mark.parametrize(
    ("text", "language", "words", "shown"),
    [
        ("请交350元。", "zh", "百", "350元"),
        ("您的号码是A017。", "zh", "幺七", "A017"),
        ("电话13800138000。", "zh", "零零幺三", "13800138000"),
        ("2024年3月5日来。", "zh", "三月", "3月"),
        ("1950-03-05来。", "zh", "三月", "1950-03-05"),
        ("第3步，共7步。", "zh", "共", "共"),
        ("下午3:00到。", "zh", "三点", "下午3:00"),
        ("2，给家里人办。", "zh", "家里", "家里"),
        ("（可选）请按确认。", "zh", "请", "请"),
        ("It costs 350 yuan.", "en", "hundred", "350 yuan"),
        ("Room 501, please.", "en", "five", "501"),
        ("Your ID card, please.", "en", "card", "card"),
        ("请看www.example.com", "zh", "网址", "www.example.com"),
    ],
)
def test_of_a_number_all_of_it_is_marked(text: str, language: str, words: str, shown: str) -> None:
    said = utterance(text, language)
    assert marked(said, said.words.index(words), len(words)) == shown


@given(
    st.text(alphabet="您给 家里人办，。：/（）0123456789-年月日元%A*abc.", max_size=40),
    st.sampled_from(["zh", "en"]),
)
def test_a_mark_never_leaves_the_caption(text: str, language: str) -> None:
    said = traced(text, language)
    assert len(said.spans) == len(said.words)
    for at in range(len(said.words)):
        start, length = said.written(at, 1)
        assert start >= 0 and length >= 0 and start + length <= len(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2，请带350元和13800138000，下午2:30到A017号窗口。", "zh"),
        ("您的「高龄津贴申请」已经交给工作人员。", "zh"),
        ("2, please bring 350 yuan on 5 March 2024, to window A017.", "en"),
        ("您的WPS文件，编号2026-01234567-8。", "zh"),
    ],
)
def test_the_marks_of_the_voice_run_through_the_whole_caption(
    espeak: EspeakEngine, text: str, language: str
) -> None:
    """In order, and no letter or figure is left out."""
    said = utterance(text, language)
    sound = espeak.render(said.words, language, 4)
    places = [written_word(said, mark.start, mark.length) for mark in sound.marks]
    words = list(dict.fromkeys(place for place in places if place))
    assert all(one[0] < other[0] for one, other in pairwise(words))
    covered = {at for start, length in words for at in range(start, start + length)}
    missed = [sign for at, sign in enumerate(text) if sign.isalnum() and at not in covered]
    assert missed == []


def test_where_a_voice_gives_no_times_whole_words_are_marked_all_the_same() -> None:
    said = utterance("Please take 350 yuan home.", "en")
    marks = even_marks(said.words, b"\x00\x40" * 22050)
    words = list(dict.fromkeys(marked(said, mark.start, mark.length) for mark in marks))
    assert words == ["Please", "take", "350 yuan", "home"]


@pytest.fixture
def told() -> list[Caption]:
    return []


def test_a_caption_is_told_at_each_word_and_once_when_nothing_sounds_any_more(told: list[Caption]) -> None:
    subtitle = Subtitle(told.append)
    subtitle.begin(utterance("请交350元。"), sounding=True)
    for second, place in enumerate(range(len("请交三百五十元")), 1):
        subtitle.mark(place, 1, float(second))
    subtitle.end()
    assert [caption.word for caption in told] == [None, (0, 1), (1, 1), (2, 4), None]
    assert {caption.text for caption in told} == {"请交350元。"}


def test_a_screen_is_told_at_most_ten_times_a_second(told: list[Caption]) -> None:
    subtitle = Subtitle(told.append)
    said = utterance("您好，请您把身份证放在读卡器上面。")
    subtitle.begin(said, sounding=True)
    for hundredth in range(100, 300):
        subtitle.mark(hundredth % len(said.words), 1, hundredth / 100)
    assert 10 < len(told) - 1 <= 2 / SHORTEST_MARK


def test_a_caption_that_stands_alone_has_no_mark(told: list[Caption]) -> None:
    """Nothing sounds that could be followed."""
    subtitle = Subtitle(told.append)
    subtitle.begin(utterance("请交350元。"), sounding=False)
    subtitle.mark(0, 1, 1.0)
    subtitle.end()
    assert told == [Caption("请交350元。", False)]


def test_a_caption_of_a_page_that_is_gone_is_not_told_again(told: list[Caption]) -> None:
    subtitle = Subtitle(told.append)
    subtitle.begin(utterance("请交350元。"), sounding=True)
    subtitle.mark(0, 1, 1.0)
    subtitle.drop()
    subtitle.end()
    assert told[-1].word == (0, 1)
