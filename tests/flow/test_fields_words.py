"""Names, texts and addresses: what people say in their own words."""

from __future__ import annotations

import json

import pytest

from kiosk.flow import fields
from kiosk.services.question import FieldKind
from kiosk.text import Privacy
from tests.flow.asked import question, refused, understood


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张桂芳", "张桂芳"),
        (" 张 桂　芳 ", "张桂芳"),
        ("张桂芳。", "张桂芳"),
        ("，张桂芳！", "张桂芳"),
        ("我叫张桂芳", "张桂芳"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("Mary   Ann O'Neil", "Mary Ann O'Neil"),
        ("Mary Ann O’Neil", "Mary Ann O'Neil"),
        ("O'NEIL ,MARY ANN", "O'NEIL, MARY ANN"),
        ("J. R. Smith", "J R Smith"),
        ("Anne‐Marie Dupré", "Anne-Marie Dupré"),
        ("नेहा शर्मा", "नेहा शर्मा"),
        ("张\ue000芳", "张\ue000芳"),
        ("𠮷 \U00031350 明", "𠮷\U00031350明"),
        ("䶮䶮", "䶮䶮"),
        ("刘〇", "刘〇"),
    ],
)
def test_a_name_is_kept_as_its_bearer_writes_it(typed: str, name: str) -> None:
    assert understood(FieldKind.NAME, typed) == name


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "field.name_short"),
        ("张", "field.name_short"),
        ("··", "field.name_short"),
        ("- -", "field.name_short"),
        ("张桂芳2", "field.name_letters"),
        ("张（桂芳）", "field.name_letters"),
        ("张,桂芳", "field.name_letters"),
        ("O'Neil, Mary, Ann", "field.name_letters"),
    ],
)
def test_what_is_no_name_is_told(typed: str, key: str) -> None:
    """K11."""
    assert refused(FieldKind.NAME, typed) == key


def test_a_text_keeps_its_marks_and_has_single_spaces() -> None:
    typed = "　楼道的灯，坏了！ 请看  ３号楼\u200b（二单元）\n"
    assert understood(FieldKind.TEXT, typed) == "楼道的灯，坏了！ 请看 3号楼（二单元）"


def test_a_long_text_keeps_its_lines() -> None:
    assert understood(FieldKind.LONG_TEXT, " 灯坏了。\r\n\n\n\n请来修。 \n") == "灯坏了。\n\n请来修。"


def test_a_text_stays_within_its_bounds() -> None:
    assert refused(FieldKind.TEXT, " 。 ，") == "field.text_missing"
    assert refused(FieldKind.TEXT, "好", at_least=5) == "field.text_least"
    assert refused(FieldKind.TEXT, "好" * 11, at_most=10) == "field.text_most"
    assert refused(FieldKind.LONG_TEXT, "好" * 301, at_most=1000) == "field.text_most"
    assert understood(FieldKind.LONG_TEXT, "好" * 300)


@pytest.mark.parametrize(("at_least", "at_most"), [(None, None), (100, None), (None, 3), (2, 2)])
@pytest.mark.parametrize("kind", [FieldKind.TEXT, FieldKind.LONG_TEXT])
def test_the_field_has_room_for_what_the_question_takes(
    kind: FieldKind, at_least: int | None, at_most: int | None
) -> None:
    if kind is FieldKind.TEXT and at_least == 100:
        at_least = 50
    asked = question(kind, at_least=at_least, at_most=at_most)
    sample = fields.field_type(asked).sample(asked)
    assert len(sample) <= fields.field_type(asked).room(asked)
    assert understood(kind, sample, at_least=at_least, at_most=at_most) == sample


def test_an_address_is_a_region_and_the_rest() -> None:
    typed = json.dumps(["990101001", "样本市  和平区", " 文化路 １号"])
    value = understood(FieldKind.ADDRESS, typed)
    assert json.loads(value) == ["990101001", "样本市 和平区", "文化路 1号"]
    asked = question(FieldKind.ADDRESS, privacy=Privacy.OPEN)
    assert fields.show(asked, value).show("zh") == "样本市 和平区 文化路 1号"


def test_an_address_from_a_card_or_typed_whole_has_no_region() -> None:
    value = understood(FieldKind.ADDRESS, "示例省样本市和平区梧桐街道12号楼")
    assert json.loads(value) == ["", "", "示例省样本市和平区梧桐街道12号楼"]
    assert understood(FieldKind.ADDRESS, value) == value
    asked = question(FieldKind.ADDRESS, privacy=Privacy.MASKED)
    assert fields.show(asked, value).show("zh") == "示例省样本市和平区梧桐街道12号楼"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "field.address_rest"),
        ('["990101", "样本市 和平区", " "]', "field.address_rest"),
        ("三楼", "field.address_short"),
        ('["", "", "三楼"]', "field.address_short"),
        ("路" * 101, "field.text_most"),
    ],
)
def test_an_address_that_nobody_could_find_is_told(typed: str, key: str) -> None:
    """K11."""
    assert refused(FieldKind.ADDRESS, typed) == key
