"""One line, read as whoever stands at the counter says it."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.cases.search import Search, read_day, read_search
from kiosk.cases.states import State

TODAY = date(2026, 11, 10)
NAMES = {"等补件": State.NEEDS_INFO, "needs info": State.NEEDS_INFO, "暂停": State.ON_HOLD}
SOMEBODY = "990101194403050029"


@pytest.mark.parametrize(
    "typed", ["2026-1102-48203915", "2026 1102 48203915", "２０２６１１０２４８２０３９１５"]
)
def test_a_case_number_however_it_is_typed(typed: str) -> None:
    assert read_search(typed, TODAY, NAMES) == Search(number="2026-1102-48203915")


@pytest.mark.parametrize("typed", [SOMEBODY, "990101 19440305 0029", "99010119440305002x"])
def test_an_identity_number_is_one_and_shows_in_no_repr(typed: str) -> None:
    asked = read_search(typed, TODAY, NAMES)
    assert asked.id_number == "".join(typed.split()).upper()
    assert "990101" not in repr(asked)


def test_a_ticket_with_its_day() -> None:
    asked = read_search("a17 11-02", TODAY, NAMES)
    assert (asked.ticket, asked.day) == (17, date(2026, 11, 2))
    assert read_search("B001", TODAY, NAMES).ticket == 1000


def test_a_state_in_either_language_beside_a_service() -> None:
    asked = read_search("等补件 津贴", TODAY, NAMES)
    assert asked == Search(states=frozenset({State.NEEDS_INFO}), words=("津贴",))
    assert read_search("Needs Info", TODAY, NAMES) == Search(states=frozenset({State.NEEDS_INFO}))


def test_nothing_typed_asks_for_nothing() -> None:
    assert read_search("  ", TODAY, NAMES).empty


@pytest.mark.parametrize(
    ("typed", "ahead", "day"),
    [
        ("11-09", False, date(2026, 11, 9)),
        ("11月9日", False, date(2026, 11, 9)),
        ("12-01", False, date(2025, 12, 1)),
        ("1-5", True, date(2027, 1, 5)),
        ("2026-02-30", False, None),
        ("明天", False, None),
    ],
)
def test_a_day_without_a_year_is_the_last_one_or_the_next(typed: str, ahead: bool, day: date | None) -> None:
    assert read_day(typed, TODAY, ahead=ahead) == day
