"""Values as offices write them: understood in every usual form, kept in one, shown as private as they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.records.definition import SourceField, ValueType
from kiosk.records.values import read_value, show_value
from kiosk.services.wording import Wording
from kiosk.text import LANGUAGES, Privacy

LABEL = Wording(zh="一项", en="one")


def field(kind: ValueType, **more: object) -> SourceField:
    return SourceField.model_validate({"name": "one", "label": LABEL, "type": kind, **more})


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (ValueType.DATE, "2026-10-31", "2026-10-31"),
        (ValueType.DATE, "2026/1/5", "2026-01-05"),
        (ValueType.DATE, "20261031", "2026-10-31"),
        (ValueType.DATE, "２０２６年１０月３１日", "2026-10-31"),
        (ValueType.DATE, "2026-02-30", None),
        (ValueType.DATE, "2026111", None),
        (ValueType.DATE, 20261031, "2026-10-31"),
        (ValueType.MONTH, "2026-10", "2026-10"),
        (ValueType.MONTH, "2026年3月", "2026-03"),
        (ValueType.MONTH, "202613", None),
        (ValueType.MONTH, "0000-10", None),
        (ValueType.MONEY, "1,234.5", "1234.50"),
        (ValueType.MONEY, "¥1234", "1234.00"),
        (ValueType.MONEY, "88.20元", "88.20"),
        (ValueType.MONEY, Decimal("88.2"), "88.20"),
        (ValueType.MONEY, 88, "88.00"),
        (ValueType.MONEY, "88.205", None),
        (ValueType.MONEY, "NaN", None),
        (ValueType.MONEY, "1e999999", None),
        (ValueType.NUMBER, "312", "312"),
        (ValueType.NUMBER, "1,312", "1312"),
        (ValueType.NUMBER, 312, "312"),
        (ValueType.NUMBER, "312.5", None),
        (ValueType.NUMBER, True, None),
        (ValueType.TEXT, "  示例市  纺织厂 ", "示例市 纺织厂"),
        (ValueType.TEXT, "长" * 121, None),
        (ValueType.TEXT, ["a"], None),
        (ValueType.TEXT, "", None),
        (ValueType.TEXT, None, None),
    ],
)
def test_a_value_is_understood_or_refused(kind: ValueType, given: object, kept: str | None) -> None:
    assert read_value(given, field(kind)) == kept


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_an_optional_value_may_be_missing(empty: object) -> None:
    assert read_value(empty, field(ValueType.DATE, optional=True)) == ""


@given(st.text(max_size=30), st.sampled_from(list(ValueType)))
def test_what_is_kept_is_kept_again_as_it_is(typed: str, kind: ValueType) -> None:
    """And nothing that an office could write brings the kiosk down."""
    kept = read_value(typed, field(kind, optional=True))
    if kept:
        assert read_value(kept, field(kind)) == kept
        assert all(show_value(kept, field(kind)).show(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("kind", "value", "hidden"),
    [
        (ValueType.TEXT, "6200000000000005", "0000000000"),
        (ValueType.MONEY, "8643.20", "8643"),
        (ValueType.NUMBER, "336", "336"),
        (ValueType.DATE, "1944-03-05", "1944"),
        (ValueType.MONTH, "2026-10", "2026"),
        (ValueType.TEXT, "示例市第二纺织厂", "纺织"),
    ],
)
def test_a_private_value_is_never_shown_in_full(kind: ValueType, value: str, hidden: str) -> None:
    """K26."""
    shown = show_value(value, field(kind, privacy="private"))
    assert shown.privacy is Privacy.PRIVATE
    assert all(hidden not in words for words in shown.shown.values())


def test_a_code_of_the_office_is_said_in_words() -> None:
    words = {"paid": {"zh": "正常发放", "en": "being paid"}}
    standing = field(ValueType.TEXT, words=words, privacy="masked")
    shown = show_value("paid", standing)
    assert (shown.show("zh"), shown.show("en"), shown.privacy) == ("正常发放", "being paid", Privacy.MASKED)
    assert show_value("suspended", standing).show("en") == "suspended"


def test_months_and_counts_read_well() -> None:
    months = field(ValueType.NUMBER, unit={"zh": "个月", "en": "months"})
    assert show_value("336", months).show("zh") == "336个月"
    assert show_value("2026-03", field(ValueType.MONTH)).show("en") == "March 2026"
