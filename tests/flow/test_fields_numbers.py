"""Phones, identity numbers, bank cards, counts and sums, however they are typed or said."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow import fields
from kiosk.flow.fields.numerals import whole
from kiosk.identity.id_number import check_character
from kiosk.services.question import FieldKind
from kiosk.text import Privacy
from tests.flow.asked import NOTHING, TODAY, id_number, question, refused, understood

FOREIGN_2023 = id_number(datetime.date(1980, 1, 1), region="944990")
FOREIGN_2017 = "XXX990144030501"
NOWHERE = id_number(datetime.date(1944, 3, 5), region="199999")
"""A citizen's, of a province that does not exist."""
HMT = id_number(datetime.date(1980, 1, 1), region="810000")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldKind.NUMBER, " ３ ", "3"),
        (FieldKind.NUMBER, "007", "7"),
        (FieldKind.NUMBER, "1 000", "1000"),
        (FieldKind.NUMBER, "1,000", "1000"),
        (FieldKind.NUMBER, "１，０００。", "1000"),
        (FieldKind.NUMBER, "3.0", "3"),
        (FieldKind.NUMBER, "82岁", "82"),
        (FieldKind.NUMBER, "三个", "3"),
        (FieldKind.NUMBER, "大概二十三个人", "23"),
        (FieldKind.NUMBER, "两百零五", "205"),
        (FieldKind.NUMBER, "一万二", "12000"),
        (FieldKind.MONEY, "1200", "1200.00"),
        (FieldKind.MONEY, "1200.5", "1200.50"),
        (FieldKind.MONEY, "1,234.50", "1234.50"),
        (FieldKind.MONEY, "￥1，234", "1234.00"),
        (FieldKind.MONEY, "３５．５元", "35.50"),
        (FieldKind.MONEY, "35。5", "35.50"),
        (FieldKind.MONEY, "35元整。", "35.00"),
        (FieldKind.MONEY, "12块5", "12.50"),
        (FieldKind.MONEY, "12块5毛钱", "12.50"),
        (FieldKind.MONEY, "三块五", "3.50"),
        (FieldKind.MONEY, "三百五十块钱", "350.00"),
        (FieldKind.MONEY, "大概一千二", "1200.00"),
        (FieldKind.MONEY, "五毛", "0.50"),
        (FieldKind.MONEY, "3元5角2分", "3.52"),
        (FieldKind.MONEY, "三块零二分", "3.02"),
        (FieldKind.MONEY, "1.2万元", "12000.00"),
        (FieldKind.MONEY, "1200 yuan", "1200.00"),
        (FieldKind.MONEY, "0", "0.00"),
        (FieldKind.PHONE, "138 0013 8000", "13800138000"),
        (FieldKind.PHONE, "１３８－００１３－８０００", "13800138000"),
        (FieldKind.PHONE, "+86 138-0013-8000", "13800138000"),
        (FieldKind.PHONE, "138，0013，8000。", "13800138000"),
        (FieldKind.PHONE, "(0990) 1234567", "09901234567"),
        (FieldKind.PHONE, "幺三八 零零一三 八零零零", "13800138000"),
        (FieldKind.PHONE, "我的电话是13800138000", "13800138000"),
        (FieldKind.ID_NUMBER, "990101 19440305 002 9", "990101194403050029"),
        (FieldKind.ID_NUMBER, "９９０１０１１９４４０３０５００２９", "990101194403050029"),
        (FieldKind.ID_NUMBER, "99010119700612004x", "99010119700612004X"),
        (FieldKind.ID_NUMBER, "身份证号码：九九零一零一 19700612 004 叉", "99010119700612004X"),
        (FieldKind.BANK_CARD, "6200 0000 0000 0005", "6200000000000005"),
        (FieldKind.BANK_CARD, "6200-0000-0000-0005", "6200000000000005"),
    ],
)
def test_a_number_is_understood_however_it_is_written(kind: FieldKind, typed: str, value: str) -> None:
    assert understood(kind, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        (FieldKind.NUMBER, "", "field.number_digits"),
        (FieldKind.NUMBER, "很多", "field.number_digits"),
        (FieldKind.NUMBER, "3-5", "field.number_digits"),
        (FieldKind.NUMBER, "-3", "field.number_digits"),
        (FieldKind.NUMBER, "1.5", "field.number_digits"),
        (FieldKind.NUMBER, "3 4个月零", "field.number_digits"),
        (FieldKind.NUMBER, "1234567890", "field.number_digits"),
        (FieldKind.MONEY, "", "field.money_digits"),
        (FieldKind.MONEY, "很多钱", "field.money_digits"),
        (FieldKind.MONEY, "-5", "field.money_digits"),
        (FieldKind.MONEY, "1,2", "field.money_digits"),
        (FieldKind.MONEY, "1234567890", "field.money_digits"),
        (FieldKind.MONEY, "3.456", "field.money_cents"),
        (FieldKind.PHONE, "", "field.phone_digits"),
        (FieldKind.PHONE, "138 0013 80O0", "field.phone_digits"),
        (FieldKind.PHONE, "138 0013 800", "field.phone_length"),
        (FieldKind.PHONE, "238 0013 8000", "field.phone_begin"),
        (FieldKind.PHONE, "238 0013 80", "field.phone_length"),
        (FieldKind.ID_NUMBER, "", "field.id_length"),
        (FieldKind.ID_NUMBER, "990101440305002", "field.id_old"),
        (FieldKind.ID_NUMBER, "990101194403050028", "field.id_check"),
        (FieldKind.ID_NUMBER, "99010119440305002", "field.id_length"),
        (FieldKind.ID_NUMBER, id_number(datetime.date(2027, 1, 1)), "field.id_date"),
        (FieldKind.BANK_CARD, "6200 0000 0000 0006", "field.bank_check"),
        (FieldKind.BANK_CARD, "6200", "field.bank_length"),
        (FieldKind.BANK_CARD, "", "field.bank_length"),
    ],
)
def test_a_slip_in_a_number_is_told_in_words_of_its_own(kind: FieldKind, typed: str, key: str) -> None:
    """K11: every validator has its own message, in both languages."""
    assert refused(kind, typed) == key


def test_an_id_number_with_a_day_that_never_was_is_told_so() -> None:
    first_17 = "99010119440231002"
    assert refused(FieldKind.ID_NUMBER, first_17 + check_character(first_17)) == "field.id_date"


@pytest.mark.parametrize(
    ("accepts", "number", "key"),
    [
        (["citizen"], HMT, "field.id_needs_citizen"),
        (["citizen"], FOREIGN_2023, "field.id_needs_citizen"),
        (["citizen"], FOREIGN_2017, "field.id_needs_citizen"),
        (["hmt"], FOREIGN_2017, "field.id_needs_hmt"),
        (["foreigner"], HMT, "field.id_needs_foreigner"),
        (["foreigner", "citizen"], HMT, "field.id_needs_citizen_foreigner"),
        (["hmt", "citizen"], FOREIGN_2017, "field.id_needs_citizen_hmt"),
        (["hmt", "foreigner"], NOWHERE, "field.id_needs_hmt_foreigner"),
        (["foreigner"], "XXX99014403050", "field.id_length_foreigner"),
    ],
)
def test_a_number_of_another_paper_is_told_which_paper_is_needed(
    accepts: list[str], number: str, key: str
) -> None:
    assert refused(FieldKind.ID_NUMBER, number, accepts=accepts) == key


@pytest.mark.parametrize(
    ("accepts", "number"),
    [(["hmt"], HMT), (["foreigner"], FOREIGN_2023), (["foreigner"], FOREIGN_2017), (["citizen", "hmt"], HMT)],
)
def test_a_number_of_an_accepted_paper_is_taken(accepts: list[str], number: str) -> None:
    assert understood(FieldKind.ID_NUMBER, number.lower(), accepts=accepts) == number


@pytest.mark.parametrize("accepts", [["citizen"], ["hmt"], ["foreigner"], ["citizen", "hmt", "foreigner"]])
def test_there_is_a_sample_number_for_every_paper(accepts: list[str]) -> None:
    asked = question(FieldKind.ID_NUMBER, accepts=accepts)
    assert understood(FieldKind.ID_NUMBER, fields.field_type(asked).sample(asked), accepts=accepts)


@pytest.mark.parametrize(("kind", "prefix"), [(FieldKind.NUMBER, "number"), (FieldKind.MONEY, "money")])
def test_a_count_and_a_sum_stay_within_their_bounds(kind: FieldKind, prefix: str) -> None:
    bounds = {"at_least": 1, "at_most": 5}
    assert refused(kind, "0", **bounds) == f"field.{prefix}_least"
    assert refused(kind, "6", **bounds) == f"field.{prefix}_most"
    assert [float(understood(kind, typed, **bounds)) for typed in "15"] == [1, 5]
    far = question(kind, at_least=5000, at_most=6000)
    assert understood(kind, fields.field_type(far).sample(far), at_least=5000, at_most=6000)


def test_a_sum_is_shown_in_yuan_and_a_count_with_its_unit() -> None:
    money = question(FieldKind.MONEY, privacy=Privacy.OPEN)
    assert fields.show(money, "1234.50").show("zh") == "1234.50元"
    assert fields.show(money, "1200.00").show("en") == "1200 yuan"
    count = question(FieldKind.NUMBER, unit={"zh": "个", "en": "pieces"})
    assert fields.show(count, "3").show("zh") == "3个"
    assert fields.show(count, "3").show("en") == "3 pieces"
    assert understood(FieldKind.NUMBER, "3 pieces", unit={"zh": "个", "en": "pieces"}) == "3"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("零", 0), ("十", 10), ("十二", 12), ("二十", 20), ("廿三", 23), ("一百", 100), ("一百零五", 105),
        ("一百五", 150), ("一百五十", 150), ("一千零五十", 1050), ("两千三", 2300), ("三万", 30000),
        ("三万五", 35000), ("三万五千", 35000), ("三万零五", 30005), ("十二万三千四百五十六", 123456),
        ("二零二六", 2026), ("42", 42),
    ],
)  # fmt: skip
def test_numbers_are_said_in_many_ways(said: str, number: int) -> None:
    assert whole(said) == number


@pytest.mark.parametrize(
    "said", ["", "三三百", "百", "十百", "百三千", "万", "三个", "九" * 40, "三万万万", "1万"]
)
def test_what_is_no_number_is_none(said: str) -> None:
    assert whole(said) is None


@given(st.integers(0, 99_999_999))
def test_every_number_that_is_written_out_in_full_is_read_back(number: int) -> None:
    assert whole(written_out(number)) == number


def written_out(number: int) -> str:
    """As schoolbooks have it."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        between = "零" if 0 < low < 1000 else ""
        return f"{written_out(high)}万{between}{written_out(low) if low else ''}"
    digits, units = f"{number:04d}", "千百十 "
    parts = [
        ("零一二三四五六七八九"[int(d)] + unit.strip()) if d != "0" else "零"
        for d, unit in zip(digits, units, strict=True)
    ]
    words = "".join(parts).strip("零")
    while "零零" in words:
        words = words.replace("零零", "零")
    return words or "零"


@pytest.mark.parametrize(
    ("kind", "typed", "anew"),
    [
        (FieldKind.PHONE, "139 0000 000", False),
        (FieldKind.PHONE, "139 0000 0000 0", True),
        (FieldKind.PHONE, "0100 0000 0", False),
        (FieldKind.PHONE, "0100 0000 00000", True),
        (FieldKind.PHONE, "239 0000 0000", True),
        (FieldKind.ID_NUMBER, "99010119440305002", False),
        (FieldKind.ID_NUMBER, "990101194403050028", True),
        (FieldKind.ID_NUMBER, "9901011944030500290", True),
        (FieldKind.BANK_CARD, "6200", False),
        (FieldKind.BANK_CARD, "62000000000000050000", True),
    ],
)
def test_a_number_that_is_as_long_as_can_be_gives_way_to_the_one_typed_next(
    kind: FieldKind, typed: str, anew: bool
) -> None:
    """More figures mend only one that is too short."""
    outcome = fields.parse(question(kind), typed, NOTHING, TODAY)
    assert isinstance(outcome, fields.Refused) and outcome.anew is anew
