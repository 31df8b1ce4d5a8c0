"""What has had its time is erased for good, and the books still hold together (K32, PIPL 19 and 47)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cases.identity import Shown
from kiosk.cases.moves import Act
from kiosk.cases.states import State
from kiosk.cases.submission import IdentityRecord, Submission
from kiosk.flow.proof import Basis
from kiosk.security.device_key import device_key
from kiosk.services.proof import CardRole, Proof
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from kiosk.store import upkeep_statements as sql
from kiosk.store.verifying import Trusted
from tests.store.people import (
    GUIFANG,
    MONDAY,
    NAME,
    NUMBER,
    WANG,
    HandClock,
    application,
    draft,
    shipped_calendar,
)

SAID = (
    "请带户口簿和老伴的证",
    "邻居送来的",
    "批了每月二百元",
    "女儿陈小燕来领",
    "写了一半的话",
    "看了张桂芳的证",
)
"""What staff wrote, each somewhere else."""


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    """Readable as a whole, so that a search of its file means something."""
    opened = open_store(tmp_path / "state", clock=clock, calendar=shipped_calendar(), encrypt=False)
    yield opened
    opened.close()


def kept_for(days: int | None) -> Submission:
    sent = application()
    seen = (IdentityRecord(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED, MONDAY),)
    consents = tuple(replace(one, keep_days=days) for one in sent.consents)
    return replace(sent, consents=consents, identity=seen)


def decided(store: Store, sent: Submission) -> str:
    """A case that ran its whole course, with words in every place that takes some."""
    case_id = store.submit(sent).case_id
    held = store.claim(case_id, WANG)
    store.ask_info(case_id, WANG, held.epoch, SAID[0])
    held = store.receive_info(case_id, WANG, SAID[1])
    store.see_person(case_id, WANG, held.epoch, CardRole.SUBJECT, Shown.ID_CARD, SAID[5])
    store.keep_note(case_id, WANG, Act.COMPLETE, [SAID[4]])
    store.tick_field(case_id, "name", WANG, held.epoch)
    store.complete(case_id, WANG, held.epoch, SAID[2])
    store.tell(case_id, WANG, SAID[3])
    return case_id


def in_files(folder: Path, *private: bytes) -> list[bytes]:
    """Which of these lie anywhere in the file, its log or its free pages."""
    found = b"".join(one.read_bytes() for one in sorted(folder.glob("store.sqlite3*")))
    return [one for one in private if one in found]


def test_nothing_of_a_case_past_its_days_lies_in_any_file(
    store: Store, tmp_path: Path, clock: HandClock
) -> None:
    """0 bytes in the file, its log and its free pages."""
    case_id = decided(store, kept_for(90))
    sealed = store._db.execute("SELECT sealed FROM event WHERE seq = 1").fetchone()[0]
    private = [*(words.encode() for words in SAID), sealed[:64], sealed[-64:], GUIFANG.encode()]
    assert in_files(tmp_path / "state", *private) == private
    clock.forward(days=91)
    assert store.erase(store.times({}).due) == 1
    assert in_files(tmp_path / "state", *private, NAME.encode(), NUMBER.encode()) == []
    assert store.cases_of(GUIFANG) == []
    with pytest.raises(StoreTrouble) as trouble:
        store.case(case_id)
    assert trouble.value.kind is Trouble.ERASED


def test_the_books_hold_together_afterwards_and_say_what_was_erased_and_when(
    store: Store, tmp_path: Path, clock: HandClock
) -> None:
    decided(store, kept_for(90))
    store.submit(application())
    clock.forward(days=91)
    store.erase(store.times({}).due)
    own = device_key(tmp_path / "state")
    verdict = store.verify(Trusted({own.id: own.public}))
    assert verdict.good, verdict.faults
    last = store._db.execute("SELECT kind, note, actor FROM event ORDER BY n DESC LIMIT 1").fetchone()
    assert tuple(last) == ("erased", "2027-01-31", "kiosk")


def test_counts_and_outcomes_stay(store: Store, clock: HandClock) -> None:
    decided(store, kept_for(90))
    before = store.counts()
    clock.forward(days=91)
    store.erase(store.times({}).due)
    assert store.counts() == before
    (case,) = store.all_cases(clock.at)
    assert (case.state, case.outcome, case.title) == (
        State.TOLD,
        "granted",
        {"zh": "elderly-allowance", "en": "elderly-allowance"},
    )


def test_a_case_stays_to_the_last_day_that_was_agreed_to(store: Store, clock: HandClock) -> None:
    decided(store, kept_for(90))
    clock.forward(days=90)
    assert (store.times({}).due, store.times({}).later) == ((), 1)
    clock.forward(days=1)
    assert [one.until.isoformat() for one in store.times({}).due if one.until] == ["2027-01-31"]


def test_the_days_agreed_to_hold_even_when_the_service_says_others_later(
    store: Store, clock: HandClock
) -> None:
    decided(store, kept_for(90))
    clock.forward(days=60)
    assert store.times({"elderly-allowance": 30}).due == ()


def test_of_an_older_case_the_service_file_is_asked_and_without_it_the_case_stays(
    store: Store, clock: HandClock
) -> None:
    decided(store, kept_for(None))
    clock.forward(days=91)
    assert (store.times({}).due, store.times({}).unsaid) == ((), 1)
    assert len(store.times({"elderly-allowance": 90}).due) == 1


def test_a_case_that_nobody_decided_or_told_is_never_erased(store: Store, clock: HandClock) -> None:
    store.submit(kept_for(1))
    waiting = store.submit(kept_for(1)).case_id
    held = store.claim(waiting, WANG)
    store.complete(waiting, WANG, held.epoch, SAID[2])
    clock.forward(days=400)
    assert store.times({}).due == ()


def test_what_the_person_withdrew_counts_from_that_day(store: Store, clock: HandClock) -> None:
    case_id = store.submit(kept_for(10)).case_id
    clock.forward(days=5)
    store.withdraw(case_id, GUIFANG)
    clock.forward(days=10)
    assert store.times({}).due == ()
    clock.forward(days=1)
    assert [one.case_id for one in store.times({}).due] == [case_id]


def test_after_days_without_a_line_the_clock_is_not_believed(store: Store, clock: HandClock) -> None:
    """A clock 40 days ahead for a night must not erase what may still be kept."""
    decided(store, kept_for(30))
    clock.forward(days=40)
    assert store.times({}).leapt
    store.note_upkeep(0)
    clock.forward(days=1)
    assert not store.times({}).leapt


def test_erasing_twice_changes_nothing(store: Store, clock: HandClock) -> None:
    decided(store, kept_for(90))
    clock.forward(days=91)
    assert [store.erase(store.times({}).due) for _ in range(2)] == [1, 0]


def test_a_draft_that_somebody_is_filling_in_stays_and_a_forgotten_one_goes(
    store: Store, clock: HandClock
) -> None:
    """K32: 24 hours."""
    store.save_draft(draft("old"))
    clock.forward(hours=25)
    store.save_draft(replace(draft("now", keep=False), updated_at=clock.at))
    assert store.sweep_old_drafts() == 1
    assert [row[0] for row in store._db.execute("SELECT id FROM draft").fetchall()] == ["now"]


def test_every_table_that_leads_to_a_case_is_erased_or_holds_nothing_of_a_person(store: Store) -> None:
    """Whoever adds a table says here what becomes of it."""
    tables = store._db.execute(
        "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        " AND c.name = 'case_id'"
    ).fetchall()
    assert {row[0] for row in tables} == sql.ERASED_TABLES | sql.NAMELESS_TABLES
