"""Who is called next: those who go first, never so many of them that others stand still."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.calling import (
    RULES,
    Lane,
    Numbers,
    Standing,
    Step,
    Waiter,
    Window,
    ahead,
    in_order,
    next_lane,
)

NINE = datetime(2026, 11, 2, 1, tzinfo=UTC)
few = st.integers(min_value=0, max_value=12)
caps = st.integers(min_value=1, max_value=9)


def line(lanes: str) -> list[Waiter]:
    """People as they came, `f` for who goes first and `o` for the others."""
    lane = {"f": Lane.FIRST, "o": Lane.ORDINARY}
    return [Waiter(n, "A", n, lane[one], Standing.WAITING, NINE) for n, one in enumerate(lanes, 1)]


def called(lanes: str, cap: int = 2, run: int = 0) -> list[str]:
    return [one.label for one in in_order(line(lanes), run, cap)]


def test_after_two_old_people_somebody_else_is_called() -> None:
    assert called("ooffff") == ["A3", "A4", "A1", "A5", "A6", "A2"]


def test_who_goes_first_does_not_wait_for_others_where_nobody_else_is_there() -> None:
    assert called("fff", cap=1) == ["A1", "A2", "A3"]


def test_what_was_called_before_counts() -> None:
    assert called("of", run=2) == ["A1", "A2"]


def test_nobody_is_next_where_nobody_waits() -> None:
    assert next_lane(0, 0, 5, 2) is None


@given(few, few, few, caps)
def test_what_a_person_is_told_is_how_many_are_called_before_them(
    first: int, ordinary: int, run: int, cap: int
) -> None:
    for mine, sign in ((Lane.FIRST, "f"), (Lane.ORDINARY, "o")):
        order = called("f" * first + "o" * ordinary + sign, cap, run)
        last = first + ordinary + 1
        assert ahead(mine, first, ordinary, run, cap) == order.index(f"A{last}")


@given(st.text("fo", max_size=40), caps)
def test_nobody_is_left_out_and_the_cap_is_kept_while_others_wait(lanes: str, cap: int) -> None:
    order = in_order(line(lanes), 0, cap)
    assert sorted(one.id for one in order) == list(range(1, len(lanes) + 1))
    run = 0
    for place, one in enumerate(order):
        run = run + 1 if one.lane is Lane.FIRST else 0
        others = any(later.lane is Lane.ORDINARY for later in order[place:])
        assert run <= cap or not others


def test_who_waits_at_the_same_windows_counts_as_before_you() -> None:
    numbers = Numbers(("A", "B", "C"), (Window("1", "A"), Window("2", "AB"), Window("3", "C")), 2)
    assert (numbers.beside("A"), numbers.beside("C")) == ("AB", "C")


def test_what_is_over_stays_over() -> None:
    over = {Standing.LEFT, Standing.DONE}
    assert not any(rule.start & over for rule in RULES.values())
    assert set(RULES) == set(Step)
