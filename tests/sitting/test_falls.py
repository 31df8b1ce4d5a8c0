"""When it is no use to go on: by how often something fell without having stood, however slowly it falls."""

from __future__ import annotations

import pytest

from kiosk.sitting.falls import FALLS, STOOD, Falls

SLOW = 40.0
"""Seconds that a slow machine takes until it falls."""


def fall(falls: Falls, at: float, stands: float | None) -> None:
    """One try that ends at this moment; its page was there for `stands` seconds, or never."""
    if stands is not None:
        falls.stands(at - stands)
    falls.one(at)


@pytest.mark.parametrize("every", [1.0, SLOW, 300.0, 86_400.0])
@pytest.mark.parametrize("stands", [None, 0.0, STOOD - 1.0])
def test_three_falls_are_too_many_however_long_each_try_took(every: float, stands: float | None) -> None:
    falls = Falls()
    for number in range(1, FALLS + 1):
        assert not falls.too_many
        fall(falls, number * every, stands)
    assert falls.too_many


def test_one_that_stood_for_a_minute_begins_the_count_anew() -> None:
    falls = Falls()
    for stands in (None, None, STOOD, None, None):
        fall(falls, 1000.0, stands)
        assert not falls.too_many
    fall(falls, 1000.0, None)
    assert falls.too_many


def test_one_that_stood_and_ended_as_it_was_to_begins_the_count_anew_too() -> None:
    falls = Falls()
    for _ in range(FALLS - 1):
        fall(falls, 0.0, None)
    falls.stands(10.0)
    falls.ended(10.0 + STOOD)
    fall(falls, 100.0, None)
    assert not falls.too_many


def test_a_short_visit_between_two_falls_changes_nothing() -> None:
    falls = Falls()
    for at in range(FALLS):
        falls.stands(float(at))
        falls.ended(at + 1.0)
        fall(falls, at + 1.0, None)
    assert falls.too_many


def test_the_page_counts_from_the_first_time_it_was_there() -> None:
    """Each visit tells of its page; the program stands since the first of them."""
    falls = Falls()
    for _ in range(FALLS):
        falls.stands(0.0)
        falls.stands(STOOD)
        falls.one(STOOD + 1.0)
    assert not falls.too_many


@pytest.mark.parametrize(("stands", "many"), [(None, True), (1.0, True), (STOOD, False)])
def test_after_the_page_one_fall_is_too_many_until_it_has_stood(stands: float | None, many: bool) -> None:
    falls = Falls()
    falls.try_again()
    fall(falls, 1000.0, stands)
    assert falls.too_many is many
