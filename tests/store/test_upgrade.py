"""A file of every form there ever was is opened by today's program: all that was in it is there (K44)."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from kiosk.cases.identity import SEEN
from kiosk.cases.states import Role, State
from kiosk.security.device_key import device_key
from kiosk.store import Store, open_store
from kiosk.store.body import to_json
from kiosk.store.instant import written
from kiosk.store.migrations import MIGRATIONS
from kiosk.store.schema import migrate
from kiosk.store.sqlite import Database, connect
from kiosk.store.store import FILE_NAME
from kiosk.store.verifying import Trusted
from tests.store.children import Say, start
from tests.store.people import GUIFANG, MONDAY, NAME, HandClock, application, shipped_calendar

AT = written(MONDAY)
SENT = application("018f0000-0000-7000-8000-000000000001")
ASKED, ANSWERED = "请带户口簿", "邻居送来了户口簿"
FORMS = range(1, len(MIGRATIONS) + 1)
NEWEST = len(MIGRATIONS)


def first(db: Database) -> None:
    """A morning with the first program: a case with a history, a draft, an account, a rating, a call."""
    case = (
        *(SENT.id, "2026-1102-48203915", 1, "claimed", "王丽", 2, AT, AT, 10, "2026-11-16"),
        *("elderly-allowance", "民政", '{"zh":"高龄津贴申请","en":"Allowance"}', GUIFANG, ASKED, None),
    )
    db.execute(f"INSERT INTO cases VALUES ({', '.join('?' * len(case))})", case)
    lines = (
        (1, "resident", "resident", "submitted", 0, "", to_json(SENT)),
        (2, "王丽", "staff", "claimed", 1, "", None),
        (3, "王丽", "staff", "info_asked", 1, ASKED, None),
        (4, "王丽", "staff", "info_received", 2, ANSWERED, None),
        (5, "王丽", "staff", "ticked", 2, "name", None),
    )
    for seq, actor, role, kind, epoch, note, body in lines:
        values = (seq, SENT.id, seq, AT, actor, role, kind, epoch, note, body)
        db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    db.execute("INSERT INTO tick VALUES (?, 'name')", (SENT.id,))
    db.execute("INSERT INTO side_note VALUES (1, ?, ?, '王丽', 'complete', '没有存上的话')", (SENT.id, AT))
    half = ("half", "elderly-allowance", "2026.11.1", GUIFANG, 1, AT, f'{{"name": "{NAME}"}}')
    db.execute("INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)", half)
    db.execute("INSERT INTO account VALUES ('王丽', 'staff', 'hash', 0, NULL, ?)", (AT,))
    db.execute("INSERT INTO rating VALUES (1, 5, 'elderly-allowance', '2026-11-02')")
    db.execute("INSERT INTO call VALUES (1, 'home', ?, NULL, NULL)", (AT,))


def second(db: Database) -> None:
    db.execute("INSERT INTO record_table VALUES ('pension', '2026-11-01', ?, 1)", (AT,))
    db.execute("INSERT INTO record_row VALUES ('pension', ?, 0, '{}')", (GUIFANG,))


def third(db: Database) -> None:
    db.execute(
        """INSERT INTO rating_task (level, service_id, title, opened_on, due, case_id)
        VALUES (1, 'elderly-allowance', '{"zh":"津贴","en":"A"}', '2026-11-02', '2026-11-05', ?)""",
        (SENT.id,),
    )


def fourth(db: Database) -> None:
    db.execute("INSERT INTO sighting VALUES (1, ?, 'subject', ?, '王丽', 'id_card', '')", (SENT.id, AT))
    seen = (6, SENT.id, 6, AT, "王丽", "staff", SEEN, 2, "subject", None)
    db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", seen)


def fifth(db: Database) -> None:
    db.execute("INSERT INTO preference VALUES (?, '{}', ?, '{\"zh\":\"记住\"}', '2026-11-02')", (GUIFANG, AT))


LIVED = {1: first, 2: second, 3: third, 4: fourth, 5: fifth}
"""What was written first under each form."""


def box_of_form(folder: Path, form: int) -> None:
    """A box that lived through every form up to this one, and was then switched off."""
    folder.mkdir(exist_ok=True)
    db = connect(folder / FILE_NAME)
    for number in range(1, form + 1):
        migrate_to(db, number)
        with db.conn:
            if number in LIVED:
                LIVED[number](db)
    assert db.execute("PRAGMA user_version").fetchone()[0] == form
    db.close()


def migrate_to(db: Database, form: int) -> None:
    migrate(db, AT, MIGRATIONS[:form])


def opened(folder: Path) -> Store:
    return open_store(folder, clock=HandClock(), calendar=shipped_calendar())


def check_all(folder: Path, form: int) -> None:
    """Everything that was there under that form is there today."""
    store = opened(folder)
    try:
        store.check()
        (case,) = store.all_cases(MONDAY)
        assert (case.number, case.state, case.holder) == ("2026-1102-48203915", State.CLAIMED, "王丽")
        view = store.case(SENT.id)
        assert view.submission == SENT
        assert [event.kind for event in view.events][:4] == [
            "submitted",
            "claimed",
            "info_asked",
            "info_received",
        ]
        assert [event.words for event in view.events][2:4] == [ASKED, ANSWERED]
        assert [one.id for one in store.standing_consents(SENT.id)] == ["use", "id-data"]
        kept = store.find_draft(GUIFANG, MONDAY)
        assert kept is not None and NAME in kept.body
        assert [(one.name, one.role) for one in store.accounts()] == [("王丽", Role.STAFF)]
        assert store._db.execute("SELECT level FROM rating").fetchone()[0] == 5
        tables = ("record_row", "rating_task", "sighting", "preference")
        counts = [store._db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]
        assert counts == [int(form >= needed) for needed in (2, 3, 4, 5)]
        store.sign_now()
        own = device_key(folder)
        verdict = store.verify(Trusted({own.id: own.public}))
        assert verdict.good, verdict.faults
        assert store._db.execute("PRAGMA user_version").fetchone()[0] == NEWEST
    finally:
        store.close()


@pytest.mark.parametrize("form", FORMS)
def test_a_box_of_this_form_is_whole_today(tmp_path: Path, form: int) -> None:
    box_of_form(tmp_path / "state", form)
    check_all(tmp_path / "state", form)


@pytest.mark.parametrize("form", [number for number in FORMS if number < NEWEST])
def test_a_kill_in_the_middle_of_the_next_step_leaves_a_box_that_opens(tmp_path: Path, form: int) -> None:
    folder = tmp_path / "state"
    box_of_form(folder, form)
    child = start(partial(_die_in_the_step_after, folder, form))
    assert [line.strip() for line in child.lines] == ["changed"]
    child.lines.close()
    _, status = os.waitpid(child.pid, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    db = connect(folder / FILE_NAME)
    assert db.execute("PRAGMA user_version").fetchone()[0] == form
    db.close()
    check_all(folder, form)


def _die_in_the_step_after(folder: Path, form: int, say: Say) -> None:
    def half_done(db: Database) -> None:
        MIGRATIONS[form](db)
        say("changed")
        os.kill(os.getpid(), signal.SIGKILL)

    db = connect(folder / FILE_NAME)
    migrate(db, AT, (*MIGRATIONS[:form], half_done))


def test_nothing_that_people_said_stays_readable_after_the_upgrade(tmp_path: Path) -> None:
    box_of_form(tmp_path / "state", 1)
    assert NAME.encode() in (tmp_path / "state" / FILE_NAME).read_bytes()
    opened(tmp_path / "state").close()
    found = b"".join(one.read_bytes() for one in (tmp_path / "state").iterdir())
    assert NAME.encode() not in found
