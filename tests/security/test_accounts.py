"""PINs: random, tried slowly, and never free of charge (K42)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.cases.states import Role
from kiosk.security.accounts import AccountFault, Accounts, Denied
from kiosk.security.lockout import FREE_TRIES
from kiosk.store import Store, open_store
from tests.store.people import WANG, ZHOU, HandClock, shipped_calendar

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class House:
    """The desk's sign-in over a real store, which can be shut and opened again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.store: Store | None = None
        self.restart()

    def restart(self) -> None:
        if self.store:
            self.store.close()
        self.store = open_store(self.folder, clock=self.clock, calendar=shipped_calendar())
        self.accounts = Accounts(self.store, self.clock, CHEAP)

    def wrong(self, times: int) -> None:
        """Wrong PINs, each as soon as one is allowed."""
        for _ in range(times):
            denied = self.accounts.sign_in("王丽", "nonsense")
            assert denied.actor is None
            self.clock.at += denied.wait


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_new_pin_is_six_random_digits_and_signs_in(house: House) -> None:
    pins = {house.accounts.add(f"员工{n}", Role.STAFF) for n in range(20)}
    assert all(len(pin) == 6 and pin.isdigit() for pin in pins)
    assert len(pins) > 15
    pin = house.accounts.add("王丽", Role.STAFF)
    assert house.accounts.sign_in("王丽", pin).actor == WANG


def test_neither_name_nor_pin_is_given_away(house: House) -> None:
    house.accounts.add("王丽", Role.STAFF)
    unknown = house.accounts.sign_in("没有这个人", "000000")
    wrong = house.accounts.sign_in("王丽", "nonsense")
    assert unknown == wrong
    assert unknown.denied is Denied.WRONG


def test_after_five_wrong_pins_the_waits_double(house: House) -> None:
    house.accounts.add("王丽", Role.STAFF)
    house.wrong(FREE_TRIES - 1)
    waits = []
    for _ in range(4):
        denied = house.accounts.sign_in("王丽", "nonsense")
        waits.append(denied.wait.total_seconds())
        house.clock.at += denied.wait
    assert waits == [15, 30, 60, 120]


def test_while_waiting_even_the_right_pin_is_not_looked_at(house: House) -> None:
    pin = house.accounts.add("王丽", Role.STAFF)
    for _ in range(FREE_TRIES):
        house.accounts.sign_in("王丽", "nonsense")
    early = house.accounts.sign_in("王丽", pin)
    assert (early.denied, early.wait) == (Denied.WAIT, timedelta(seconds=15))
    house.clock.forward(seconds=15)
    assert house.accounts.sign_in("王丽", pin).actor == WANG


def test_a_restart_forgets_nothing(house: House) -> None:
    house.accounts.add("王丽", Role.STAFF)
    for _ in range(FREE_TRIES):
        house.accounts.sign_in("王丽", "nonsense")
    house.restart()
    assert house.accounts.sign_in("王丽", "nonsense").denied is Denied.WAIT


def test_after_fifteen_wrong_pins_only_a_manager_helps(house: House) -> None:
    pin = house.accounts.add("王丽", Role.STAFF)
    house.wrong(15)
    house.clock.forward(days=400)
    assert house.accounts.sign_in("王丽", pin).denied is Denied.DEAD
    with pytest.raises(AccountFault):
        house.accounts.reset("王丽", by=WANG)
    fresh = house.accounts.reset("王丽", by=ZHOU)
    assert house.accounts.sign_in("王丽", fresh).actor == WANG


def test_a_right_pin_gives_all_tries_back(house: House) -> None:
    pin = house.accounts.add("王丽", Role.STAFF)
    house.wrong(FREE_TRIES - 1)
    assert house.accounts.sign_in("王丽", pin).actor == WANG
    house.wrong(FREE_TRIES - 1)
    assert house.accounts.sign_in("王丽", pin).actor == WANG


def test_a_clock_set_back_by_a_month_locks_nobody_out(house: House) -> None:
    pin = house.accounts.add("王丽", Role.STAFF)
    for _ in range(FREE_TRIES):
        house.accounts.sign_in("王丽", "nonsense")
    house.clock.forward(days=-40)
    assert house.accounts.sign_in("王丽", pin).actor == WANG


@pytest.mark.parametrize(("name", "role"), [("", Role.STAFF), (" 王", Role.STAFF), ("王\n丽", Role.STAFF)])
def test_names_that_cannot_be_seen_are_refused(house: House, name: str, role: Role) -> None:
    with pytest.raises(AccountFault):
        house.accounts.add(name, role)


def test_nobody_becomes_two_accounts_and_no_resident_one(house: House) -> None:
    house.accounts.add("王丽", Role.STAFF)
    with pytest.raises(AccountFault):
        house.accounts.add("王丽", Role.MANAGER)
    with pytest.raises(AccountFault):
        house.accounts.add("张桂芳", Role.RESIDENT)


def test_pins_lie_nowhere_in_the_file(house: House) -> None:
    pin = house.accounts.add("王丽", Role.STAFF)
    for path in house.folder.iterdir():
        assert pin.encode() not in path.read_bytes()
