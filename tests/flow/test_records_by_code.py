"""A licence is checked by the code on it: typed by anybody, without a card, and nobody's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.looking_up import key_of
from kiosk.flow.moves import Back, CardLaid, Choose, Enter, Move
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.querying import record_services
from kiosk.flow.records import KeyKind, RecordKey, RecordLine, RecordNews, RecordState
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.turn import turn
from kiosk.text import same
from tests.flow.residents import GUIFANG, LI_MEI, WORLD, begun, moved

SHOP = "small-shop-start"
CODE, OTHER_CODE = "9901 2026 0417", "9901 2021 0088"
LICENCE = WORLD.services[SHOP].find_question("licence")
OWN = WORLD.services[SHOP].find_question("my_licence")


def news(question: str = "licence", state: RecordState = RecordState.FOUND) -> RecordNews:
    lines = (RecordLine(same("店名"), same("李梅小吃店")),) if state is RecordState.FOUND else ()
    return RecordNews(question, state, "licence-codes", same("执照登记"), lines)


def typing(card: dict[str, str] | None = None) -> Sitting:
    """On the page where the code is typed."""
    return moved(begun(card, SHOP), Choose("check"))


def errands(sitting: Sitting, move: Move) -> tuple[Errand, ...]:
    return turn(sitting, move, WORLD).errands


def words(sitting: Sitting) -> str:
    page: Page = page_of(sitting, WORLD)
    return " ".join(text.show("zh") for text in (page.heading, *page.body))


def offered(sitting: Sitting) -> list[str]:
    return [choice.id for choice in page_of(sitting, WORLD).choices]


def test_a_code_is_looked_up_without_a_card_and_without_a_word_of_who_asks() -> None:
    """K35: no consent and no identity question stands between the door and the answer."""
    assert typing().place == "question:licence_code"
    assert Errand.LOOK_UP_RECORD in errands(typing(), Enter(CODE))
    waiting = moved(typing(), Enter(CODE))
    assert waiting.place == "question:licence"
    assert "正在替您查" in words(waiting)
    assert not waiting.path(WORLD).consents
    told = moved(waiting, news())
    assert "李梅小吃店" in words(told)
    assert offered(told) == ["right", "wrong", "person"]
    assert moved(told, Choose("right")).place == "stop:checked"


@pytest.mark.parametrize("card", [None, GUIFANG, LI_MEI])
def test_what_is_looked_up_is_the_code_whoevers_card_lies_there(card: dict[str, str] | None) -> None:
    path = moved(typing(card), Enter(CODE)).path(WORLD)
    assert key_of(LICENCE, path) == RecordKey(KeyKind.CODE, CODE)


def test_the_own_licence_is_looked_up_by_the_card_and_by_nothing_that_was_typed() -> None:
    agreeing = {"consent:look": Choose("yes"), "consent:id-data": Choose("yes")}
    by_card = moved(begun(LI_MEI, SHOP), Choose("mine"), agreeing["consent:look"])
    by_card = moved(by_card, agreeing["consent:id-data"])
    assert by_card.place == "question:my_licence"
    assert key_of(OWN, by_card.path(WORLD)) == RecordKey(KeyKind.ID_NUMBER, LI_MEI["id_number"])

    typed = moved(begun(None, SHOP), Choose("mine"), Choose("yes"), Enter("李梅"), Choose("yes"))
    before = typed
    typed = moved(before, Enter(LI_MEI["id_number"]))
    assert typed.place == "question:my_licence"
    assert Errand.LOOK_UP_RECORD not in errands(before, Enter(LI_MEI["id_number"]))
    assert key_of(OWN, typed.path(WORLD)) is None
    assert "身份证" in words(typed)


def test_another_code_forgets_what_was_found_and_what_was_said_of_it() -> None:
    told = moved(typing(), Enter(CODE), news(), Choose("right"))
    again = moved(told.go("question:licence_code"), Enter(OTHER_CODE))
    assert again.place == "question:licence"
    assert "licence" not in again.given.records
    assert "licence" not in again.path(WORLD).answers
    assert "李梅小吃店" not in words(again)
    assert Errand.LOOK_UP_RECORD in errands(told.go("question:licence_code"), Enter(OTHER_CODE))


def test_the_same_code_again_keeps_it() -> None:
    told = moved(typing(), Enter(CODE), news())
    same_again = moved(told, Back(), Enter(CODE))
    assert "李梅小吃店" in words(same_again)
    assert Errand.LOOK_UP_RECORD not in errands(moved(told, Back()), Enter(CODE))


def test_a_card_that_is_laid_meanwhile_changes_nothing_of_it() -> None:
    told = moved(typing(), Enter(CODE), news())
    laid = turn(told, CardLaid(GUIFANG), WORLD)
    assert "李梅小吃店" in words(laid.sitting)
    assert Errand.LOOK_UP_RECORD not in laid.errands


def test_another_code_leaves_the_persons_own_record_alone() -> None:
    """Each record goes with its own key."""
    own = moved(begun(LI_MEI, SHOP), Choose("mine"), Choose("yes"), Choose("yes"), news("my_licence"))
    both = moved(own.go("question:aim"), Choose("check"), Enter(CODE), news())
    assert set(both.given.records) == {"my_licence", "licence"}
    assert set(moved(both.go("question:licence_code"), Enter(OTHER_CODE)).given.records) == {"my_licence"}


def test_a_code_that_nobody_knows_is_told_in_words_of_its_own() -> None:
    """Nothing "of yours" was looked for, and the way back to the code is told."""
    told = moved(typing(), Enter(CODE), news(state=RecordState.NOTHING))
    assert "没有查到这个号" in words(told)
    assert "您的记录" not in words(told)
    assert offered(told) == ["missing", "person"]
    stopped = moved(told, Choose("missing"))
    assert stopped.place == "stop:no-such-code"
    assert moved(stopped, Choose("fix"), Back()).place == "question:licence_code"


def test_without_the_code_nothing_is_looked_up() -> None:
    """As after a story in which the question with the code was not asked."""
    bare = typing()
    unasked = LICENCE.model_copy(update={"ask_if": None})
    service = WORLD.services[SHOP]
    without = service.model_copy(
        update={"question": (unasked, *(one for one in service.question if one.id != "licence"))}
    )
    world = replace(WORLD, services={SHOP: without})
    page = page_of(bare.go("question:licence"), world)
    assert "没有填号" in page.heading.show("zh")
    assert [choice.id for choice in page.choices] == ["staff", "person"]


def test_my_records_do_not_list_what_only_some_are_shown() -> None:
    assert SHOP not in record_services(WORLD)
