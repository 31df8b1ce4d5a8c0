"""What people handed in leaves the house by the hands of two, closed, and never readable on a disk (K42)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cases.states import BOX, Actor, Role
from kiosk.cases.two_persons import (
    WITHIN,
    AccountLine,
    Asked,
    Confirmed,
    Lack,
    NotConfirmed,
    confirmed,
    given_in,
)
from kiosk.cli import main
from kiosk.security.accounts import AccountFault, Accounts
from kiosk.security.export_file import NotOpened, head_of, opened
from kiosk.security.exported import exported
from kiosk.security.recovery import CodeFault
from kiosk.store import Store, StoreTrouble, exporting, open_store
from tests.store.people import (
    CHEN,
    GUIFANG,
    MONDAY,
    NAME,
    NUMBER,
    WANG,
    XIAOLIN,
    ZHOU,
    HandClock,
    WallClock,
    application,
    shipped_calendar,
)
from tests.store.raw import everything

BEIJING = shipped_calendar().zone
ASKED = Asked(ZHOU, MONDAY)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    store = open_store(tmp_path / "box", clock=clock, calendar=shipped_calendar())
    yield store
    store.close()


@pytest.mark.parametrize(
    ("asked", "second", "after", "lack"),
    [
        (ASKED, ZHOU, timedelta(), Lack.SAME),
        (ASKED, Actor(ZHOU.name, Role.STAFF), timedelta(), Lack.SAME),
        (Asked(WANG, MONDAY), CHEN, timedelta(), Lack.ROLE),
        (ASKED, XIAOLIN, timedelta(), Lack.ROLE),
        (ASKED, WANG, WITHIN + timedelta(seconds=1), Lack.LATE),
        (ASKED, WANG, -timedelta(seconds=1), Lack.LATE),
    ],
    ids=["herself", "under_another_role", "staff_ask", "volunteer", "too_late", "clock_set_back"],
)
def test_one_alone_takes_nothing_out(asked: Asked, second: Actor, after: timedelta, lack: Lack) -> None:
    """K42: a manager and another account, within five minutes."""
    with pytest.raises(NotConfirmed) as refused:
        confirmed(asked, second, asked.at + after)
    assert refused.value.lack is lack


def day(n: int) -> datetime:
    return MONDAY - timedelta(days=n)


def line(days_ago: int, by: Actor, note: str, kind: str = "account") -> AccountLine:
    return AccountLine(day(days_ago), by.name, kind, note)


OLD = [
    line(90, BOX, f"{role} {name}")
    for name, role in (("周洁", "manager"), ("王丽", "staff"), ("陈明", "staff"))
]
BOSS = Actor("赵站长", Role.MANAGER)


@pytest.mark.parametrize(
    ("since", "lack"),
    [
        ([line(0, ZHOU, "王丽", "pin_reset")], Lack.ONE_HAND),
        ([line(29, ZHOU, "王丽", "pin_reset"), line(28, WANG, "王丽", "own_pin")], Lack.ONE_HAND),
        ([line(60, ZHOU, "- 王丽"), line(29, ZHOU, "staff 王丽")], Lack.ONE_HAND),
        ([line(29, ZHOU, "manager 王丽")], Lack.ONE_HAND),
        ([line(29, WANG, "周洁", "pin_reset")], Lack.ONE_HAND),
        ([line(29, BOSS, "周洁", "pin_reset"), line(29, BOSS, "王丽", "pin_reset")], Lack.ONE_HAND),
        ([line(29, ZHOU, "manager 陈明"), line(20, CHEN, "王丽", "pin_reset")], Lack.ONE_HAND),
        ([line(6, BOSS, "- 王丽"), line(6, BOSS, "staff 王丽")], Lack.NEW),
        ([line(6, BOX, "- 王丽"), line(6, BOX, "staff 王丽")], Lack.NEW),
        ([line(-1, ZHOU, "王丽", "pin_reset")], Lack.ONE_HAND),
    ],
    ids=[
        "her_pin_reset",
        "her_own_pin_since",
        "made",
        "raised",
        "the_other_way_round",
        "both_by_a_third",
        "through_another",
        "new_by_a_third",
        "new_by_the_box",
        "clock_set_back",
    ],
)
def test_two_accounts_in_one_hand_are_one_person(since: list[AccountLine], lack: Lack) -> None:
    """K42: a manager who makes, resets or raises a second account does not become two by it."""
    with pytest.raises(NotConfirmed) as refused:
        confirmed(ASKED, WANG, MONDAY, given_in([*OLD, *since]))
    assert refused.value.lack is lack


@pytest.mark.parametrize(
    "since",
    [
        [],
        [line(30, ZHOU, "王丽", "pin_reset")],
        [line(5, WANG, "王丽", "own_pin"), line(5, ZHOU, "周洁", "own_pin")],
        [line(5, BOX, "王丽", "pin_reset"), line(5, BOX, "周洁", "pin_reset")],
        [line(5, BOSS, "王丽", "pin_reset")],
        [line(40, BOX, "manager 王丽"), line(5, ZHOU, "staff 王丽")],
        [line(60, ZHOU, "- 王丽"), line(7, BOX, "staff 王丽")],
    ],
    ids=["long_ago", "a_month_ago", "own_pins", "the_box", "a_third_one_of_them", "lowered", "a_week_old"],
)
def test_two_accounts_apart_are_two_persons(since: list[AccountLine]) -> None:
    assert confirmed(ASKED, WANG, MONDAY, given_in([*OLD, *since])).second == WANG


def test_the_store_knows_from_its_book_whose_hand_it_is(store: Store, clock: HandClock) -> None:
    """K42: also where somebody made the confirmation up, and also after an own PIN."""
    for actor, role in ((ZHOU, Role.MANAGER), (WANG, Role.STAFF), (CHEN, Role.STAFF)):
        store.add_account(actor.name, role, "-")
    assert store.who_confirms(Asked(ZHOU, clock.now())) == []
    clock.forward(days=40)
    store.replace_pin("王丽", "-", ZHOU)
    store.replace_pin("王丽", "-", WANG)
    asked = Asked(ZHOU, clock.now())
    assert store.who_confirms(asked) == ["陈明"]
    with pytest.raises(NotConfirmed):
        store.export(Confirmed(asked, WANG), every=True)
    assert [(one.actor, one.note) for one in store.house_lines() if one.kind == "export_refused"] == [
        ("周洁", "王丽")
    ]
    assert store.confirm(asked, CHEN).second == CHEN


def test_nobody_signs_in_under_the_name_of_the_box(store: Store, clock: HandClock) -> None:
    """Its hand counts as nobody's."""
    with pytest.raises(AccountFault):
        Accounts(store, clock).add("kiosk", Role.MANAGER, ZHOU)


def test_both_stand_in_one_line_and_in_each_case(store: Store) -> None:
    """Who took it, who confirmed it, how many; and the person can read that it was taken."""
    cases = [store.submit(application()).case_id for _ in range(2)]
    views = store.export(confirmed(ASKED, WANG, MONDAY), every=False)
    assert sorted(view.summary.case_id for view in views) == sorted(cases)
    row = store._db.execute("SELECT actor, kind, note FROM house_event ORDER BY n DESC LIMIT 1").fetchone()
    assert tuple(row) == ("周洁", "exported", "2 王丽")
    for case in cases:
        last = store.case(case).events[-1]
        assert (last.actor, last.kind, last.note) == ("周洁", "exported", "王丽")
    held = store.held(GUIFANG)
    assert [look.what for case in held.cases for look in case.looks] == ["export", "export"]


def test_the_store_looks_at_its_own_clock(store: Store, clock: HandClock) -> None:
    both = confirmed(ASKED, WANG, MONDAY)
    clock.forward(seconds=WITHIN.total_seconds() + 1)
    case = store.submit(application()).case_id
    with pytest.raises(NotConfirmed):
        store.export(both, every=True)
    assert [event.kind for event in store.case(case).events] == ["submitted"]


def test_the_store_believes_no_confirmation_that_was_made_up(store: Store) -> None:
    with pytest.raises(NotConfirmed):
        store.export(Confirmed(ASKED, XIAOLIN), every=True)


def test_more_than_one_file_holds_is_refused_before_anything_is_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of an export is in memory for a moment."""
    monkeypatch.setattr(exporting, "MOST", 2)
    cases = [store.submit(application()).case_id for _ in range(3)]
    assert store.to_export(every=True) == 3
    with pytest.raises(exporting.TooMany):
        store.export(confirmed(ASKED, WANG, MONDAY), every=False)
    assert [event.kind for event in store.case(cases[0]).events] == ["submitted"]
    store.complete(cases[0], WANG, store.claim(cases[0], WANG).epoch, "好了")
    store.hear(cases[0], GUIFANG)
    assert len(store.export(confirmed(ASKED, WANG, MONDAY), every=False)) == 2


def test_what_was_erased_takes_no_place_in_an_export(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a centre of some years could never take out what it still has."""
    monkeypatch.setattr(exporting, "MOST", 1)
    gone, kept = (store.submit(application()).case_id for _ in range(2))
    store.withdraw(gone, GUIFANG)
    store.erase_own(gone, GUIFANG)
    assert store.to_export(every=True) == 1
    (view,) = store.export(confirmed(ASKED, WANG, MONDAY), every=True)
    assert view.summary.case_id == kept


def test_without_the_keys_nothing_is_recorded_and_nothing_read(store: Store) -> None:
    store.submit(application())
    store.keyring.lie_open({})
    with pytest.raises(StoreTrouble):
        store.export(confirmed(ASKED, WANG, MONDAY), every=True)
    lines = store._db.execute("SELECT count(*) FROM house_event WHERE kind = 'exported'").fetchone()[0]
    assert lines == 0


def test_the_file_says_whose_it_is_and_nothing_of_the_people(store: Store) -> None:
    for _ in range(3):
        store.submit(application())
    both = confirmed(ASKED, WANG, MONDAY)
    file, code = exported(both, store.export(both, every=True), "幸福社区", BEIJING)
    head = head_of(file)
    assert (head.by, head.confirmed_by, head.count, head.at) == ("周洁", "王丽", 3, "2026-11-02 09:30")
    assert NUMBER.encode() not in file
    assert NAME.encode() not in file
    _, body = opened(file, code.lower())
    cases = json.loads(body)
    assert NAME in body
    assert [one["export"]["case"] for one in cases] == [1, 2, 3]
    mark = {"at": head.at, "by": "周洁", "confirmed_by": "王丽", "of": 3}
    assert all({**one["export"], **mark} == one["export"] for one in cases)


def test_a_changed_file_and_a_wrong_code_open_nothing(store: Store) -> None:
    both = confirmed(ASKED, WANG, MONDAY)
    file, code = exported(both, store.export(both, every=True), "幸福社区", BEIJING)
    _, other = exported(both, [], "幸福社区", BEIJING)
    with pytest.raises(NotOpened):
        opened(file, other)
    with pytest.raises(CodeFault):
        opened(file, code[:-1] + ("0" if code[-1] != "0" else "1"))
    renamed = file.replace("周洁".encode(), "王洁".encode())
    with pytest.raises(NotOpened):
        opened(renamed, code)
    for cut in (b"", file[:3], file[:10], file[:-1], file[:-1] + bytes([file[-1] ^ 1])):
        with pytest.raises(NotOpened):
            opened(cut, code)


Run = Callable[..., Result]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    folder = tmp_path / "commands"
    store = open_store(folder, clock=WallClock(), calendar=shipped_calendar())
    store.submit(application())
    store.close()
    return folder


@pytest.fixture
def run(box: Path) -> Run:
    return lambda *words, typed="": CliRunner().invoke(main, ["--data", str(box), *words], input=typed)


def pin_of(box: Path, name: str, role: Role) -> str:
    """Of somebody who has been here for a week."""
    clock = HandClock(datetime.now(UTC) - timedelta(days=7))
    store = open_store(box, clock=clock, calendar=shipped_calendar())
    pin = Accounts(store, clock).add(name, role)
    store.close()
    return pin


def test_two_take_it_out_and_a_third_reads_it_with_the_code(run: Run, box: Path, tmp_path: Path) -> None:
    first, second = pin_of(box, "周洁", Role.MANAGER), pin_of(box, "王丽", Role.STAFF)
    out = tmp_path / "stick" / "cases.bbx"
    words = ("case", "export", "--full", "--out", str(out), "--by", "周洁", "--with", "王丽")
    made = run(*words, typed=f"{first}\n{second}\n")
    assert made.exit_code == 0, made.output
    assert NUMBER not in made.output
    assert out.stat().st_mode & 0o077 == 0
    code = made.stdout.splitlines()[1].strip()
    read = run("case", "open-export", str(out), typed=f"{code}\n")
    assert read.exit_code == 0
    (line,) = [json.loads(one) for one in read.stdout.splitlines()]
    assert [answer["value"] for answer in line["answers"]] == [NAME, NUMBER, "local"]
    assert code not in everything(box)
    for path in (*box.iterdir(), out):
        assert NUMBER.encode() not in path.read_bytes()
    again = run(*words, typed=f"{first}\n{second}\n")
    assert again.exit_code == 1


def test_a_wrong_pin_of_the_second_writes_no_file(run: Run, box: Path, tmp_path: Path) -> None:
    first = pin_of(box, "周洁", Role.MANAGER)
    pin_of(box, "王丽", Role.STAFF)
    out = tmp_path / "cases.bbx"
    words = ("case", "export", "--full", "--out", str(out), "--by", "周洁", "--with", "王丽")
    assert run(*words, typed=f"{first}\nnonsen\n").exit_code == 1
    assert run("case", "export", "--full").exit_code == 2
    assert not out.exists()
