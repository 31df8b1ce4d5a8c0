"""Visits in a real Chromium that no other host answers: by touch, apart from others, and nothing left."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from kiosk.clock import SystemClock
from kiosk.display.type_size import BANDS, Size
from kiosk.flow.signature import Strokes, read
from kiosk.paths import data_file, shipped_config
from kiosk.store import open_store
from kiosk.store.calendars import load_calendar
from tests.journeys.kiosk_terminal import KioskTerminal
from tests.journeys.resident import Resident, words
from tests.serve.chromium import Page
from tests.serve.conftest import PER_MM, Serve, Served, Tablet
from tests.serve.glass import FIRST, GREETED, Glass, at_the_first_page, come_with_card

pytestmark = pytest.mark.slow
STATE = "document.body?.dataset.state"


def resident(glass: Glass) -> Resident:
    """Who reads the glass and touches it."""
    return Resident(cast(KioskTerminal, glass))


def strokes_of(data: Path, receipt: str) -> Strokes | None:
    """What was signed with the finger, of the case that was handed in."""
    calendar = load_calendar(data_file("calendars"))
    with closing(open_store(data, clock=SystemClock(), calendar=calendar)) as store:
        case_id = store.case_id_of(receipt)
        assert case_id is not None
        signature = store.case(case_id).submission.signature
    return read(signature.strokes or "") if signature else None


def sign(glass: Glass) -> None:
    """A stroke with the finger, over the dots."""
    rows = [row for row, line in enumerate(glass.cells) if "·" * 4 in "".join(line)]
    glass.page.touch(*(glass.pixels(5 + step / 2, rows[0] + 0.5 + step / 50) for step in range(40)))


def test_from_card_to_receipt_by_touch_and_nothing_from_elsewhere(
    serve: Serve, tablet: Tablet, data: Path, tmp_path: Path
) -> None:
    served = serve("--demo")
    page = tablet(served)
    glass = come_with_card(page)
    somebody = resident(glass)
    somebody.go_to("sign.heading")
    sign(glass)
    glass.shows(words("bar.drawn"))
    glass.keep_picture(tmp_path / "signed.png")
    somebody.choose("bar.drawn")
    somebody.go_to("goodbye.take_it")
    glass.keep_picture(tmp_path / "goodbye.png")
    (receipt,) = somebody.receipts
    strokes = strokes_of(data, receipt)
    assert strokes is not None and len(strokes) == 1 and len(strokes[0]) > 20
    ours = (served.base, served.base.replace("http", "ws"))
    assert all(asked.startswith(ours) for asked in page.asked_for())
    assert page.complaints() == []


def test_two_visits_know_nothing_of_one_another_and_a_third_waits(serve: Serve, tablet: Tablet) -> None:
    served = serve("--demo", "--visits", "2")
    one, other = tablet(served), tablet(served)
    come_with_card(one)
    assert GREETED not in at_the_first_page(other).text
    assert len(served.visits()) == 2
    third = tablet(served)
    third.until(STATE, lambda state: state == "full")
    one.close()
    at_the_first_page(third)
    assert GREETED not in Glass(third).text


def test_who_comes_after_a_reload_finds_the_first_page(serve: Serve, tablet: Tablet) -> None:
    served = serve("--demo", "--visits", "1")
    page = tablet(served)
    come_with_card(page)
    before = served.visits()
    page.reload()
    glass = at_the_first_page(page)
    assert GREETED not in glass.text
    assert len(served.visits()) == 1 and not before & served.visits()


def test_a_page_shows_nothing_of_a_visit_once_the_kiosk_has_ended(serve: Serve, tablet: Tablet) -> None:
    served = serve("--demo")
    page = tablet(served)
    glass = come_with_card(page)
    assert served.end() == 0
    page.until(STATE, lambda state: state == "wait")
    assert GREETED not in str(page.value("terminal.buffer.active.getLine(2).translateToString()"))
    assert glass.cells == []


def test_a_page_that_is_let_in_no_more_says_so_by_itself(serve: Serve, tablet: Tablet) -> None:
    served = serve("--demo")
    page = tablet(served)
    at_the_first_page(page)
    port = served.base.rpartition(":")[2]
    assert served.end() == 0
    page.until(STATE, lambda state: state == "wait")
    serve("--demo", "--new-token", "--port", port)
    page.until("document.body?.innerText", lambda text: text and "请叫工作人员" in text)


def test_letters_grow_and_the_grid_with_them(serve: Serve, tablet: Tablet) -> None:
    """The size is told as to xterm: the page takes it, and the program the new grid."""
    page = tablet(serve("--demo"), (1920, 1080), 5.56)
    glass = at_the_first_page(page)
    pixels, columns = page.value("terminal.options.fontSize"), page.value("terminal.cols")
    glass.type_until("t", "terminal.options.fontSize", lambda now: now > pixels)
    page.until("terminal.cols", lambda now: now < columns)
    glass.shows(FIRST)


def test_held_upright_a_small_tablet_says_to_turn_it_and_then_goes_on(serve: Serve, tablet: Tablet) -> None:
    page = tablet(serve("--demo"), (800, 1280))
    page.until(STATE, lambda state: state == "small")
    page.turn(1280, 800)
    at_the_first_page(page)


def test_a_large_tablet_may_be_held_upright(serve: Serve, tablet: Tablet, tmp_path: Path) -> None:
    page = tablet(serve("--demo"), (800, 1280), 4.06)
    glass = come_with_card(page)
    glass.keep_picture(tmp_path / "upright.png")


def test_what_browsers_do_with_keys_and_fingers_they_do_not_do_here(serve: Serve, tablet: Tablet) -> None:
    page = tablet(serve("--demo"))
    at_the_first_page(page)
    page.value(
        "window.let = []; for (const name of ['keydown', 'contextmenu', 'wheel', 'paste']) {"
        " const note = (event) => { if (!event.defaultPrevented) window.let.push(event.key || name); };"
        " addEventListener(name, note, true); }"
    )
    for key, code, with_what in (
        ("p", 80, 2),
        ("s", 83, 2),
        ("F5", 116, 0),
        ("F11", 122, 0),
        ("ArrowLeft", 37, 1),
    ):
        page.press(key, code, modifiers=with_what)
    right = {"x": 300, "y": 300, "button": "right", "clickCount": 1}
    page.call("Input.dispatchMouseEvent", {"type": "mousePressed", **right})
    page.call("Input.dispatchMouseEvent", {"type": "mouseReleased", **right})
    for name in ("wheel", "paste", "contextmenu"):
        page.value(f"document.body.dispatchEvent(new Event('{name}', {{bubbles: true, cancelable: true}}))")
    assert page.value("window.let") == []
    at_the_first_page(page)


def test_the_browser_of_the_box_itself_need_not_be_measured(
    serve: Serve, chromium_page: Page, tmp_path: Path
) -> None:
    """The box knows its screen, and the first page has the letters of that screen."""
    settings = tmp_path / "kiosk.toml"
    known = shipped_config().read_text(encoding="utf-8").replace('display = "auto"', 'display = "10.1"')
    settings.write_text(known, encoding="utf-8")
    served = serve("--demo", "--here", "--config", str(settings))
    chromium_page.go(served.address)
    at_the_first_page(chromium_page)
    millimetres = chromium_page.value("terminal.options.fontSize * face().capital") / PER_MM
    assert BANDS[Size.USUAL][0] <= millimetres <= BANDS[Size.USUAL][1]


def test_a_browser_that_nobody_brought_in_is_told_to_call_staff(serve: Serve, chromium_page: Page) -> None:
    served: Served = serve("--demo")
    chromium_page.go(f"{served.base}/")
    chromium_page.until("document.body?.innerText", lambda text: text and "请叫工作人员" in text)
    assert chromium_page.value("typeof terminal") == "undefined"
    assert served.visits() == set()
