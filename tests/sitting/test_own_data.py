"""Zhang Guifang looks at what is held of her, with her card, over a real store (K32, K35, PIPL 44-47)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.cases.requests import Standing
from kiosk.cases.states import Actor, Role
from kiosk.catalogue import load_catalogue
from kiosk.flow.moves import Back, CardLaid, Choose, ContentCome, Move
from kiosk.flow.page import Page
from kiosk.flow.pages.own_data import content_line
from kiosk.flow.papers import paper_of
from kiosk.paths import data_file
from kiosk.security.centre_keys import new_pair
from kiosk.sitting.content_room import Opened
from kiosk.sitting.visit import Visit
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from kiosk.text import Privacy, Text
from tests.conftest import StandingClock
from tests.flow.residents import ALLOWANCE, GUIFANG, LI_MEI, WORLD
from tests.sitting.conftest import ZONE, fill_in, made
from voice.privacy import Output, heard

VOICE = load_catalogue("voice")
WANG = Actor("王丽", Role.STAFF)
NUMBER = GUIFANG["id_number"]
DOOR = (Choose("query"), Choose("held"))
CONTENT = (*DOOR, Choose("cases"), Choose("0"), Choose("content"))


def visit_of(store: Store, clock: StandingClock, *, names: bool = False) -> Visit:
    visit = Visit(WORLD, store, b"k" * 32, clock, zone=ZONE, names=names)
    visit._content_room._patience = 0.0
    return visit


@pytest.fixture
def hers(store: Store, clock: StandingClock) -> Visit:
    """She has handed in an elderly allowance and comes again."""
    first = visit_of(store, clock)
    made(first, CardLaid(GUIFANG), Choose("do"), Choose(ALLOWANCE.id), Choose("no"))
    fill_in(first)
    made(first, Choose("submit"))
    visit = visit_of(store, clock)
    made(visit, CardLaid(GUIFANG))
    return visit


@pytest.fixture
def desk(store: Store, tmp_path: Path, clock: StandingClock) -> Iterator[Store]:
    """Another program on the same store, with keys; the kiosk has none from now on."""
    beside = open_store(tmp_path / "state", clock=clock, calendar=load_calendar(data_file("calendars")))
    store.keyring.lie_open({})
    yield beside
    beside.close()


def words(page: Page) -> str:
    return " ".join(text.show("zh") for text in (page.heading, *page.body))


def in_the_hall(text: Text, language: str = "zh") -> str:
    return heard(text, language, Output.LOUDSPEAKER, VOICE)


def kinds(store: Store) -> list[str]:
    return [row["kind"] for row in store._db.execute("SELECT kind FROM event ORDER BY n").fetchall()]


def person_of(store: Store) -> str:
    return str(store._db.execute("SELECT person_key FROM cases").fetchone()[0])


def case_id(store: Store) -> str:
    return str(store._db.execute("SELECT id FROM cases").fetchone()[0])


def test_what_is_held_is_told_with_its_days(hers: Visit) -> None:
    page = made(hers, *DOOR)
    assert "1件" in words(page)
    page = made(hers, Choose("cases"))
    assert "天" in page.choices[0].detail.show("zh")
    assert NUMBER not in words(page)


def test_on_an_open_box_she_sees_what_she_filled_in_at_once_numbers_in_part(
    hers: Visit, store: Store
) -> None:
    page = made(hers, *CONTENT)
    assert GUIFANG["name"] in words(page)
    assert NUMBER not in words(page)
    assert all(NUMBER not in in_the_hall(line) for line in page.body)
    assert kinds(store)[-1] == "content_shown"


def test_what_she_wrote_herself_is_not_heard_in_full_and_half_an_option_never(hers: Visit) -> None:
    """K26: what is chosen is heard as where it was chosen, what is written in part at most."""
    made(hers, *CONTENT)
    lines = hers.sitting.own_data.content if hers.sitting.own_data else None
    assert lines is not None
    for line in lines:
        said, whole = in_the_hall(content_line(line, WORLD.texts)), line.value.show("zh")
        assert (whole in said) is (line.chosen and line.value.privacy is Privacy.OPEN), line.label.show("zh")
    assert sum(line.chosen for line in lines) > 1


def test_her_own_card_laid_again_leaves_her_where_she_is(hers: Visit) -> None:
    before = made(hers, *CONTENT)
    again = made(hers, CardLaid(GUIFANG))
    assert (again.id, words(again)) == (before.id, words(before))


def test_whoever_leaves_the_page_takes_it_along(hers: Visit) -> None:
    made(hers, *CONTENT, Back())
    assert hers.sitting.own_data is not None and hers.sitting.own_data.content is None


def test_another_card_shuts_it(hers: Visit) -> None:
    page = made(hers, *CONTENT, CardLaid(LI_MEI))
    assert hers.sitting.own_data is None
    assert GUIFANG["name"] not in words(page)
    made(hers, Choose("mistake"), *DOOR)
    assert hers.sitting.place == "held-card"


def test_without_a_card_the_card_is_asked_for_and_leads_on(
    hers: Visit, store: Store, clock: StandingClock
) -> None:
    visit = visit_of(store, clock)
    made(visit, Choose("zh"), Choose("go"), Choose("without"), *DOOR)
    assert visit.sitting.place == "held-card"
    assert "1件" in words(made(visit, CardLaid(GUIFANG)))


def test_where_no_desk_answers_staff_print_it(hers: Visit, store: Store, desk: Store) -> None:
    page = made(hers, *CONTENT)
    assert "打印给您" in words(page)
    assert [one.wish for one in desk.waiting_requests()] == ["print"]


def test_a_desk_with_keys_opens_it_for_this_visit(hers: Visit, store: Store, desk: Store) -> None:
    """The page says that it is being opened, and turns by itself."""
    came: list[Move] = []
    there = threading.Event()

    def tell(move: Move) -> None:
        came.append(move)
        there.set()

    hers.listen(tell)
    hers._content_room._patience = 60.0
    assert "请稍等" in words(made(hers, *CONTENT))
    assert desk.open_contents(WANG, 1) == 1
    assert there.wait(30)
    assert GUIFANG["name"] in words(made(hers, *came))
    assert store._db.execute("SELECT count(*) FROM request").fetchone()[0] == 0
    assert kinds(store)[-3:] == ["content_asked", "content_opened", "content_shown"]


def test_who_goes_back_or_away_has_asked_for_nothing_any_more(hers: Visit, store: Store, desk: Store) -> None:
    hers.listen(lambda move: None)
    hers._content_room._patience = 60.0
    made(hers, *CONTENT, Choose("go"))
    assert hers.sitting.place == "held-case:0"
    assert store._db.execute("SELECT count(*) FROM request").fetchone()[0] == 0


def test_what_cannot_be_read_is_printed_by_staff_as_the_page_says(
    hers: Visit, store: Store, desk: Store
) -> None:
    """A promise without a line at the desk would be kept by nobody."""
    asked = store.ask_content(case_id(store), person_of(store), new_pair().public)
    assert desk.open_contents(WANG, 1) == 1
    hers._content_room._patience = 60.0
    assert hers._content_room._waited(asked, new_pair().private, threading.Event()) is None
    assert [one.wish for one in desk.waiting_requests()] == ["print"]


def test_a_store_that_is_busy_for_a_moment_is_asked_again(hers: Visit, store: Store, desk: Store) -> None:
    mine = new_pair()
    asked = store.ask_content(case_id(store), person_of(store), mine.public)
    assert desk.open_contents(WANG, 1) == 1
    writing = ExitStack()
    writing.enter_context(desk._writing())
    store._patience, hers._content_room._patience = 0.0, 60.0

    class Rest(threading.Event):
        """Whoever wrote is done by the next look."""

        def wait(self, timeout: float | None = None) -> bool:
            writing.close()
            return False

    lines = hers._content_room._waited(asked, mine.private, Rest())
    assert lines is not None and lines[0].field == "name"


def test_what_comes_too_late_is_not_shown(hers: Visit) -> None:
    made(hers, *CONTENT, Back(), Choose("wrong"))
    place = hers.sitting.place
    made(hers, ContentCome(case_id(hers._store), ()))
    assert hers.sitting.place == place
    assert hers.sitting.own_data is not None and hers.sitting.own_data.content is None


def test_nothing_of_what_was_opened_is_in_a_repr() -> None:
    assert "秘密" not in repr(Opened("c", "s", ("秘密",)))  # type: ignore[arg-type]


def test_what_is_wrong_goes_to_the_desk_and_the_answer_comes_back(
    hers: Visit, store: Store, clock: StandingClock
) -> None:
    made(hers, *DOOR, Choose("cases"), Choose("0"), Choose("wrong"), Choose("hukou"))
    assert hers.sitting.place == "held-done"
    (request,) = store.waiting_requests()
    assert request.field == "hukou"
    store.answer_request(request.id, WANG, Standing.DONE, "户口改成本区了")
    again = visit_of(store, clock)
    page = made(again, CardLaid(GUIFANG))
    assert any(choice.detail.show("zh") == "工作人员给您回话了" for choice in page.choices)
    page = made(again, *DOOR, Choose("cases"), Choose("0"))
    assert "户口改成本区了" in words(page)
    for language, came in (("zh", "您说写错的，改好了"), ("en", "What you called wrong is settled")):
        (said,) = [one for one in (in_the_hall(line, language) for line in page.body) if came in one]
        assert "户口改成" not in said  # K26: staff may have written anything of her
    assert kinds(store)[-1] == "request_told"


def test_what_goes_on_cannot_be_erased_what_was_withdrawn_goes(hers: Visit, store: Store) -> None:
    page = made(hers, *DOOR, Choose("cases"), Choose("0"), Choose("erase"))
    assert "还在办" in words(page)
    made(hers, Choose("withdraw"), Choose("withdraw"), Choose("yes"), Choose("go"), Back())
    page = made(hers, Choose("held"), Choose("cases"), Choose("0"), Choose("erase"))
    assert page.focus == "no" and page.binding
    page = made(hers, Choose("yes"))
    assert "清掉了" in words(page)
    assert "没有留着" in words(made(hers, Choose("go")))
    assert kinds(store)[-1] == "erased"


def test_who_looked_is_told_by_role_or_where_the_centre_wants_it_by_name(
    hers: Visit, store: Store, clock: StandingClock
) -> None:
    store.record_view(case_id(store), WANG, "id_number")
    by_role = words(made(hers, *DOOR, Choose("looks")))
    assert "工作人员看过" in by_role and WANG.name not in by_role
    named = visit_of(store, clock, names=True)
    assert WANG.name in words(made(named, CardLaid(GUIFANG), *DOOR, Choose("looks")))


def test_the_papers_have_numbers_in_part(hers: Visit) -> None:
    made(hers, *DOOR)
    held = paper_of(hers.sitting, hers._world)
    made(hers, Choose("cases"), Choose("0"), Choose("content"))
    content = paper_of(hers.sitting, hers._world)
    for paper, wanted in ((held, hers.sitting.cases[0].number), (content, GUIFANG["name"])):
        assert paper is not None
        shown = " ".join(text.show("zh") for text in paper.texts())
        assert wanted in shown and NUMBER not in shown
