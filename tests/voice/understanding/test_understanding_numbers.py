"""Counts, sums, dates and dictated digits, as people say them (K05, K23)."""

from __future__ import annotations

import pytest

from kiosk.flow.page import Page
from kiosk.ports import NotUnderstood, Understood
from kiosk.services.question import FieldKind
from tests.flow.asked import refused, understood
from tests.voice.understanding import spoken_pages as pages
from tests.voice.understanding.spoken_pages import EN, KO, ZH, on
from voice.understanding import Pack, digits_said, understand


def typed(said: str, page: Page, pack: Pack) -> str | None:
    """What would be typed for it, None where it is no answer."""
    answer = understand([said], on(page, pack), pack)
    return answer.typed if isinstance(answer, Understood) else None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("三", "3"), ("三口人", "3"), ("三个人", "3"), ("五口", "5"), ("两个", "2"), ("两个人", "2"),
            ("十二", "12"), ("一百零五", "105"), ("两千", "2000"),
        ("一万二", "12000"), ("二十三岁", "23"), ("八十二", "82"), ("我今年八十二了", "82"), ("一共五口人",
            "5"), ("嗯那个三口人吧", "3"), ("零", "0"), ("两百五", "250"),
        ("家里有四口人", "4"), ("四个人嘛", "4"), ("105", "105"), ("廿三", "23"), ("三万五千", "35000"),
            ("十", "10"),
    ],
)  # fmt: skip
def test_a_count_in_chinese(said: str, number: str) -> None:
    assert typed(said, pages.COUNT, ZH) == number
    assert understood(FieldKind.NUMBER, number) == number


@pytest.mark.parametrize("said", ["三四个", "七八个", "很多", "没几个", "十七八个", "一百多", "几口人"])
def test_a_rough_count_is_asked_again(said: str) -> None:
    """三四个 is three or four, not thirty-four."""
    assert understand([said], on(pages.COUNT, ZH), ZH) == NotUnderstood()


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("three", "3"), ("three people", "3"), ("there are four of us", "4"), ("forty two", "42"),
            ("forty-two", "42"), ("one hundred and five", "105"),
        ("a hundred", "100"), ("two thousand", "2000"), ("two thousand and five", "2005"),
            ("twelve thousand", "12000"), ("I'm eighty two years old", "82"),
        ("seventeen", "17"), ("nine hundred ninety nine", "999"), ("three hundred thousand", "300000"),
            ("zero", "0"), ("25", "25"),
    ],
)  # fmt: skip
def test_a_count_in_english(said: str, number: str) -> None:
    assert typed(said, pages.COUNT, EN) == number


@pytest.mark.parametrize(
    "said",
    [
        "one forty four",
        "hundred two thousand million",
        "twenty twelve",
        "five five and",
        "three or four",
        "thousand",
    ],
)
def test_what_is_no_number_in_english_is_asked_again(said: str) -> None:
    assert understand([said], on(pages.COUNT, EN), EN) == NotUnderstood()


@pytest.mark.parametrize(
    ("said", "money"),
    [
        ("三块五", "3.50"), ("五百元", "500"), ("五百块钱", "500"), ("五百", "500"), ("三块五毛", "3.50"),
            ("三块五毛二", "3.52"), ("两毛", "0.20"), ("一百二", "120"),
        ("两千五", "2500"), ("三千块", "3000"), ("一点二万", "12000"), ("一万二", "12000"), ("十二点五元",
            "12.50"), ("二十块整", "20"), ("三块零五", "3.05"),
        ("大概三千块钱", "3000"), ("一千二百三十四块五", "1234.50"), ("1234.5", "1234.50"), ("350元",
            "350"), ("十块", "10"), ("嗯那个三千块吧", "3000"), ("零元", "0"),
    ],
)  # fmt: skip
def test_a_sum_in_chinese(said: str, money: str) -> None:
    assert typed(said, pages.SUM, ZH) == money
    assert float(understood(FieldKind.MONEY, money)) == float(money)


@pytest.mark.parametrize(
    ("said", "money"),
    [
        ("five hundred yuan", "500"), ("three point five", "3.50"), ("three point five yuan", "3.50"),
            ("three yuan fifty", "3.50"), ("twenty", "20"),
        ("about two thousand yuan", "2000"), ("one thousand two hundred and thirty four point five",
            "1234.50"), ("point five", "0.50"), ("1234.5 yuan", "1234.50"),
    ],
)  # fmt: skip
def test_a_sum_in_english(said: str, money: str) -> None:
    assert typed(said, pages.SUM, EN) == money


@pytest.mark.parametrize(("said", "pack"), [("三四百块", ZH), ("没有钱", ZH), ("一点二三四", ZH),
    ("some money", EN), ("three point", EN), ("two point five thousand", EN)])  # fmt: skip
def test_a_rough_sum_is_asked_again(said: str, pack: Pack) -> None:
    assert understand([said], on(pages.SUM, pack), pack) == NotUnderstood()


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("一九四四年三月五号", "1944 3 5"), ("一九四四年三月五日", "1944 3 5"), ("我是一九四四年三月五号的",
            "1944 3 5"), ("四四年三月五号", "1944 3 5"),
        ("一九四四年十二月三十一号", "1944 12 31"), ("一九五零年一月一号", "1950 1 1"),
            ("二零零八年八月八号", "2008 8 8"), ("两千年一月一号", "2000 1 1"),
        ("幺九四四年三月五号", "1944 3 5"), ("1944年3月5日", "1944 3 5"), ("一九四四零三零五", "1944 3 5"),
            ("一九四四年的三月二十七", "1944 3 27"), ("嗯那个一九四四年三月五号", "1944 3 5"),
    ],
)  # fmt: skip
def test_a_date_in_chinese(said: str, date: str) -> None:
    assert typed(said, pages.BORN, ZH) == date
    assert [int(part) for part in understood(FieldKind.DATE, date).split("-")] == [*map(int, date.split())]


@pytest.mark.parametrize(
    ("said", "date", "solar"),
    [
        ("农历一九四四年三月初五", "农历1944年3月初5", "1944-03-28"), ("一九四四年农历三月初五",
            "农历1944年3月初5", "1944-03-28"), ("阴历四四年正月十五", "农历1944年1月15", "1944-02-08"),
        ("一九四四年腊月廿三", "农历1944年12月23", "1945-02-05"), ("一九四四年闰四月初一",
            "农历1944年闰4月初1", "1944-05-22"), ("一九四四年冬月初十", "农历1944年11月初10", "1944-12-24"),
    ],
)  # fmt: skip
def test_a_date_of_the_old_calendar(said: str, date: str, solar: str) -> None:
    """It is kept as such: the field turns it into the calendar of today and reads it back."""
    assert typed(said, pages.BORN, ZH) == date
    assert understood(FieldKind.DATE, date, calendar="lunar_ok") == solar


@pytest.mark.parametrize(("said", "date", "why"), [("三月五号", " 3 5", "field.date_three_parts"),
    ("一九四四年", "1944", "field.date_three_parts"), ("农历三月初五", "农历3月初5",
    "field.date_three_parts"), ("一九四四年三月", "1944 3", "field.date_three_parts")])  # fmt: skip
def test_of_half_a_date_nothing_is_lost_and_the_field_asks_for_the_rest(
    said: str, date: str, why: str
) -> None:
    assert typed(said, pages.BORN, ZH) == date
    assert refused(FieldKind.DATE, date, calendar="lunar_ok") == why


@pytest.mark.parametrize(
    "said",
    [
        "昨天",
        "今天",
        "去年",
        "一九四四年二月三十号",
        "十三月五号",
        "一九四四年四月三十一号",
        "零八年三月五号",
        "三十岁",
        "不知道",
        "农历十三月初五",
        "五号",
    ],
)
def test_no_date_is_made_up(said: str) -> None:
    assert understand([said], on(pages.BORN, ZH), ZH) == NotUnderstood()


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("the fifth of March nineteen forty four", "1944 3 5"), ("March fifth nineteen forty-four",
            "1944 3 5"), ("5 March 1944", "1944 3 5"), ("March 5th, 1944", "1944 3 5"),
        ("twenty seventh of march nineteen forty four", "1944 3 27"),
            ("I was born on the first of January nineteen oh five", "1905 1 1"),
            ("eighth of August two thousand and eight", "2008 8 8"),
        ("december thirty first nineteen ninety nine", "1999 12 31"), ("march nineteen forty four",
            "1944 3"), ("the fifth of march", " 3 5"), ("june twelfth", " 6 12"), ("nineteen forty four",
            "1944"),
    ],
)  # fmt: skip
def test_a_date_in_english(said: str, date: str) -> None:
    assert typed(said, pages.BORN, EN) == date


@pytest.mark.parametrize(
    "said",
    [
        "yesterday",
        "march or april",
        "the fortieth of march",
        "thirtieth of february nineteen forty four",
        "some time in march",
        "forty four",
    ],
)
def test_no_english_date_is_made_up(said: str) -> None:
    assert understand([said], on(pages.BORN, EN), EN) == NotUnderstood()


@pytest.mark.parametrize(
    ("said", "digits", "pack"),
    [
        ("幺三八零零幺三八零零零", "13800138000", ZH), ("一三八 零零一三 八零零零", "13800138000", ZH),
            ("我的电话是幺三八", "138", ZH), ("洞幺两三", "0123", ZH), ("两个零", "00", ZH),
        ("三个八", "888", ZH), ("138 0013 8000", "13800138000", ZH), ("嗯那个幺三八吧", "138", ZH),
            ("零零二叉", "002X", ZH), ("二 二 二", "222", ZH),
        ("one three eight", "138", EN), ("double oh one three", "0013", EN), ("triple eight", "888", EN),
            ("my number is one three eight oh oh", "13800", EN), ("oh o zero", "000", EN),
        ("하나 둘 셋", "123", KO), ("일 삼 팔", "138", KO), ("여덟 여덟", "88", KO),
        ("天气", "", ZH), ("一百三十八", "", ZH), ("十五", "", ZH), ("三个", "", ZH), ("one forty four",
            "", EN), ("double", "", EN), ("", "", ZH), ("三月五号", "", ZH),
    ],
)  # fmt: skip
def test_digits_said_one_by_one(said: str, digits: str, pack: Pack) -> None:
    assert digits_said(said, pack) == digits


@pytest.mark.parametrize(
    ("heard", "number"),
    [
        (["幺三八零零幺三八零零零"], "13800138000"), (["零八一六二二三三四四五"], "08162233445"),
            (["幺三八"], "138"),
        (["幺二八零零幺三八零零零", "幺三八零零幺三八零零零"], "13800138000"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_taken_whole_or_by_groups(heard: list[str], number: str) -> None:
    """Of the alternatives the first that can be a number: none begins with 12."""
    assert understand(heard, on(pages.PHONE, ZH), ZH) == Understood(typed=number)


@pytest.mark.parametrize("said", ["幺三", "幺三八零零", "二三八", "幺二八", "幺三八零零幺三八零零零零", "是"])
def test_a_telephone_number_that_cannot_be_is_asked_again(said: str) -> None:
    assert understand([said], on(pages.PHONE, ZH), ZH) == NotUnderstood()


def test_an_identity_numbers_check_digit_chooses_among_what_was_heard() -> None:
    wrong, right = "九九零幺零幺一九四四零三零五零零二八", "九九零幺零幺一九四四零三零五零零二九"
    assert understand([wrong, right], on(pages.IDENTITY, ZH), ZH) == Understood(typed="990101194403050029")
    assert understand([wrong], on(pages.IDENTITY, ZH), ZH) == NotUnderstood()
    assert understand(["九九零幺零幺一九四四幺三零五零零二九"], on(pages.IDENTITY, ZH), ZH) == NotUnderstood()


def test_a_bank_cards_check_digit_refuses_a_slip() -> None:
    assert understand(["六二零零零零零零零零零零零零零五"], on(pages.CARD, ZH), ZH) == Understood(
        typed="6200000000000005"
    )
    assert understand(["六二零零零零零零零零零零零零零六"], on(pages.CARD, ZH), ZH) == NotUnderstood()
