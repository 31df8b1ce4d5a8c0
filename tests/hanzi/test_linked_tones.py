"""What the tones of one word become before the next, as a person says a whole phrase."""

import pytest

from kiosk.hanzi.linked import linked
from kiosk.hanzi.readings import Word, words
from kiosk.hanzi.tones import in_speech


def said(text: str) -> str:
    return " ".join(linked([Word(word.text, in_speech(word.text, word.syllables)) for word in words(text)]))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我不去", "wo3 bu2 qu4"),
        ("不办了", "bu2 ban4 le5"),
        ("不收钱", "bu4 shou1 qian2"),
        ("不能", "bu4 neng2"),
        ("不一样", "bu4 yi2 yang4"),
        ("不，我自己办", "bu4 ， wo3 zi4 ji3 ban4"),
        ("不", "bu4"),
        ("不 A", "bu4   A"),
    ],
)
def test_no_rises_before_a_falling_tone_only(text: str, wanted: str) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一次", "yi2 ci4"),
        ("一张卡", "yi4 zhang1 ka3"),
        ("一样不缺", "yi2 yang4 bu4 que1"),
        ("一千", "yi4 qian1"),
        ("一元", "yi4 yuan2"),
        ("一周一次", "yi4 zhou1 yi2 ci4"),
        ("按一次", "an4 yi2 ci4"),
        ("选一张", "xuan3 yi4 zhang1"),
        ("看一看", "kan4 yi5 kan4"),
        ("等一等", "deng3 yi5 deng3"),
        ("一年一年", "yi4 nian2 yi4 nian2"),
    ],
)
def test_a_one_that_counts_follows_what_it_counts(text: str, wanted: str) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第一次", "di4 yi1 ci4"),
        ("星期一上午", "xing1 qi1 yi1 shang4 wu3"),
        ("周一上午", "zhou1 yi1 shang4 wu3"),
        ("一楼", "yi1 lou2"),
        ("二十一次", "er4 shi2 yi1 ci4"),
        ("三分之一的人", "san1 fen1 zhi1 yi1 de5 ren2"),
        ("零点一毫米", "ling2 dian3 yi1 hao2 mi3"),
        ("按一确认", "an4 yi1 que4 ren4"),
        ("五一幺", "wu3 yi1 yao1"),
        ("一百一十一元", "yi4 bai3 yi1 shi2 yi1 yuan2"),
        ("一，给我办", "yi1 ， gei2 wo3 ban4"),
    ],
)
def test_a_one_that_names_or_stands_in_a_figure_keeps_its_tone(text: str, wanted: str) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("老李", "lao2 li3"),
        ("很好", "hen2 hao3"),
        ("马小梅", "ma2 xiao3 mei2"),
        ("请准备", "qing2 zhun3 bei4"),
        ("请你写", "qing3 ni2 xie3"),
        ("五九五九", "wu2 jiu3 wu2 jiu3"),
        ("可以买", "ke2 yi3 mai3"),
        ("好，我写", "hao3 ， wo2 xie3"),
        ("请您", "qing3 nin2"),
    ],
)
def test_two_thirds_never_stand_side_by_side_where_the_first_leans_on_the_second(
    text: str, wanted: str
) -> None:
    assert said(text) == wanted
