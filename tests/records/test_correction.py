"""The right to correction, from the record on the screen to its answer under 我办的事."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from kiosk.cases.states import Actor, Role
from kiosk.flow.moves import CardLaid, Choose
from kiosk.paths import data_file
from kiosk.records.opening import Box, open_office
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import GUIFANG, WORLD, ways_on

KEY = b"k" * 32
WANG = Actor("王丽", Role.STAFF)


@pytest.fixture
def visit(store: Store, clock: StandingClock) -> Visit:
    box = Box(data_file("."), store, KEY, clock, "Asia/Shanghai")
    office = open_office(data_file("records"), box, demo=True)
    here = Visit(WORLD, store, KEY, clock, zone=ZoneInfo("Asia/Shanghai"), records=office)
    here.do(CardLaid(GUIFANG))
    return here


def go_on(visit: Visit, until: str) -> None:
    for _ in range(60):
        if visit.sitting.place == until:
            return
        visit.do(next(ways_on(visit.sitting)))
    raise AssertionError(f"never came to {until}")


@pytest.mark.parametrize(
    ("service", "question", "told"),
    [
        ("social-insurance-record", "record", {"累计缴费": "336个月", "社保号": "990********29"}),
        ("income-tax-record", "record", {"年度": "2025", "年度汇算": "不用办"}),
        ("court-case-lookup", "case", {"办到": "等开庭"}),
    ],
)
def test_what_is_wrong_becomes_a_case_with_what_was_shown(
    service: str, question: str, told: dict[str, str], visit: Visit, store: Store
) -> None:
    for move in (Choose("query"), Choose("records"), Choose(service)):
        visit.do(move)
    go_on(visit, f"question:{question}")
    visit.do(Choose("wrong"))
    go_on(visit, "submit")
    visit.do(Choose("submit"))
    receipt = visit.sitting.receipt
    assert receipt is not None
    (evidence,) = store.case(receipt.case_id).submission.evidence
    shown = {label["zh"]: value["zh"] for label, value in evidence.lines}
    assert shown.items() >= told.items()
    assert evidence.at is not None

    claim = store.claim(receipt.case_id, WANG)
    store.complete(receipt.case_id, WANG, claim.epoch, "查过了，已经改好。")
    for move in (Choose("home"), Choose("query"), Choose("mine"), Choose("0")):
        page = visit.do(move)
    assert "已经改好" in " ".join(text.show("zh") for text in page.body)
