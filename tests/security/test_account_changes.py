"""What becomes of accounts is in the book of the house; who leaves leaves no case and no key behind (K42)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.cases.states import BOX, Role, State
from kiosk.security.accounts import AccountFault, Accounts
from kiosk.security.custody import Custody, KeysRefused, Member, Refusal
from kiosk.security.device_key import device_key
from kiosk.security.leaving import Left, change_role, remove
from kiosk.security.lockout import DEAD_AT, FREE_TRIES
from kiosk.security.staff_keys import Stretch
from kiosk.store import Store, StoreTrouble, key_statements, open_store, statements
from kiosk.store.verifying import Trusted
from tests.store.people import CHEN, WANG, ZHOU, HandClock, application, shipped_calendar

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
WHY = "原来经办的人不再办这件。"
STICK = b"w" * 16


class House:
    """A desk with a manager and a member of staff."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, HandClock()
        self.store: Store = open_store(folder, clock=self.clock, calendar=shipped_calendar())
        self.accounts = Accounts(self.store, self.clock, CHEAP)
        self.custody = Custody(self.store, Stretch(1, 8, 1))
        self.pins = {name: self.accounts.add(name, role) for name, role in STAFF.items()}

    def book(self) -> list[tuple[str, str, str]]:
        rows = self.store._db.execute("SELECT actor, kind, note FROM house_event ORDER BY n").fetchall()
        return [tuple(row) for row in rows]

    def wrong(self, name: str, times: int) -> None:
        for _ in range(times):
            self.clock.at += self.accounts.sign_in(name, "nonsense").wait


STAFF = {ZHOU.name: Role.MANAGER, WANG.name: Role.STAFF}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.store.close()


def test_every_change_is_a_line_with_who_did_it(house: House) -> None:
    """K42: made, a new PIN, another role, removed."""
    house.accounts.add("小林", Role.VOLUNTEER, ZHOU)
    house.accounts.reset("小林", ZHOU)
    house.accounts.set_role("小林", Role.STAFF, ZHOU)
    house.accounts.remove("小林", BOX)
    assert house.book()[-4:] == [
        ("周洁", "account", "volunteer 小林"),
        ("周洁", "pin_reset", "小林"),
        ("周洁", "account", "staff 小林"),
        ("kiosk", "account", "- 小林"),
    ]
    own = device_key(house.folder)
    house.store.sign_now()
    assert house.store.verify(Trusted({own.id: own.public})).good


def test_tried_pins_are_read_in_the_book(house: House) -> None:
    """K42: five tries, then it waits; fifteen, then it is closed. Who was locked out and came back, too."""
    house.wrong("王丽", FREE_TRIES - 1)
    assert "account_locked" not in str(house.book())
    house.wrong("王丽", 1)
    assert house.book()[-1] == ("kiosk", "account_locked", "王丽")
    house.accounts.sign_in("王丽", house.pins["王丽"])
    assert house.book()[-1] == ("kiosk", "account_came_back", "王丽")
    lines = len(house.book())
    house.accounts.sign_in("王丽", house.pins["王丽"])
    assert len(house.book()) == lines
    house.wrong("王丽", DEAD_AT)
    assert house.book()[-1] == ("kiosk", "account_closed", "王丽")


def test_nobody_else_than_a_manager_changes_accounts(house: House) -> None:
    for act in (
        lambda: house.accounts.add("小林", Role.STAFF, WANG),
        lambda: house.accounts.reset("周洁", WANG),
        lambda: house.accounts.set_role("王丽", Role.MANAGER, WANG),
        lambda: house.accounts.remove("周洁", WANG),
    ):
        with pytest.raises(AccountFault):
            act()


def test_the_last_manager_stays(house: House) -> None:
    """Neither removed nor made less; nothing of theirs is touched before that is known."""
    case = house.store.submit(application()).case_id
    house.store.claim(case, ZHOU)
    with pytest.raises(AccountFault):
        remove(house.accounts, house.custody, house.store, "周洁", BOX, WHY)
    with pytest.raises(AccountFault):
        change_role(house.accounts, house.custody, house.store, "周洁", Role.STAFF, BOX, WHY)
    assert house.store.case(case).summary.holder == "周洁"
    house.accounts.set_role("王丽", Role.MANAGER, ZHOU)
    remove(house.accounts, house.custody, house.store, "周洁", BOX, WHY)
    assert [one.name for one in house.store.accounts()] == ["王丽"]


@pytest.mark.parametrize("how", ["removed", "volunteer"])
def test_the_cases_of_who_goes_are_back_at_the_desk(house: House, how: str) -> None:
    """The next colleague takes them at once and reads why."""
    cases = [house.store.submit(application()).case_id for _ in range(3)]
    for case in cases:
        house.store.claim(case, WANG)
    if how == "removed":
        left = remove(house.accounts, house.custody, house.store, "王丽", BOX, WHY)
    else:
        left = change_role(house.accounts, house.custody, house.store, "王丽", Role.VOLUNTEER, BOX, WHY)
    assert (left.cases, left.still_theirs) == (3, 0)
    for case in cases:
        view = house.store.case(case)
        assert (view.summary.owner, view.summary.state) == (None, State.CLAIMED)
        assert view.events[-1].words == WHY
        house.store.claim(case, CHEN)


@pytest.mark.parametrize("how", ["removed", "volunteer"])
def test_who_leaves_opens_nothing_that_comes(house: House, how: str) -> None:
    """A new pair is made; where nobody else could open anything, nothing happens at all."""

    def go() -> Left:
        book = (house.accounts, house.custody, house.store, "王丽")
        if how == "removed":
            return remove(*book, BOX, WHY)
        return change_role(*book, Role.VOLUNTEER, BOX, WHY)

    house.custody.protect([Member("王丽", house.pins["王丽"], STICK)])
    with pytest.raises(KeysRefused) as refused:
        go()
    assert refused.value.why is Refusal.LAST
    account = house.store.account("王丽")
    assert account is not None and account.role is Role.STAFF
    house.custody.open(Member("王丽", house.pins["王丽"], STICK))
    house.custody.admit(Member("周洁", house.pins["周洁"], b"z" * 16))
    assert go().keys
    newest = house.store.centre_keys()[-1]
    assert newest.holders == {"周洁"}


def test_whoever_is_dismissed_goes_together_with_the_key_they_knew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no new key could be made they still stand as a holder: the next try makes one."""
    house.custody.protect([Member("王丽", house.pins["王丽"], STICK)])
    house.custody.open(Member("王丽", house.pins["王丽"], STICK))
    house.custody.admit(Member("周洁", house.pins["周洁"], b"z" * 16))
    with monkeypatch.context() as full_disk:
        full_disk.setattr(key_statements, "KEEP_SHARE", "INSERT INTO nowhere VALUES (?, ?, ?)")
        with pytest.raises(StoreTrouble):
            remove(house.accounts, house.custody, house.store, "王丽", BOX, WHY)
    assert house.custody.held_by("王丽")
    assert remove(house.accounts, house.custody, house.store, "王丽", BOX, WHY).keys
    assert house.store.centre_keys()[-1].holders == {"周洁"}


def test_a_new_pin_of_ones_own_still_opens_what_the_old_one_did(house: House) -> None:
    """The keys go along with the PIN, and the old PIN opens nothing."""
    house.custody.protect([Member("王丽", house.pins["王丽"], STICK)])
    old = house.pins["王丽"]
    fresh = house.accounts.new_own_pin(WANG, lambda pin: house.custody.new_pin("王丽", old, pin, [STICK]))
    assert house.accounts.sign_in("王丽", old).actor is None
    assert house.accounts.sign_in("王丽", fresh).actor == WANG
    house.custody.open(Member("王丽", fresh, STICK))
    assert house.store.can_open()
    house.custody.close()
    with pytest.raises(KeysRefused):
        house.custody.open(Member("王丽", old, STICK))
    assert ("王丽", "own_pin", "王丽") in house.book()


def test_a_new_pin_that_is_not_kept_leaves_the_old_one_with_its_keys(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys under a PIN that nobody was ever shown would be lost: PIN and keys change in one action."""
    house.custody.protect([Member("王丽", house.pins["王丽"], STICK)])
    old = house.pins["王丽"]
    # a disk that is full just as the PIN itself is to be kept
    monkeypatch.setattr(statements, "SET_PIN", "INSERT INTO nowhere VALUES (?, ?)")
    with pytest.raises(StoreTrouble):
        house.accounts.new_own_pin(WANG, lambda pin: house.custody.new_pin("王丽", old, pin, [STICK]))
    house.custody.close()
    house.custody.open(Member("王丽", old, STICK))
    assert house.store.can_open()
    assert house.accounts.sign_in("王丽", old).actor == WANG


def test_without_the_stick_the_pin_stays_as_it_is(house: House) -> None:
    """Else the new PIN would sign in and open nothing."""
    house.custody.protect([Member("王丽", house.pins["王丽"], STICK)])
    old = house.pins["王丽"]
    with pytest.raises(KeysRefused):
        house.accounts.new_own_pin(WANG, lambda pin: house.custody.new_pin("王丽", old, pin, []))
    assert house.accounts.sign_in("王丽", old).actor == WANG


def test_the_list_knows_the_last_sign_in(house: House) -> None:
    assert house.store.account("王丽").signed_in_at is None  # type: ignore[union-attr]
    house.accounts.sign_in("王丽", house.pins["王丽"])
    account = house.store.account("王丽")
    assert account is not None and account.signed_in_at == house.clock.now()
