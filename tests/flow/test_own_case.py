"""A case of one's own at the kiosk: what staff changed is heard, an authority is taken back (K40, K41)."""

from __future__ import annotations

import datetime
from dataclasses import replace

from kiosk.flow.moves import Back, CaseChanged, CaseLine, Choose, ToldChange
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.turn import turn
from kiosk.text import Privacy, Text, same
from tests.flow.residents import ALLOWANCE, GUIFANG, WORLD, at_home, moved

PHONE = ToldChange(
    "phone", Text({"zh": "电话", "en": "Phone"}), "少了一位", same("139****0000", Privacy.PRIVATE)
)
CASE = CaseLine(
    number="2026-1102-48203915",
    ticket="A007",
    title=ALLOWANCE.title.text(),
    stage=WORLD.texts["stage.accepted"],
    due=datetime.date(2026, 12, 14),
    case_id="case-1",
    open=True,
)


def with_case(**what: object) -> Sitting:
    case = replace(CASE, **what)  # type: ignore[arg-type]
    return replace(at_home(GUIFANG), cases=(case,), place="query-cases")


def words(page: Page) -> str:
    return " ".join(text.show("zh") for text in (page.heading, *page.body))


def chosen(page: Page) -> list[str]:
    return [choice.id for choice in page.choices]


def test_home_says_that_there_is_a_change_to_hear() -> None:
    home = page_of(with_case(changes=(PHONE,)).go("home"), WORLD)
    (door,) = [choice for choice in home.choices if choice.id == "query"]
    assert door.detail.show("zh") == "有一处改动请您听"


def test_a_case_with_a_change_opens_on_it_and_the_answer_is_an_errand() -> None:
    asked = moved(with_case(changes=(PHONE,)), Choose("0"))
    assert asked.place == "query-change:0"
    page = page_of(asked, WORLD)
    assert "改了「电话」" in words(page) and "139****0000" in words(page) and "少了一位" in words(page)
    assert page.binding and page.focus == "no" and chosen(page) == ["yes", "no"]
    assert turn(asked, Choose("yes"), WORLD).errands == (Errand.CALL_RIGHT,)
    assert turn(asked, Choose("no"), WORLD).errands == (Errand.CALL_WRONG,)
    assert moved(asked, Back()).place == "query:0"


def test_what_this_box_cannot_open_is_not_called_right_here() -> None:
    asked = moved(with_case(changes=(replace(PHONE, value=None),)), Choose("0"))
    assert chosen(page_of(asked, WORLD)) == ["person", "later"]
    assert turn(asked, Choose("yes"), WORLD).errands == ()
    assert moved(asked, Choose("later")).place == "query:0"


def test_what_came_of_it_is_said_and_leads_back_to_the_cases() -> None:
    asked = moved(with_case(changes=(PHONE,)), Choose("0"))
    for outcome in ("change_right", "change_wrong"):
        done = moved(asked, CaseChanged(outcome, (CASE,)))
        assert WORLD.texts[f"query_done.{outcome}"].show("zh") in words(page_of(done, WORLD))
        assert moved(done, Choose("go")).place == "query-cases"


def test_an_authority_is_taken_back_with_one_question() -> None:
    case = moved(with_case(acted_for=True), Choose("0"))
    assert "authority" in chosen(page_of(case, WORLD))
    asked = moved(case, Choose("authority"))
    assert page_of(asked, WORLD).focus == "no"
    assert turn(asked, Choose("yes"), WORLD).errands == (Errand.WITHDRAW_AUTHORITY,)
    assert moved(asked, Choose("no")).place == "query:0"


def test_where_nobody_acts_nothing_can_be_taken_back() -> None:
    case = moved(with_case(), Choose("0"))
    assert "authority" not in chosen(page_of(case, WORLD))
    assert moved(case, Choose("authority")).place == "query:0"
