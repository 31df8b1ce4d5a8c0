"""A person is told what is held of them, until when, and who looked at it (K35, PIPL 45)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from kiosk.cli import main
from kiosk.store import Store
from tests.store.people import GUIFANG, WANG, HandClock, application, draft


def test_everything_that_leads_to_the_person_is_named(store: Store, clock: HandClock) -> None:
    sent = application()
    sent = replace(sent, consents=tuple(replace(one, keep_days=90) for one in sent.consents))
    over, waiting = store.submit(sent), store.submit(application())
    store.submit(application(person_key="b2" * 32))
    store.record_view(over.case_id, WANG, "id_number")
    store.withdraw(over.case_id, GUIFANG)
    store.save_draft(draft("half"))
    held = store.held(GUIFANG)
    assert {case.number for case in held.cases} == {over.number, waiting.number}
    first = next(case for case in held.cases if case.number == over.number)
    assert str(first.until) == "2027-01-31"
    assert first.consents == ("use", "id-data")
    assert [(one.role, one.what, one.at) for one in first.looks] == [("staff", "id_number", clock.at)]
    assert (held.drafts, held.settings) == (1, False)


def test_a_case_that_is_not_over_has_no_last_day_yet(store: Store) -> None:
    store.submit(application())
    (case,) = store.held(GUIFANG).cases
    assert case.until is None


def test_who_looked_is_told_by_role_and_never_by_name(store: Store, tmp_path: Path) -> None:
    receipt = store.submit(application())
    store.record_view(receipt.case_id, WANG, "id_number")
    words = ["--data", str(tmp_path / "state"), "held", receipt.number]
    shown = CliRunner().invoke(main, words)
    assert shown.exit_code == 0, shown.output
    assert "工作人员看过" in shown.stdout
    assert WANG.name not in shown.stdout
    plain = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)
    assert [one["role"] for one in plain["cases"][0]["looks"]] == ["staff"]


def test_a_number_that_leads_to_nobody_says_so(store: Store, tmp_path: Path) -> None:
    receipt = store.submit(application(person_key=None))
    for number in (receipt.number, "2026-0101-00000000"):
        result = CliRunner().invoke(main, ["--data", str(tmp_path / "state"), "held", number, "--lang", "en"])
        assert (result.exit_code, "leads to nobody" in result.stderr) == (1, True)
