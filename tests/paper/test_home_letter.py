"""A letter to whoever could not be called: its window, its words, and what nobody reads from outside."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.cases.submission import AnswerRecord
from kiosk.cases.views import CaseView
from kiosk.catalogue import load_catalogue
from kiosk.flow.document import Code, Document, Paragraph, Window
from kiosk.flow.source import Source
from kiosk.paper.choices import Kind, papers_for
from kiosk.paper.font import find_font
from kiosk.paper.house import House
from kiosk.paper.letters import letter
from kiosk.paper.pdf import pdf
from kiosk.paper.plain import plain_text
from kiosk.paths import data_file
from kiosk.services.load import load_shelf
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from kiosk.text import Privacy, same
from tests.desk_screens.desk_site import NUMBER, DeskClock, application
from tests.store.people import WANG

TODAY = date(2026, 11, 2)
HOME = "梧桐街道12号楼2单元101室"


@pytest.fixture(scope="module")
def house() -> House:
    shelf = load_shelf(data_file("services")).services
    zone = ZoneInfo("Asia/Shanghai")
    return House(same("幸福路社区服务中心"), "000-12345", zone, load_catalogue("paper"), shelf)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    calendar = load_calendar(data_file("calendars"))
    opened = open_store(tmp_path / "state", clock=DeskClock(), calendar=calendar)
    yield opened
    opened.close()


def at_home(store: Store, *, private: bool = False) -> int:
    """A visit to her home, in Wang Li's hand: of this service the address is known."""
    plain = application("case-1")
    privacy = Privacy.PRIVATE if private else Privacy.MASKED
    home = AnswerRecord("home", {"zh": "住址", "en": "Home"}, HOME, {"zh": HOME}, Source.RESIDENT, privacy)
    store.submit(replace(plain, service_id="home-care-visit", answers=(*plain.answers, home)))
    return store.claim("case-1", WANG).epoch


def asked(store: Store) -> CaseView:
    store.ask_info("case-1", WANG, at_home(store), "户口簿", date(2026, 11, 9))
    return store.case("case-1")


def written(view: CaseView, house: House, language: str = "zh") -> str:
    return plain_text(letter(Kind.HOME, view, house, TODAY), 64, language).replace("\n", "")


def window(paper: Document) -> str:
    (found,) = (block.text.show("zh") for block in paper.blocks if isinstance(block, Window))
    return found


def test_it_greets_by_name_says_what_is_missing_by_when_and_whom_to_ask(store: Store, house: House) -> None:
    words = written(asked(store), house)
    for part in ("张桂芳，您好", "户口簿", "2026年11月9日", "000-12345", "念给您听"):
        assert part in words


def test_a_decision_says_what_it_came_to_and_what_can_be_done(store: Store, house: House) -> None:
    store.reject("case-1", WANG, at_home(store), "户口在外区。")
    words = written(store.case("case-1"), house)
    assert "户口在外区。" in words and "行政复议" in words and "2027年1月1日" in words


def test_the_window_shows_where_and_to_whom_and_nothing_of_the_matter(store: Store, house: House) -> None:
    assert window(letter(Kind.HOME, asked(store), house, TODAY)) == f"{HOME}\n张桂芳"


def test_where_no_address_is_known_or_it_is_private_only_the_name_stands_there(
    store: Store, house: House
) -> None:
    store.ask_info("case-1", WANG, at_home(store, private=True), "户口簿", TODAY)
    assert window(letter(Kind.HOME, store.case("case-1"), house, TODAY)) == "张桂芳"


def test_who_gave_no_name_is_greeted_all_the_same(store: Store, house: House) -> None:
    view = asked(store)
    nameless = replace(view, submission=replace(view.submission, answers=()))
    first = next(
        one for one in letter(Kind.HOME, nameless, house, TODAY).blocks if isinstance(one, Paragraph)
    )
    assert first.text.show("zh") == "您好："


def test_no_number_of_hers_stands_on_it_and_the_code_holds_the_case_alone(store: Store, house: House) -> None:
    view = asked(store)
    paper = letter(Kind.HOME, view, house, TODAY)
    assert NUMBER not in plain_text(paper, 64, "zh")
    assert [block.words for block in paper.blocks if isinstance(block, Code)] == [view.summary.number]


def test_there_is_one_while_there_is_something_to_tell(store: Store, house: House) -> None:
    def kinds() -> set[Kind]:
        return {one.kind for one in papers_for(store.case("case-1"), house.services)}

    epoch = at_home(store)
    assert Kind.HOME not in kinds()
    store.complete("case-1", WANG, epoch, "好了")
    assert Kind.HOME in kinds()
    store.tell("case-1", WANG, "电话")
    assert Kind.HOME not in kinds()


@pytest.mark.parametrize("long", [1, 12])
def test_the_address_lies_within_the_window_of_the_envelope_however_long(
    store: Store, house: House, long: int
) -> None:
    """DL with a window of 90 x 45 mm, 20 mm from the left: 45 to 90 mm from the top of the sheet."""
    view = asked(store)
    paper = letter(Kind.HOME, view, house, TODAY)
    far = replace(
        paper,
        blocks=tuple(
            Window(same(f"{HOME * long}\n张桂芳")) if isinstance(block, Window) else block
            for block in paper.blocks
        ),
    )
    heights = [297 - 25.4 / 72 * y for _, y in text_places(pdf(far, find_font(), "zh"))]
    within = [height for height in heights if 45 <= height <= 90]
    assert len(within) >= 2
    assert within[0] == min(heights), "nothing stands above the window"
    assert all(height > 100 for height in heights if height not in within), "nothing below it shows, too"


def text_places(content: bytes) -> list[tuple[float, float]]:
    """Where on its page each line of text begins, in points from the lower left."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.S)
    first = next(drawn for drawn in map(_unpacked, streams) if b" Td " in drawn)
    return [(float(x), float(y)) for x, y in re.findall(rb"BT ([\d.]+) ([\d.]+) Td", first)]


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream
