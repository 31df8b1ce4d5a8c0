"""What is written becomes what a person would say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.spoken_forms import en_numbers, spoken, zh_numbers

CHINESE = [
    ("2024年3月5日", "二零二四年三月五日"),
    ("1950-03-05", "一九五零年三月五日"),
    ("2024年2月", "二零二四年二月"),
    ("3月12日", "三月十二日"),
    ("2023-2024年", "二零二三到二零二四年"),
    ("3月5日-8日", "三月五日到八日"),
    ("350元", "三百五十元"),
    ("¥1,350.50", "一千三百五十元五角"),
    ("0.5元", "五角"),
    ("2元", "两元"),
    ("200元", "二百元"),
    ("2000元", "两千元"),
    ("12000元", "一万二千元"),
    ("20500元", "两万零五百元"),
    ("10000人", "一万人"),
    ("90%", "百分之九十"),
    ("3.5", "三点五"),
    ("0", "零"),
    ("10", "十"),
    ("15", "十五"),
    ("105", "一百零五"),
    ("110", "一百一十"),
    ("1010", "一千零一十"),
    ("14:30", "下午两点半"),
    ("9:00", "上午九点"),
    ("09:05", "上午九点零五分"),
    ("下午3:00", "下午三点"),
    ("12:00", "中午十二点"),
    ("9:00-11:30", "上午九点到上午十一点半"),
    ("2点", "两点"),
    ("2024年3月5日 14:30", "二零二四年三月五日下午两点半"),
    ("13800138000", "幺三八，零零幺三，八零零零"),
    ("138 0013 8000", "幺三八，零零幺三，八零零零"),
    ("１３８００１３８０００", "幺三八，零零幺三，八零零零"),
    ("010-12345678", "零幺零，幺二三四，五六七八"),
    ("990101195003051234", "九九零幺零幺，幺九五零零三零五，幺二三四"),
    ("99010119500305123X", "九九零幺零幺，幺九五零零三零五，幺二三 X"),
    ("6222000011112222", "六二二二，零零零零，幺幺幺幺，二二二二"),
    ("尾号02", "尾号零二"),
    ("007", "零零七"),
    ("A017", "A 零幺七"),
    ("B3", "B 三"),
    ("您的号码是A017。", "您的号码是A 零幺七。"),
    ("第3步，共7步", "第三步，共七步"),
    ("第3步，共12步", "第三步，共十二步"),
    ("3/7", "第三步，共七步"),
    ("第2位", "第二位"),
    ("3号楼2单元501室", "三号楼二单元五零一室"),
    ("128路", "一二八路"),
    ("2楼", "二楼"),
    ("2个", "两个"),
    ("2位", "两位"),
    ("22个", "二十二个"),
    ("2个月", "两个月"),
    ("2月", "二月"),
    ("2小时", "两小时"),
    ("24小时", "二十四小时"),
    ("满80周岁", "满八十周岁"),
    ("60-79岁", "六十到七十九岁"),
    ("60～79岁", "六十到七十九岁"),
    ("1，给我自己办。", "一，给我自己办。"),
    ("第1个，是。", "第一个，是。"),
    ("（可选）请按确认", "可选，请按确认"),
    ("请按1（确认）。", "请按一，确认。"),
    ("是/否", "是，否"),
    ("《办事指南》", "办事指南"),
    ("您给谁办？", "您给谁办？"),
]

ENGLISH = [
    ("5 March 2024", "March fifth, twenty twenty-four"),
    ("1950-03-05", "March fifth, nineteen fifty"),
    ("March 12, 2008", "March twelfth, two thousand and eight"),
    ("May 2025", "May twenty twenty-five"),
    ("350 yuan", "three hundred and fifty yuan"),
    ("¥1,350.50", "one thousand three hundred and fifty yuan and fifty fen"),
    ("1,000,000", "one million"),
    ("105", "one hundred and five"),
    ("14:30", "two thirty p m"),
    ("9:05 pm", "nine oh five p m"),
    ("9:00-11:30", "nine a m to eleven thirty a m"),
    ("90%", "ninety percent"),
    ("3.5", "three point five"),
    ("13800138000", "one three eight, zero zero one three, eight zero zero zero"),
    ("ends in 02", "ends in zero two"),
    ("A017", "A zero one seven"),
    ("Step 3 of 7", "Step three of seven"),
    ("3/7", "step three of seven"),
    ("Room 501", "Room five zero one"),
    ("60-79", "sixty to seventy-nine"),
    ("the 21st", "the twenty-first"),
    ("1, Myself.", "one, Myself."),
    ("yes/no", "yes, no"),
    ("(optional)", "optional"),
    ("Who is it for?", "Who is it for?"),
]


@pytest.mark.parametrize(("written", "said"), CHINESE, ids=[written for written, _ in CHINESE])
def test_chinese_is_said_as_people_say_it(written: str, said: str) -> None:
    """K23: digits in groups, 幺 in digit strings, 两 before a measure word."""
    assert spoken(written, "zh") == said


@pytest.mark.parametrize(("written", "said"), ENGLISH, ids=[written for written, _ in ENGLISH])
def test_english_is_said_as_people_say_it(written: str, said: str) -> None:
    assert spoken(written, "en") == said


@given(st.text(alphabet=st.characters(max_codepoint=0x9FFF, codec="utf-8"), max_size=60))
def test_any_text_can_be_said_and_no_bracket_or_slash_is_read(text: str) -> None:
    for language in ("zh", "en"):
        assert not re.search(r"[()（）\[\]/《》*]", spoken(text, language))


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_no_figure_is_left_to_the_engine(number: int) -> None:
    for language in ("zh", "en"):
        assert not re.search(r"[0-9]", spoken(f"{number}", language))


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_chinese_count_says_the_number_again(number: int) -> None:
    """Reading the words back gives the number: 十, 百, 千 and 万 stand where they belong."""
    places = {"十": 10, "百": 100, "千": 1000}
    total = section = figure = 0
    for sign in zh_numbers.count(number).replace("两", "二"):
        if sign == "万":
            total, section, figure = (section + figure) * 10_000, 0, 0
        elif sign in places:
            section, figure = section + max(figure, 1) * places[sign], 0
        else:
            figure = "零一二三四五六七八九".index(sign)
    assert total + section + figure == number


def test_english_ordinals_of_all_days_of_a_month() -> None:
    days = [en_numbers.ordinal(day) for day in range(1, 32)]
    assert (
        days[0] == "first"
        and days[11] == "twelfth"
        and days[19] == "twentieth"
        and days[30] == "thirty-first"
    )
    assert len(set(days)) == 31
