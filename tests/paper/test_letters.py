"""What stands on the papers of a case, from a real store: what, by when, whom to ask, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.cases.authority import Agreed, AuthorityRecord
from kiosk.cases.states import Actor, Role
from kiosk.cases.views import CaseView
from kiosk.catalogue import load_catalogue
from kiosk.flow.document import Code, Document, Drawn, Form, Listing
from kiosk.paper.case_form import case_form
from kiosk.paper.choices import Kind, papers_for
from kiosk.paper.font import find_font
from kiosk.paper.house import House, months_on
from kiosk.paper.letters import letter, number_slip, spoken
from kiosk.paper.pdf import pdf
from kiosk.paper.plain import plain_text
from kiosk.paper.receipt import receipt_bytes, receipt_lines
from kiosk.paths import data_file
from kiosk.services.acting import Acting
from kiosk.services.load import load_shelf
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from kiosk.text import same
from tests.desk_screens.desk_site import MONDAY, NUMBER, DeskClock, application

STAFF = Actor("王丽", Role.STAFF)
TODAY = date(2026, 11, 2)
CENTRE, PHONE = "幸福路社区服务中心", "000-12345"
STROKES = "[[[2000,400,0],[8000,400,300]],[[5000,100,500],[5000,1900,900]]]"
LETTER = ({"zh": "张桂芳请李小梅帮着办这件事。", "en": "Zhang asks Li to help."},)


@pytest.fixture(scope="module")
def house() -> House:
    shelf = load_shelf(data_file("services")).services
    return House(same(CENTRE), PHONE, ZoneInfo("Asia/Shanghai"), load_catalogue("paper"), shelf)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    calendar = load_calendar(data_file("calendars"))
    opened = open_store(tmp_path / "state", clock=DeskClock(), calendar=calendar)
    yield opened
    opened.close()


@pytest.fixture
def epoch(store: Store) -> int:
    """A signed application with a letter of authority, in Wang Li's hand."""
    plain = application("case-1")
    assert plain.signature is not None
    authority = AuthorityRecord(
        Acting.FAMILY, date(2026, 12, 2), LETTER, "d", Agreed.CARD, MONDAY, {"zh": "女儿", "en": "daughter"}
    )
    store.submit(replace(plain, signature=replace(plain.signature, strokes=STROKES), authority=authority))
    return store.claim("case-1", STAFF).epoch


def words(kind: Kind, view: CaseView, house: House, language: str = "zh") -> str:
    return plain_text(letter(kind, view, house, TODAY), 64, language).replace("\n", "")


def kinds(view: CaseView, house: House) -> list[Kind]:
    return [choice.kind for choice in papers_for(view, house.services)]


def test_everything_that_is_missing_stands_on_one_paper_and_can_be_read_out(
    store: Store, epoch: int, house: House
) -> None:
    store.ask_info("case-1", STAFF, epoch, "户口簿\n\n银行卡复印件", date(2026, 11, 9))
    view = store.case("case-1")
    paper = letter(Kind.MISSING, view, house, TODAY)
    (listing,) = (block for block in paper.blocks if isinstance(block, Listing))
    assert [item.show("zh") for item in listing.items] == ["户口簿", "银行卡复印件"]
    assert "2026年11月9日" in words(Kind.MISSING, view, house)
    said = [text.say("zh") for text in spoken(paper)]
    assert "户口簿" in said and not any(view.summary.number in one for one in said)
    assert kinds(view, house)[0] is Kind.MISSING


def test_the_slip_says_what_we_have_and_the_day_that_stands_on_the_board(
    store: Store, epoch: int, house: House
) -> None:
    """K36; the date on the paper is the date on the board."""
    store.accept("case-1", STAFF, epoch)
    view = store.case("case-1")
    due = view.summary.deadline.due
    told = words(Kind.ACCEPTANCE, view, house)
    assert f"{due.year}年{due.month}月{due.day}日" in told and "老人身份证" in told
    assert view.summary.number in told


def test_a_wait_says_why_and_until_when(store: Store, epoch: int, house: House) -> None:
    store.hold("case-1", STAFF, epoch, "派出所系统检修", date(2026, 11, 10))
    told = words(Kind.HOLD, store.case("case-1"), house)
    assert "派出所系统检修" in told and "2026年11月10日" in told


def test_a_refusal_says_why_what_can_be_done_and_by_when(store: Store, epoch: int, house: House) -> None:
    """60 days and six months from the day the person knows; until they are told, from today."""
    store.reject("case-1", STAFF, epoch, "户口在外区。")
    told = words(Kind.DECISION, store.case("case-1"), house)
    assert "户口在外区。" in told and "2027年1月1日" in told and "2027年5月2日" in told
    assert Kind.COMPLETION not in kinds(store.case("case-1"), house)


def test_the_letter_has_the_very_sentences_that_were_read_and_how_it_is_taken_back(
    store: Store, epoch: int, house: House
) -> None:
    view = store.case("case-1")
    assert Kind.LETTER in kinds(view, house)
    told = words(Kind.LETTER, view, house)
    assert LETTER[0]["zh"] in told and "收回" in told and "女儿" in told and "还没有点头" not in told


def test_no_paper_but_the_form_names_anybody_in_its_code_or_has_their_number(
    store: Store, epoch: int, house: House
) -> None:
    store.accept("case-1", STAFF, epoch)
    view = store.case("case-1")
    for choice in papers_for(view, house.services):
        if choice.kind is Kind.FORM:
            continue
        paper = letter(choice.kind, view, house, TODAY)
        assert NUMBER not in plain_text(paper, 64, "zh")
        assert [block.words for block in paper.blocks if isinstance(block, Code)] == [view.summary.number]


def test_the_official_form_has_its_fields_side_by_side_the_answers_and_the_signature_as_drawn(
    store: Store, epoch: int, house: House
) -> None:
    paper, _ = case_form(store.case("case-1"), "form", house, load_catalogue("author"), TODAY)
    form = next(block for block in paper.blocks if isinstance(block, Form))
    assert [len(row) for row in form.rows] == [2, 1, 2, 2, 2]
    shown = {label.show("zh"): value.show("zh") for label, value in form.fields}
    assert shown["身份证号"] == NUMBER and shown["姓名"] == "张桂芳" and shown["银行卡号"] == ""
    (drawn,) = (block for block in paper.blocks if isinstance(block, Drawn))
    assert len(drawn.strokes) == 2
    materials, consents = (block for block in paper.blocks if isinstance(block, Listing))
    assert not materials.ticked and consents.ticked and len(consents.items) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_paper_is_drawn_on_a4_and_on_both_rolls(
    store: Store, epoch: int, house: House, language: str
) -> None:
    store.accept("case-1", STAFF, epoch)
    view = store.case("case-1")
    papers: list[Document] = [number_slip("A017", 3, "9:30", house, TODAY)]
    papers += [
        letter(choice.kind, view, house, TODAY)
        for choice in papers_for(view, house.services)
        if choice.kind is not Kind.FORM
    ]
    papers.append(case_form(view, "form", house, load_catalogue("author"), TODAY)[0])
    for paper in papers:
        assert pdf(paper, find_font(), language).startswith(b"%PDF")
        for columns in (32, 48):
            assert receipt_bytes(receipt_lines(paper, columns, language))
        if paper is not papers[-1]:
            assert CENTRE in plain_text(paper, 64, language) and PHONE in plain_text(paper, 64, language)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 2), 6, date(2027, 5, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_there_is(day: date, months: int, later: date) -> None:
    assert months_on(day, months) == later
