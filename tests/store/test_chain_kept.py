"""Whatever is changed in the store behind the program's back, the check of the books finds (K41)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.cases.chain import BEGINNING, ERASED, Line, Noted, head_line, link_of, read_note
from kiosk.cases.chain_check import Wrong
from kiosk.cases.identity import Shown
from kiosk.cases.moves import IllegalMove
from kiosk.cases.submission import IdentityRecord
from kiosk.catalogue import load_catalogue
from kiosk.flow.proof import Basis
from kiosk.security.device_key import device_key, key_id
from kiosk.services.proof import CardRole, Proof
from kiosk.store import Store, chain_statements, open_store
from kiosk.store.heads import NOTED, head_of_line
from kiosk.store.sqlite import Connection, SqliteError
from kiosk.store.verifying import Trusted, Verdict, verdict_of
from tests.store.people import CHEN, MONDAY, WANG, HandClock, application, shipped_calendar

CALENDAR = shipped_calendar()
CASES = 6
IN_PERSON = IdentityRecord(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED, MONDAY)


def filled(folder: Path) -> Store:
    """A store with a morning's work: cases handed in, some decided, one refused save, an account."""
    clock = HandClock()
    store = open_store(folder, clock=clock, calendar=CALENDAR)
    store.add_account(WANG.name, WANG.role, "not a hash")
    for place in range(CASES):
        sent = replace(application(), identity=(IN_PERSON,))
        store.submit(sent)
        held = store.claim(sent.id, WANG)
        store.tick_field(sent.id, "name", WANG, held.epoch)
        if place % 2:
            store.see_person(sent.id, WANG, held.epoch, CardRole.SUBJECT, Shown.OTHER, "户口本")
            store.complete(sent.id, WANG, held.epoch, "批准了")
        else:
            with pytest.raises(IllegalMove):
                store.reject(sent.id, CHEN, held.epoch, "写到一半的话")
        clock.forward(minutes=7)
    return store


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = filled(tmp_path_factory.mktemp("chain"))
    yield store
    store.close()


def trusted(store: Store) -> Trusted:
    assert store._box is not None
    key = device_key(store._box)
    return Trusted({key.id: key.public})


def found(store: Store, *noted: Noted) -> Verdict:
    return store.verify(trusted(store), noted)


def kinds(verdict: Verdict) -> set[Wrong]:
    return {one.fault.wrong for one in verdict.faults}


@contextmanager
def behind_its_back(store: Store) -> Iterator[Connection]:
    """Statements on the file as somebody with its key could make them; taken back at the end."""
    db = store._db.conn
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    finally:
        db.execute("ROLLBACK")
        db.execute("PRAGMA foreign_keys = ON")


def after(store: Store, *statements: str, noted: tuple[Noted, ...] = ()) -> Verdict:
    with behind_its_back(store) as db:
        for statement in statements:
            assert db.execute(statement).rowcount != 0, statement
        return verdict_of(db, trusted(store), noted, None)


def test_an_honest_store_is_whole(morning: Store) -> None:
    verdict = found(morning)
    assert verdict.faults == ()
    assert (verdict.heads, verdict.house_lines) == (CASES, 2)


COLUMNS = {
    "event": "case_id seq at actor role kind epoch note words salt content link sealed state beside",
    "house_event": "at actor role kind note beside link",
    "cases": "number day_sequence state outcome received_at service_id desk title person_key result owner",
    "consent": "id given at text",
    "person_level": "role level basis at expired",
    "sighting": "role at actor shown note",
    "side_note": "at actor act text",
    "tick": "field",
    "account": "name role",
    "head": "n link house_n house_link at key_id before signature",
}
PLACES = [(table, column) for table, columns in COLUMNS.items() for column in columns.split()]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(place=("house_event", "note"), row=0, bit=4)
@given(place=st.sampled_from(PLACES), row=st.integers(0, 99), bit=st.integers(0, 100_000))
def test_a_flipped_bit_in_any_column_is_found(
    morning: Store, place: tuple[str, str], row: int, bit: int
) -> None:
    """K41: any single-byte change is detected."""
    with behind_its_back(morning) as db:
        if not _flip(db, *place, row, bit):
            return
        assert not verdict_of(db, trusted(morning), (), None).good, place


def _flip(db: Connection, table: str, column: str, row: int, bit: int) -> bool:
    """False where there is nothing to flip, or the file itself refuses the value."""
    where = f"FROM {table} WHERE {column} IS NOT NULL"
    (count,) = db.execute(f"SELECT count(*) {where}").fetchone()
    if not count:
        return False
    kind, value = db.execute(
        f"SELECT typeof({column}), CAST({column} AS BLOB) {where} LIMIT 1 OFFSET ?", (row % count,)
    ).fetchone()
    if not value:
        return False
    changed: Any
    if kind == "integer":
        changed = int(value) ^ (1 << bit % 16)
    else:
        flipped = bytearray(value)
        flipped[bit // 8 % len(flipped)] ^= 1 << bit % 8
        changed = bytes(flipped)
    cast = "CAST(? AS TEXT)" if kind == "text" else "?"
    keys = _key_of(table)
    names = ", ".join(f"CAST({key} AS BLOB)" if key != "id" or table == "cases" else key for key in keys)
    key = tuple(db.execute(f"SELECT {names} {where} LIMIT 1 OFFSET ?", (row % count,)).fetchone())
    test = " AND ".join(f"CAST({name} AS BLOB) IS CAST(? AS BLOB)" for name in keys)
    try:
        return db.execute(f"UPDATE {table} SET {column} = {cast} WHERE {test}", (changed, *key)).rowcount == 1
    except SqliteError:
        return False


def _key_of(table: str) -> tuple[str, ...]:
    keys = {
        "event": ("n",),
        "house_event": ("n",),
        "consent": ("case_id", "place"),
        "person_level": ("case_id", "role"),
        "tick": ("case_id", "field"),
        "account": ("name",),
    }
    return keys.get(table, ("id",))


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("event", Wrong.MISSING),
        ("house_event", Wrong.CHANGED),
        ("consent", Wrong.BESIDE),
        ("person_level", Wrong.BESIDE),
        ("sighting", Wrong.BESIDE),
        ("side_note", Wrong.BESIDE),
        ("tick", Wrong.BESIDE),
        ("account", Wrong.ACCOUNT),
        ("cases", Wrong.CASE),
        ("head", Wrong.HEAD),
    ],
)
def test_a_row_that_is_taken_out_is_missed(morning: Store, table: str, wrong: Wrong) -> None:
    keys = ", ".join(_key_of(table))
    gone = f"DELETE FROM {table} WHERE ({keys}) = (SELECT {keys} FROM {table} LIMIT 1)"
    seen = kinds(after(morning, gone))
    assert wrong in seen or (table == "house_event" and Wrong.MISSING in seen)


@pytest.mark.parametrize("table", ["consent", "sighting", "side_note", "tick"])
def test_what_is_wrong_beside_a_case_is_called_by_its_name(morning: Store, table: str) -> None:
    """Nobody looks for a document where a note was changed."""
    keys = ", ".join(_key_of(table))
    changed = after(morning, f"DELETE FROM {table} WHERE ({keys}) = (SELECT {keys} FROM {table} LIMIT 1)")
    assert {one.fault.what for one in changed.faults} == {table}
    assert f"beside.{table}" in load_catalogue("evidence")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 25), st.integers(1, 25))
def test_any_line_taken_out_or_two_that_change_places_are_found(morning: Store, one: int, other: int) -> None:
    assert Wrong.MISSING in kinds(after(morning, f"DELETE FROM event WHERE n = {one}"))
    if one == other:
        return
    swapped = kinds(
        after(
            morning,
            f"UPDATE event SET n = -1 WHERE n = {one}",
            f"UPDATE event SET n = {one} WHERE n = {other}",
            f"UPDATE event SET n = {other} WHERE n = -1",
        )
    )
    assert Wrong.CHANGED in swapped


def test_the_fault_names_the_case_and_the_line(morning: Store) -> None:
    changed = after(morning, "UPDATE event SET words = '不批' WHERE words = '批准了' AND seq = 5 AND n < 12")
    assert [one.fault.wrong for one in changed.faults] == [Wrong.CONTENT]
    numbers = [row["number"] for row in morning._db.conn.execute("SELECT number FROM cases ORDER BY id")]
    assert changed.faults[0].number == numbers[1]
    assert changed.faults[0].fault.seq == 5


def test_two_bodies_that_change_places_are_found(morning: Store) -> None:
    swap = "UPDATE event SET (sealed, salt) = (SELECT sealed, salt FROM event WHERE n = 1) WHERE n = 5"
    assert kinds(after(morning, swap)) == {Wrong.CONTENT}


def _relink(db: Connection) -> None:
    """Every link anew, as somebody would who knows how it is done and has not got the box's key."""
    before = BEGINNING
    for row in db.execute(chain_statements.LINES, (0,)).fetchall():
        before = link_of(before, Line._make(tuple(row)[:12]))
        db.execute("UPDATE event SET link = ? WHERE n = ?", (before, row[0]))


def test_a_book_that_is_written_anew_without_the_key_is_found(morning: Store) -> None:
    with behind_its_back(morning) as db:
        db.execute("UPDATE event SET actor = '陈明' WHERE n = 2")
        _relink(db)
        assert kinds(verdict_of(db, trusted(morning), (), None)) == {Wrong.HEAD}
        db.execute("UPDATE head SET link = (SELECT link FROM event WHERE event.n = head.n)")
        verdict = verdict_of(db, trusted(morning), (), None)
        assert {Wrong.HEAD, Wrong.SIGNATURE} & kinds(verdict)


def test_heads_of_a_key_made_for_the_purpose_do_not_count(morning: Store, tmp_path: Path) -> None:
    forger = device_key(tmp_path)
    with behind_its_back(morning) as db:
        for row in db.execute(chain_statements.HEADS_AND_LINKS).fetchall():
            assert row["key_id"] != forger.id
        db.execute("DELETE FROM head")
        morning._device = forger
        try:
            for _ in range(2):
                morning._sign(db, morning._clock.now())
        finally:
            morning._device = None
        seen = kinds(verdict_of(db, trusted(morning), (), None))
    assert Wrong.STRANGER in seen
    assert key_id(forger.public) == forger.id


def test_an_end_cut_off_with_its_heads_is_missed_by_whoever_noted_one(morning: Store) -> None:
    head = morning.head()
    assert head is not None
    noted, paper = read_note(head_line(head)), read_note(head.short)
    assert noted is not None and paper is not None
    cut = (f"DELETE FROM event WHERE n >= {head.n}", f"DELETE FROM head WHERE n >= {head.n}")
    for one in (noted, paper):
        assert found(morning, one).good
        assert Wrong.CUT in kinds(after(morning, *cut, noted=(one,)))
    assert Wrong.CUT in kinds(after(morning, f"DELETE FROM event WHERE n >= {head.n}"))


def test_the_box_notes_its_heads_outside_the_store_too(morning: Store) -> None:
    assert morning._box is not None
    lines = (morning._box / NOTED).read_text().splitlines()
    heads = [one.head for one in map(read_note, lines) if one is not None]
    assert len(heads) == CASES and heads[-1] == morning.head()
    assert (morning._box / NOTED).stat().st_mode & 0o077 == 0


def test_what_is_erased_and_said_so_leaves_the_book_whole(morning: Store) -> None:
    case = morning._db.conn.execute("SELECT case_id FROM event WHERE words = '批准了' LIMIT 1").fetchone()[0]
    with behind_its_back(morning) as db:
        db.execute(chain_statements.ERASE_CONTENTS, (case,))
        assert Wrong.ERASED in kinds(verdict_of(db, trusted(morning), (), None))
        morning._add_event(db, case, morning._clock.now(), WANG, ERASED, 1)
        assert verdict_of(db, trusted(morning), (), None).good
        assert db.execute("SELECT count(*) FROM event WHERE words = '批准了'").fetchone()[0] == CASES // 2 - 1


def test_a_case_without_a_signed_head_is_told(morning: Store) -> None:
    last = morning.head()
    assert last is not None
    assert Wrong.HEADLESS in kinds(after(morning, f"DELETE FROM head WHERE n = {last.n}"))
    assert {Wrong.HEADLESS, Wrong.UNSIGNED} <= kinds(after(morning, "DELETE FROM head"))


def test_since_a_day_only_what_came_after_is_read(morning: Store) -> None:
    since = morning._clock.now()
    with behind_its_back(morning) as db:
        db.execute("UPDATE event SET note = 'x' WHERE n = 2")
        assert not verdict_of(db, trusted(morning), (), None).good
        late = verdict_of(db, trusted(morning), (), since)
    assert (late.lines, late.faults) == (0, ())


def test_a_copy_on_another_machine_names_the_box_it_came_from(morning: Store, tmp_path: Path) -> None:
    assert morning._box is not None
    morning._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in morning._box.iterdir():
        if path.suffix in {".sqlite3", ".key"} and path.name != "box.key":
            shutil.copy(path, tmp_path / path.name)
    copy = open_store(tmp_path, clock=HandClock(), calendar=CALENDAR)
    verdict = found(copy)
    old = trusted(morning)
    known = Trusted(trusted(copy).own, frozenset(old.own))
    try:
        assert kinds(verdict) == {Wrong.STRANGER}
        assert {one.fault.what for one in verdict.faults} == set(old.own)
        assert copy.verify(known).good
    finally:
        copy.close()


def test_a_damaged_key_holds_up_nobody_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "box.key").write_bytes(b"short")
    store = open_store(tmp_path, clock=HandClock(), calendar=CALENDAR)
    receipt = store.submit(application())
    assert (receipt.ticket, receipt.head) == ("A001", "")
    assert kinds(store.verify(Trusted({}))) == {Wrong.UNSIGNED, Wrong.HEADLESS}
    store.close()


def test_the_receipt_holds_the_head_and_so_does_its_repetition(tmp_path: Path) -> None:
    store = open_store(tmp_path, clock=HandClock(), calendar=CALENDAR)
    sent = application()
    first = store.submit(sent)
    store.submit(application())
    assert first.head and store.submit(sent) == first
    store.close()


def test_of_many_heads_each_line_finds_the_first_that_was_signed_at_it(tmp_path: Path) -> None:
    store = open_store(tmp_path, clock=HandClock(), calendar=CALENDAR)
    assert head_of_line(store._db.conn, 1) is None
    sent = [application() for _ in range(9)]
    signed = {}
    for place, one in enumerate(sent):
        store.submit(one)
        signed[2 * place + 1] = store.head()
        # some of a quiet day more, and a line at which none is signed
        for _ in range(place % 3):
            store.sign_now()
        store.claim(one.id, WANG)
    assert {n: head_of_line(store._db.conn, n) for n in signed} == signed
    assert {head_of_line(store._db.conn, n + 1) for n in signed} == {None}
    assert head_of_line(store._db.conn, 1000) is None
    store.close()


def test_one_head_a_day_where_anything_happened(tmp_path: Path) -> None:
    clock = HandClock()
    store = open_store(tmp_path, clock=clock, calendar=CALENDAR)
    sent = application()
    store.submit(sent)
    assert store.sign_today() is None
    clock.forward(days=1)
    assert store.sign_today() is None
    store.claim(sent.id, WANG)
    assert store.sign_today() is not None
    assert store.sign_today() is None
    assert found(store).heads == 2
    store.close()
