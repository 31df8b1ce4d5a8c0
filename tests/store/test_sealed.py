"""What was handed in lies sealed, bound to its case; the kiosk works beside it and opens nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cases.submission import IdentityRecord
from kiosk.flow.proof import Basis, Proof
from kiosk.services.proof import CardRole
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from kiosk.store.body import to_json
from kiosk.store.migrations import MIGRATIONS
from kiosk.store.schema import migrate
from kiosk.store.sqlite import connect
from tests.store.people import GUIFANG, MONDAY, NAME, WANG, HandClock, application, draft, shipped_calendar

BEFORE = MIGRATIONS[:6]
"""The forms of before anything was sealed."""
CANARIES = (NAME, "990101194403050029", "[[1,2],[3,4]]")


def locked(store: Store) -> Store:
    """As on a box whose keys staff hold, and nobody has signed in."""
    store.keyring.lie_open({})
    return store


def trouble_of(act: Callable[[], object]) -> Trouble:
    with pytest.raises(StoreTrouble) as trouble:
        act()
    assert not any(canary in str(trouble.value) for canary in CANARIES)
    return trouble.value.kind


def test_a_body_is_read_back_as_it_was_handed_in(store: Store, reopen: Callable[[], Store]) -> None:
    sent = application()
    store.submit(sent)
    assert reopen().case(sent.id).submission == sent
    row = store._db.execute("SELECT body, sealed FROM event").fetchone()
    assert row["body"] is None
    assert row["sealed"].startswith(b"BBE")


def test_without_a_key_a_case_says_that_it_is_sealed(store: Store) -> None:
    case_id = store.submit(application()).case_id
    assert trouble_of(lambda: locked(store).case(case_id)) is Trouble.SEALED
    assert not store.can_open()


def test_a_body_laid_into_another_case_does_not_open(store: Store) -> None:
    mine, other = (store.submit(application()).case_id for _ in range(2))
    with store._writing() as db:
        body = db.execute("SELECT sealed FROM event WHERE case_id = ? AND seq = 1", (other,)).fetchone()[0]
        db.execute("UPDATE event SET sealed = ? WHERE case_id = ? AND seq = 1", (body, mine))
    assert trouble_of(lambda: store.case(mine)) is Trouble.DAMAGED


@pytest.mark.parametrize("column", ["service_id", "service_version"])
def test_a_case_that_was_given_another_service_does_not_open(store: Store, column: str) -> None:
    case_id = store.submit(application()).case_id
    store._db.execute(f"UPDATE cases SET {column} = 'another'")
    assert trouble_of(lambda: store.case(case_id)) is Trouble.DAMAGED


def test_a_body_of_a_newer_program_is_named_as_such(store: Store) -> None:
    case_id = store.submit(application()).case_id
    store._db.execute("UPDATE event SET sealed = CAST(X'4242450109' || substr(sealed, 6) AS BLOB)")
    assert trouble_of(lambda: store.case(case_id)) is Trouble.NEWER


def test_the_kiosk_needs_no_key_for_what_it_shows(store: Store) -> None:
    """K35, K36: consents and progress, taking back, withdrawing, hearing how it came out."""
    sent = application()
    store.submit(sent)
    locked(store)
    assert [one.id for one in store.standing_consents(sent.id)] == ["use", "id-data"]
    store.withdraw_consent(sent.id, GUIFANG, "id-data")
    assert store.took_consent_back(sent.id)
    assert [case.case_id for case in store.cases_of(GUIFANG)] == [sent.id]
    assert store.progress_of(sent.id).service_id == "elderly-allowance"
    assert store.answered_fields(sent.id) == {"name", "id_number", "hukou"}
    store.withdraw(sent.id, GUIFANG)


def test_earlier_answers_are_not_offered_where_they_cannot_be_read(store: Store) -> None:
    store.submit(application())
    assert len(store.submissions_of(GUIFANG, 5)) == 1
    assert locked(store).submissions_of(GUIFANG, 5) == []


def test_whether_people_are_proven_is_known_without_a_key(store: Store) -> None:
    level = IdentityRecord(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED, MONDAY)
    sent = replace(application(), identity=(level,), proof_needed=Proof.PRESENTED)
    store.submit(sent)
    locked(store)
    held = store.claim(sent.id, WANG)
    with pytest.raises(Exception, match="proof"):
        store.complete(sent.id, WANG, held.epoch, "批准")


def old_store(folder: Path, cases: int = 3) -> list[str]:
    """As a program of before left it: bodies and drafts to read for everybody."""
    folder.mkdir()
    db = connect(folder / "store.sqlite3")
    migrate(db, MONDAY.isoformat(), BEFORE)
    made = [application() for _ in range(cases)]
    for number, one in enumerate(made):
        day = f"2026-1102-0000000{number}"
        at = MONDAY.isoformat()
        db.execute(
            "INSERT INTO cases (id, number, day_sequence, state, epoch, received_at, promised_workdays, due,"
            " service_id, desk, title, person_key) VALUES (?,?,?,'queued',0,?,10,'2026-11-16',?,?,?,?)",
            (one.id, day, number + 1, at, one.service_id, one.desk, json.dumps(dict(one.title)), GUIFANG),
        )
        db.execute(
            "INSERT INTO event (case_id, seq, at, actor, role, kind, epoch, note, body)"
            " VALUES (?, 1, ?, 'resident', 'resident', 'submitted', 0, '', ?)",
            (one.id, at, to_json(one)),
        )
    half = draft("half")
    kept = (half.id, half.service_id, half.service_version, GUIFANG, 1, at_text(half.updated_at), half.body)
    db.execute(
        "INSERT INTO draft (id, service_id, service_version, person_key, keep, updated_at, body)"
        " VALUES (?,?,?,?,?,?,?)",
        kept,
    )
    db.conn.commit()
    db.close()
    return [one.id for one in made]


def at_text(at: object) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}+00:00"


@pytest.mark.parametrize("encrypt", [True, False], ids=["whole file, too", "bodies alone"])
def test_what_an_earlier_program_left_readable_is_sealed_and_wiped(tmp_path: Path, encrypt: bool) -> None:
    folder = tmp_path / "old"
    ids = old_store(folder)
    assert all(canary.encode() in readable(folder) for canary in CANARIES[:2])
    store = open_store(folder, clock=HandClock(), calendar=shipped_calendar(), encrypt=encrypt)
    assert [store.case(one).submission.answers[0].value for one in ids] == [NAME] * 3
    assert [one.id for one in store.standing_consents(ids[0])] == ["use", "id-data"]
    assert store.answered_fields(ids[0]) == {"name", "id_number", "hukou"}
    found = store.find_draft(GUIFANG, MONDAY)
    assert found is not None
    assert NAME in found.body
    assert not any(canary.encode() in readable(folder) for canary in CANARIES)
    store.close()
    assert not any(canary.encode() in readable(folder) for canary in CANARIES)


def readable(folder: Path) -> bytes:
    """Every byte of the store's files."""
    return b"".join(path.read_bytes() for path in folder.glob("store.sqlite3*"))


def test_a_draft_without_its_key_is_noise(store: Store) -> None:
    store.save_draft(draft("d"))
    store._db.execute("UPDATE draft SET wrapped = randomblob(60)")
    assert trouble_of(lambda: store.find_draft(GUIFANG, MONDAY)) is Trouble.DAMAGED


def test_each_version_of_a_draft_has_a_key_of_its_own(store: Store) -> None:
    seen = set()
    for _ in range(3):
        store.save_draft(draft("d"))
        seen.add(bytes(store._db.execute("SELECT wrapped FROM draft").fetchone()[0]))
    assert len(seen) == 3


def test_a_draft_laid_under_another_name_does_not_open(store: Store) -> None:
    store.save_draft(draft("d"))
    store._db.execute("UPDATE draft SET id = 'e'")
    assert trouble_of(lambda: store.find_draft(GUIFANG, MONDAY)) is Trouble.DAMAGED
