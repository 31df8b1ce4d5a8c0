"""Waiting numbers: two windows never call the same one, and of earlier days none is kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from kiosk.cases.calling import Lane, Numbers, Standing, Step, Waiter, Window
from kiosk.store import Store
from tests.store.people import HandClock
from tests.store.raw import raw

ON_BOTH_ENGINES = True
OF_THE_FILE = {"test_nothing_that_is_kept_says_whose_number_it_is"}

ONE, TWO = Window("1", "AB"), Window("2", "AB")
NUMBERS = Numbers(("A", "B"), (ONE, TWO), cap=2)


def draw(store: Store, lanes: str, letter: str = "A") -> list[str]:
    """Some people draw a number, `f` for who goes first."""
    lane = {"f": Lane.FIRST, "o": Lane.ORDINARY}
    return [store.draw_number(letter, lane[one], NUMBERS)[0].label for one in lanes]


def called(store: Store, window: Window = ONE) -> Waiter:
    waiter = store.call_next(window, NUMBERS.cap)
    assert waiter is not None
    return waiter


def test_each_letter_counts_for_itself_and_begins_anew_every_day(store: Store, clock: HandClock) -> None:
    assert draw(store, "oo") == ["A1", "A2"]
    assert draw(store, "o", "B") == ["B1"]
    clock.forward(days=1)
    assert draw(store, "o") == ["A1"]


def test_a_person_is_told_how_many_come_before_them(store: Store) -> None:
    draw(store, "ooff")
    _, before = store.draw_number("B", Lane.ORDINARY, NUMBERS)
    assert before == 4
    _, before = store.draw_number("A", Lane.FIRST, NUMBERS)
    assert before == 3  # two who go first, then one of the others


def test_after_two_old_people_somebody_else_is_called(store: Store) -> None:
    draw(store, "ooffff")
    assert [called(store).label for _ in range(6)] == ["A3", "A4", "A1", "A5", "A6", "A2"]
    assert store.call_next(ONE, NUMBERS.cap) is None


def test_a_window_calls_only_its_letters(store: Store) -> None:
    draw(store, "o")
    draw(store, "o", "B")
    assert called(store, Window("3", "B")).label == "B1"
    assert store.call_next(Window("3", "B"), NUMBERS.cap) is None


def test_the_next_call_ends_what_the_window_had(store: Store) -> None:
    """Who had come is done; who had not can still be called again."""
    draw(store, "ooo")
    first = called(store)
    store.step_number(first.id, Step.SERVE, ONE)
    second = called(store)
    third = called(store)
    standing = {one.label: one.standing for one in store.hall("AB").waiters}
    assert standing == {"A2": Standing.PASSED, "A3": Standing.CALLED}
    again = store.step_number(second.id, Step.CALL, TWO)
    assert again is not None
    assert (again.window, again.call) == ("2", third.call + 1)


def test_where_nobody_waits_nothing_is_ended(store: Store) -> None:
    draw(store, "o")
    one = called(store)
    assert store.call_next(ONE, NUMBERS.cap) is None
    assert [(w.id, w.standing) for w in store.hall("AB").waiters] == [(one.id, Standing.CALLED)]


def test_two_windows_that_call_at_once_never_call_the_same_number(
    store: Store, reopen: Callable[[], Store]
) -> None:
    drawn = draw(store, "of" * 20)
    desks = [(reopen(), Window(str(n), "AB")) for n in range(4)]

    def work(desk: tuple[Store, Window]) -> list[str]:
        mine = []
        while (waiter := desk[0].call_next(desk[1], NUMBERS.cap)) is not None:
            mine.append(waiter.label)
        return mine

    with ThreadPoolExecutor(len(desks)) as pool:
        got = [label for labels in pool.map(work, desks) for label in labels]
    assert sorted(got) == sorted(drawn)


def test_two_kiosks_never_give_the_same_number(store: Store, reopen: Callable[[], Store]) -> None:
    kiosks = [store, reopen(), reopen()]
    with ThreadPoolExecutor(len(kiosks)) as pool:
        got = [label for labels in pool.map(lambda kiosk: draw(kiosk, "o" * 20), kiosks) for label in labels]
    assert sorted(got, key=lambda label: int(label[1:])) == [f"A{n}" for n in range(1, 61)]


def test_a_number_that_a_colleague_has_called_is_theirs(store: Store) -> None:
    draw(store, "o")
    one = called(store)
    assert store.step_number(one.id, Step.AGAIN, TWO) is None
    assert store.step_number(one.id, Step.AGAIN, ONE) is not None
    assert store.step_number(one.id, Step.LEAVE, ONE) is not None
    assert store.step_number(one.id, Step.SERVE, ONE) is None


def test_whoever_did_not_say_their_age_can_be_put_first(store: Store) -> None:
    draw(store, "oo")
    second = store.hall("AB").waiters[1]
    store.step_number(second.id, Step.PREFER, ONE)
    assert called(store).label == "A2"


def test_a_call_is_heard_once_and_not_when_it_is_old_or_answered(store: Store, clock: HandClock) -> None:
    minute = timedelta(minutes=1)
    draw(store, "oo")
    one = called(store)
    two = called(store, TWO)
    first = store.call_after(0, minute)
    assert first == one
    assert store.call_after(one.call, minute) == two
    assert store.call_after(two.call, minute) is None
    store.step_number(one.id, Step.SERVE, ONE)
    assert store.call_after(0, minute) == two
    clock.forward(minutes=1)
    assert store.call_after(0, minute) is None
    assert [each.label for each in store.last_calls(4)] == ["A2", "A1"]


def test_the_first_call_of_a_day_comes_after_the_last_one_of_the_day_before(
    store: Store, clock: HandClock
) -> None:
    """A screen that was on all night calls it out."""
    minute = timedelta(minutes=1)
    draw(store, "ooo")
    last = [called(store) for _ in range(3)][-1]
    for _ in range(2):
        clock.forward(days=1)
        store.sweep_numbers()
        draw(store, "o")
        today = called(store)
        assert store.call_after(last.call, minute) == today
        last = today


def test_numbers_of_earlier_days_are_forgotten_at_night(store: Store, clock: HandClock) -> None:
    draw(store, "oo")
    assert store.sweep_numbers() == 0
    clock.forward(days=1)
    draw(store, "o")
    assert store.sweep_numbers() == 2
    assert [one.label for one in store.hall("AB").waiters] == ["A1"]


def test_nothing_that_is_kept_says_whose_number_it_is(store: Store, tmp_path: Path) -> None:
    draw(store, "f")
    db = raw(tmp_path / "state")
    assert set(db.table("waiting").columns_dict) == {
        *("id", "day", "letter", "number", "lane", "standing", "drawn_at", "place"),
        *("first_call", "last_call", "called_at"),
    }
    db.close()
