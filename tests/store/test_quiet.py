"""Nothing a person said, typed or is called gets into logs, exceptions, reprs or file names (K46)."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.cases.moves import IllegalMove
from kiosk.store import Store, StoreTrouble
from kiosk.store.sealing import HANDED_IN
from kiosk.store.statements import CASE_BODY
from tests.store.people import MONDAY, NAME, NUMBER, WANG, HandClock, application, draft

WRITTEN = "写给张桂芳的话"
CANARIES = (NAME, NUMBER, "桂芳", WRITTEN, "[[1,2]", "a1a1a1")


def _complaint(act: Callable[[], object]) -> str:
    with pytest.raises((IllegalMove, StoreTrouble)) as raised:
        act()
    return "".join(traceback.format_exception(raised.value)) + repr(raised.value) + str(raised.value)


def test_no_complaint_of_the_store_repeats_what_a_person_gave(store: Store, clock: HandClock) -> None:
    sent = application()
    store.submit(sent)
    old = store.claim(sent.id, WANG)
    clock.forward(hours=1)
    store.claim(sent.id, WANG)
    complaints = [
        _complaint(lambda: store.complete(sent.id, WANG, old.epoch, WRITTEN)),
        _complaint(lambda: store.withdraw(sent.id, NUMBER)),
        _complaint(lambda: store.case(NUMBER)),
    ]
    with store._writing() as db:
        row = db.execute(CASE_BODY, (sent.id,)).fetchone()
        no_form = store._sealed(db, row, HANDED_IN, json.dumps({"answers": [NAME, NUMBER]}))
        db.execute("UPDATE event SET sealed = ? WHERE seq = 1", (no_form,))
    complaints.append(_complaint(lambda: store.case(sent.id)))
    store._db.execute("DROP TABLE draft")
    complaints.append(_complaint(lambda: store.save_draft(draft("d"))))
    complaints.append(_complaint(lambda: store.submit(application())))
    for complaint in complaints:
        assert [canary for canary in CANARIES if canary in complaint] == []


def test_values_show_no_content_when_printed(store: Store) -> None:
    sent = application()
    store.submit(sent)
    held = store.claim(sent.id, WANG)
    store.reject(sent.id, WANG, held.epoch, WRITTEN)
    seen = [sent, draft("d"), store.case(sent.id), store.cases_of("a1" * 32), store.open_cases(MONDAY)]
    assert [canary for canary in CANARIES if canary in repr(seen)] == []


def test_nothing_is_logged_or_named_after_a_person(
    store: Store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    store.save_draft(draft("d"))
    store.submit(application())
    store.sweep_drafts(MONDAY + timedelta(days=2))
    out, err = capfd.readouterr()
    folder = store._db.execute("PRAGMA database_list").fetchone()["file"]
    for canary in CANARIES:
        assert canary not in caplog.text + out + err + folder
