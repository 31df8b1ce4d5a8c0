"""A Chinese text is cut into the same words, with the same syllables, as by the dictionaries that its
table was made of."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from kiosk.hanzi.readings import syllables, words
from kiosk.hanzi.tones import in_speech, numbered, toneless
from kiosk.paths import data_dir, data_file
from tables import is_stale
from tests.voice.test_spoken_forms import CHINESE
from voice.spoken_forms import spoken

LINES = data_file("hanzi/readings.txt").read_text(encoding="utf-8").splitlines()
Cut = list[tuple[str, list[str]]]


def ours(text: str) -> Cut:
    return [(word.text, list(word.syllables)) for word in words(text)]


def theirs(text: str, *, in_speech: bool = False) -> Cut:
    """What pypinyin makes of it."""
    from pypinyin import Style, lazy_pinyin
    from pypinyin.seg.mmseg import seg

    return [
        (word, lazy_pinyin([word], Style.TONE3, neutral_tone_with_five=True, tone_sandhi=in_speech))
        for word in seg.cut(text)
    ]


@cache
def phrases() -> list[str]:
    return [line.partition(" ")[0] for line in LINES if len(line.partition(" ")[0]) > 1]


def everything_shipped() -> Iterator[str]:
    """Every text of the services, the catalogues and the other files of data, as it is said."""
    for file in data_dir().rglob("*.toml"):
        for text in _strings(tomllib.loads(file.read_text(encoding="utf-8"))):
            yield from (spoken(line, "zh") for line in text.splitlines())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _strings(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _strings(one))


@cache
def said() -> list[str]:
    """All that the program says, with a full stop as the voice gets it."""
    texts = {*everything_shipped(), *(form for _, form in CHINESE)}
    return sorted(f"{text}。" for text in texts if re.search("[一-鿿]", text))


def test_the_table_is_what_the_locked_dictionaries_give() -> None:
    """Else: script/hanzi-tables."""
    assert not is_stale("hanzi/readings.txt")


def test_every_line_of_the_table_is_found() -> None:
    assert max(map(len, phrases())) == 10
    for line in LINES:
        word, *readings = line.split(" ")
        if readings:
            assert ours(word) == [(word, readings)]
        elif len(word) > 1:
            assert [cut for cut, _ in ours(word)] == [word]


def test_what_the_program_says_is_cut_and_read_as_by_the_dictionaries() -> None:
    sentences = said()
    assert len(sentences) > 3000
    assert [ours(text) for text in sentences] == [theirs(text) for text in sentences]


def test_phrases_in_any_order_are_cut_and_read_as_by_the_dictionaries() -> None:
    chance = random.Random(7)
    texts = ["".join(chance.choices(phrases(), k=10)) + "。" for _ in range(2000)]
    assert [ours(text) for text in texts] == [theirs(text) for text in texts]


def test_a_text_that_ends_like_the_beginning_of_a_longer_phrase_keeps_its_words() -> None:
    """一把钥匙 begins a longer one, and is no word itself."""
    assert [word for word, _ in ours("一把钥匙")] == ["一", "把", "钥匙"]
    assert [word for word, _ in theirs("一把钥匙")] == list("一把钥匙")
    assert [word for word, _ in ours("一把钥匙。")] == ["一", "把", "钥匙", "。"]


@pytest.mark.parametrize("text", ["", "A 3-5!", "\n", "e\u0301", "\ud800", "😀", "\U0010ffff"])
def test_what_is_not_chinese_stands_for_itself(text: str) -> None:
    assert syllables(text) == tuple(text)


def test_rare_characters_of_names_are_read() -> None:
    assert syllables("堃喆昇犇翀赟𬭎") == ("kun1", "zhe2", "sheng1", "ben1", "chong1", "yun1", "hong2")


def test_words_of_ones_own_count_first_where_they_are_as_long_or_longer() -> None:
    own = {"银行": ("yin2", "xing2"), "行卡": ("xing2", "ka3"), "朝阳路口": ("zhao1", "yang2", "lu4", "kou3")}
    assert syllables("银行卡", own) == ("yin2", "xing2", "ka3")
    assert [word.text for word in words("朝阳路口", own)] == ["朝阳路口"]
    assert [word.text for word in words("行卡片", own)] == ["行卡", "片"]
    assert syllables("银行卡") == ("yin2", "hang2", "ka3")
    assert syllables("朝阳", {"朝": ("chao2",)}) == ("zhao1", "yang2")


@pytest.mark.parametrize(
    ("marked", "number"),
    [
        ("huán", "huan2"),
        ("de", "de5"),
        ("nǚ", "nv3"),
        ("lüè", "lve4"),
        ("lǘ", "lv2"),
        ("ń", "n2"),
        ("ê̄", "ê1"),
    ],
)
def test_a_mark_becomes_a_number(marked: str, number: str) -> None:
    assert numbered(marked) == number


@pytest.mark.parametrize(("syllable", "plain"), [("huan2", "huan"), ("nv3", "nv"), ("3", "3"), ("，", "，")])
def test_a_tone_is_taken_off(syllable: str, plain: str) -> None:
    assert toneless(syllable) == plain


@pytest.mark.parametrize(
    "word",
    """
    老鼠 lao2 shu3, 许可证 xu2 ke3 zheng4, 可以说 ke2 yi3 shuo1, 展览馆 zhan2 lan2 guan3,
    老马识途 lao2 ma3 shi2 tu2, 土崩瓦解 tu3 beng1 wa2 jie3, 好了 hao3 le5, 不是 bu2 shi4, 不好 bu4 hao3,
    不 bu4, 是不是 shi4 bu2 shi4, 一共 yi2 gong4, 一份 yi2 fen4, 一起 yi4 qi3, 一天 yi4 tian1, 统一 tong3 yi1,
    一模一样 yi4 mu2 yi2 yang4, 说一不二 shuo1 yi1 bu2 er4, 同一性 tong2 yi1 xing4, 无一不备 wu2 yi2 bu2 bei4
    """.split(","),
)  # fmt: skip
def test_tones_follow_one_another_as_they_are_said(word: str) -> None:
    written, *wanted = word.split()
    assert in_speech(written, syllables(written)) == tuple(wanted)


def test_what_is_said_lightly_stays_light() -> None:
    assert in_speech("对不起", ("dui4", "bu5", "qi3")) == ("dui4", "bu5", "qi3")
    assert in_speech("看一看", ("kan4", "yi5", "kan4")) == ("kan4", "yi5", "kan4")


def test_tones_of_words_differ_from_pypinyin_s_only_in_thirds_and_in_one() -> None:
    """It changes the first thirds of a word, wherever they are, if the word ends in thirds (土崩瓦解);
    一 before a fourth it leaves alone (一共). What is right stands in the cases above."""
    changes = {
        (here[-1], there[-1]) if sign != "一" else (here, there)
        for text in [*said(), *phrases()[::4]]
        for (word, read), (_, theirs_read) in zip(ours(text), theirs(text, in_speech=True), strict=True)
        for sign, here, there in zip(word, in_speech(word, read), theirs_read, strict=True)
        if here != there
    }
    seen = {("2", "3"), ("3", "2"), ("yi2", "yi1")}
    assert seen <= changes <= seen | {("yi2", "yi4"), ("yi1", "yi4")}
