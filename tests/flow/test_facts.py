"""Values worked out from answers. What cannot be known yet is not worked out, and never 0."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.facts import birth_of, months_between, reckon, sex_of, work_out, years_between
from kiosk.flow.values import Value, Values
from kiosk.services.model import Fact
from tests.flow.asked import id_number

TODAY = datetime.date(2026, 11, 2)
GUIFANG = "990101194403050029"
GOODS = json.dumps(
    [{"name": "米", "price": "35.50", "bags": "2"}, {"name": "油", "price": "60.00", "bags": ""}]
)
KNOWN: Values = {
    "born": "1944-03-05",
    "gone": "2026-09-30",
    "back": "2026-10-15",
    "number": GUIFANG,
    "old_number": "XXX990144030501",
    "trades": "food,repair",
    "nothing": "",
    "goods": GOODS,
    "people": 3,
    "rent": Decimal("800.00"),
}


def told(way: dict[str, Any], values: Values = KNOWN) -> Value | None:
    return reckon(Fact.model_validate({"id": "fact", "is": way}), values, TODAY)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ({"years_from": "born"}, 82),
        ({"months_from": "gone"}, 1),
        ({"days_from": "gone"}, 33),
        ({"days_from": "gone", "to": "back"}, 15),
        ({"months_from": "gone", "to": "back"}, 0),
        ({"days_from": "back", "to": "gone"}, -15),
        ({"birth_in": "number"}, "1944-03-05"),
        ({"sex_in": "number"}, "female"),
        ({"count": "trades"}, 2),
        ({"count": "nothing"}, 0),
        ({"count": "goods"}, 2),
        ({"sum": ["people", "people"]}, 6),
        ({"sum": ["rent", "goods.price"]}, Decimal("895.50")),
        ({"sum": ["goods.bags"]}, 2),
    ],
)
def test_each_way_of_working_something_out(way: dict[str, Any], value: Value) -> None:
    assert told(way) == value


@pytest.mark.parametrize(
    "way",
    [
        {"years_from": "missing"},
        {"days_from": "gone", "to": "missing"},
        {"days_from": "missing", "to": "back"},
        {"birth_in": "missing"},
        {"sex_in": "missing"},
        {"count": "missing"},
        {"sum": ["people", "missing"]},
        {"sum": ["missing.price"]},
        {"birth_in": "old_number"},
        {"sex_in": "old_number"},
    ],
)
def test_what_cannot_be_known_yet_stays_unknown(way: dict[str, Any]) -> None:
    assert told(way) is None
    assert work_out([Fact.model_validate({"id": "fact", "is": way})], KNOWN, TODAY) == {}


@pytest.mark.parametrize(
    ("birth", "today", "years"),
    [
        ("1946-11-02", "2026-11-02", 80),
        ("1946-11-03", "2026-11-02", 79),
        ("1944-02-29", "2026-02-28", 81),
        ("1944-02-29", "2026-03-01", 82),
    ],
)
def test_a_year_is_full_on_its_day(birth: str, today: str, years: int) -> None:
    assert years_between(datetime.date.fromisoformat(birth), datetime.date.fromisoformat(today)) == years


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-01-31", "2026-02-28", 1),
        ("2026-01-31", "2026-02-27", 0),
        ("2024-01-30", "2024-02-29", 1),
        ("2026-01-15", "2026-02-14", 0),
        ("2026-01-15", "2027-01-15", 12),
    ],
)
def test_a_month_is_full_on_its_day_or_on_the_last_of_a_shorter_one(
    first: str, last: str, months: int
) -> None:
    assert months_between(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) == months


@given(st.dates(datetime.date(1900, 1, 1), TODAY), st.integers(0, 2000))
def test_months_agree_with_years_and_never_run_backwards(first: datetime.date, days: int) -> None:
    last = first + datetime.timedelta(days=days)
    assert 0 <= months_between(first, last) <= months_between(first, last + datetime.timedelta(days=1))
    if (first.month, first.day) != (2, 29):
        assert months_between(first, last) // 12 == years_between(first, last)


@given(st.dates(datetime.date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_a_number_tells_birth_and_sex(birth: datetime.date, serial: int) -> None:
    number = id_number(birth, f"{serial:03d}")
    assert birth_of(number) == birth
    assert sex_of(number) == ("male" if serial % 2 else "female")


@given(st.text(max_size=20))
def test_what_is_no_number_tells_nothing(words: str) -> None:
    if not (words.isascii() and len(words) == 18):
        assert birth_of(words) is None
        assert sex_of(words) is None
