"""Identity numbers are judged as GB 11643 says, and shown masked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.identity import id_number
from kiosk.identity.id_number import NumberKind, Reason
from kiosk.identity.record import number_record

Vector = dict[str, Any]


def test_every_number_gets_the_verdict_of_its_vector(number_vector: Vector) -> None:
    record = number_record(id_number.check(bytes.fromhex(number_vector["hex"]).decode()))
    expect = dict(number_vector["expect"])
    assert set(expect.pop("warnings_include", [])) <= set(record["warnings"])  # type: ignore[call-overload]
    assert {key: record.get(key) for key in expect} == expect


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("１１０１０５１９４９１２３１００２ｘ", NumberKind.CITIZEN),
        (" 110105 19491231 002X ", NumberKind.CITIZEN),
        ("440524188001010014", NumberKind.CITIZEN),
        ("810000199408230021", NumberKind.HMT),
        ("830000199201300022", NumberKind.HMT),
        ("911124198108030024", NumberKind.FOREIGN_2023),
        ("ABC110000000001", NumberKind.FOREIGN_2017),
    ],
)
def test_a_sound_number_is_recognised_however_it_is_typed(typed: str, kind: NumberKind) -> None:
    verdict = id_number.check(typed)
    assert verdict.valid
    assert verdict.kind is kind


def test_nobody_is_born_tomorrow() -> None:
    number = "990101204001010" + "01"
    number += id_number.check_character(number)
    assert id_number.check(number).valid
    assert id_number.check(number, today=date(2026, 11, 22)).reason is Reason.DATE


@given(st.text(max_size=40))
def test_any_text_gets_a_verdict_and_a_mask(text: str) -> None:
    verdict = id_number.check(text)
    assert verdict.valid == (verdict.reason is None)
    assert len(id_number.mask(text)) == len(text)


@given(
    st.dates(date(1880, 1, 1), date(2026, 1, 1)), st.integers(1, 999), st.integers(0, 17), st.integers(1, 9)
)
def test_one_wrong_digit_never_passes(birth: date, sequence: int, place: int, by: int) -> None:
    first = f"990101{birth:%Y%m%d}{sequence:03d}"
    number = first + id_number.check_character(first)
    assert id_number.check(number).valid
    if number[place] == "X":
        return
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert not id_number.check(wrong).valid


def test_the_mask_keeps_the_first_three_and_the_last_two() -> None:
    """K26."""
    assert id_number.mask("990101194403050029") == "990*************29"
    assert id_number.mask("9901") == "****"


def test_a_verdict_does_not_show_the_number() -> None:
    assert "1944" not in repr(id_number.check("990101194403050029"))
