"""More than one card in a visit: whose it is, and who is standing there now."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.entitlement import needed_materials
from kiosk.flow.moves import (
    Back,
    CardLaid,
    CardLifted,
    Choose,
    Enter,
    Move,
    Overlay,
    Quiet,
    Receipt,
    Submitted,
)
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.turn import turn
from kiosk.text import Privacy
from tests.flow.every_kind import asked, words
from tests.flow.residents import (
    ALLOWANCE,
    DEHOU,
    EVERY_KIND,
    GUIFANG,
    JIANGUO,
    LI_MEI,
    TRIAL,
    WORLD,
    at_home,
    begun,
    led,
    moved,
    record_news,
)

FAMILY: dict[str, Move] = {"question:who": Choose("family")}


def asked_whose() -> Sitting:
    """Li Mei's card was laid, and she applies for a relative."""
    return led(begun(LI_MEI), FAMILY, until="card-whose")


def test_the_same_card_laid_again_changes_nothing() -> None:
    again = moved(at_home(GUIFANG), CardLifted(), CardLaid(GUIFANG))
    assert again.place == "home" and again.card == GUIFANG


def test_the_page_that_asks_whose_card_names_it() -> None:
    heading = page_of(asked_whose(), WORLD).heading
    assert "李梅" in heading.show("zh") and "李梅" in heading.show("en")


def test_a_relatives_card_laid_too_early_is_not_asked_for_again() -> None:
    early = moved(asked_whose(), CardLaid(DEHOU), Choose("actor"))
    assert early.place == "question:hukou"
    assert led(early, {}, until="check").path(WORLD).values["name"] == "李德厚"


def test_a_card_that_answers_nothing_is_not_asked_for() -> None:
    """Who sends somebody to a neighbour is not named: one page less."""
    visit = led(begun(GUIFANG, "call-a-visit"), {"question:who": Choose("neighbour")}, until="card-whose")
    assert moved(visit, Choose("subject")).place == "question:what"
    assert moved(visit, Choose("actor")).place == "card-other:subject"


def test_a_card_that_was_read_need_not_be_brought() -> None:
    without = led(begun(), {}, until="check")
    with_card = led(begun(GUIFANG), {}, until="check")
    assert "id-card" in needed_materials(ALLOWANCE, without.path(WORLD))
    assert "id-card" not in needed_materials(ALLOWANCE, with_card.path(WORLD))


def test_a_person_can_be_called_by_every_choice_that_says_so() -> None:
    """K10: also after a consent was refused."""
    refused = moved(begun(GUIFANG), Choose("no"))
    assert "person" in [choice.id for choice in page_of(refused, WORLD).choices]
    made = turn(refused, Choose("person"), WORLD)
    assert made.sitting.overlay is Overlay.CALLED and made.errands == (Errand.CALL_PERSON,)


def test_home_is_not_shown_to_whoever_lays_their_card_over_a_receipt() -> None:
    """Their own visit begins; who takes the card away again leads the first person home."""
    receipt = Receipt("case", "2026-1102-00000001", "A001", WORLD.today)
    handed_in = replace(at_home(GUIFANG), place="receipt", service=ALLOWANCE.id, receipt=receipt)
    laid = moved(handed_in, CardLaid(JIANGUO))
    ended = turn(laid, Choose("home"), WORLD)
    assert Errand.END in ended.errands and ended.sitting.cases == ()
    assert moved(laid, CardLifted(), Choose("home")).place == "home"
    assert moved(handed_in, CardLaid(GUIFANG), Choose("home")).place == "home"


def test_no_card_takes_the_receipt_away() -> None:
    """K36: the number stays to be read, whoever's card is laid on the reader."""
    handed_in = turn(led(begun(), {}), Choose("submit"), WORLD).sitting
    receipt = moved(handed_in, Submitted(Receipt("case", "2026-1102-00000001", "A001", WORLD.today)))
    for card in (GUIFANG, LI_MEI):
        assert moved(receipt, CardLaid(card)).place == "receipt"


def test_a_card_laid_under_the_idle_question_answers_it() -> None:
    asked = moved(at_home(GUIFANG), Quiet())
    assert asked.overlay is Overlay.IDLE
    assert moved(asked, CardLaid(GUIFANG)).overlay is Overlay.NONE


def test_the_idle_question_offers_nothing_that_ends_the_visit() -> None:
    """K31: any key goes on, so no key may be the one that wipes."""
    choices = page_of(moved(at_home(GUIFANG), Quiet()), WORLD).choices
    assert [choice.id for choice in choices] == ["go"]


def test_a_slip_that_led_to_a_stop_can_be_put_right() -> None:
    young = led(begun(), {"question:birth_date": Enter("1999 3 5")}, until="stop:too-young")
    assert young.place == "stop:too-young"
    back = moved(young, Choose("fix"))
    assert back.place == "question:birth_date"
    assert back.given.answers["who"].value


def test_back_to_the_page_of_a_card_that_was_read_loses_nothing() -> None:
    both = moved(asked_whose(), Choose("actor"), CardLaid(DEHOU))
    again = moved(both, Back())
    assert again.place == "card-other:subject"
    assert moved(again, Choose("taken")).given.other_card == DEHOU


def handed_in_for_dehou() -> Sitting:
    """Li Mei has applied for him, and his card still lies there."""
    sent = led(moved(asked_whose(), Choose("actor"), CardLaid(DEHOU)), {})
    receipt = Receipt("case", "2026-1102-00000001", "A001", WORLD.today)
    return moved(sent, Choose("submit"), Submitted(receipt), Choose("home"))


def asked_for_the_other_card(visit: Sitting) -> Sitting:
    """In an application for a relative, begun from home."""
    again = moved(visit, Choose("do"), Choose(ALLOWANCE.id))
    return moved(led(again, FAMILY, until="card-whose"), Choose("actor"))


def test_the_other_card_that_lies_there_already_need_not_be_laid_again() -> None:
    """A second application for the same person: the reader tells of a card once, when it is laid."""
    asked = asked_for_the_other_card(handed_in_for_dehou())
    assert asked.place == "card-other:subject"
    lying = page_of(asked, WORLD).choices[0]
    assert lying.id == "lying" and "李德厚" in lying.detail.show("zh")
    assert lying.detail.privacy is Privacy.MASKED
    taken = moved(asked, Choose("lying"))
    assert taken.given.other_card == DEHOU and not taken.place.startswith("card-other")
    assert led(taken, {}, until="check").path(WORLD).values["name"] == "李德厚"


def test_a_card_that_was_taken_away_is_not_offered() -> None:
    """Nor is the card that began the visit: it is not the other one."""
    for moves in ((CardLifted(),), (CardLifted(), CardLaid(LI_MEI))):
        asked = asked_for_the_other_card(moved(handed_in_for_dehou(), *moves))
        assert asked.place == "card-other:subject"
        assert "lying" not in [choice.id for choice in page_of(asked, WORLD).choices]
        assert moved(asked, Choose("lying")) == asked


LATE: dict[str, str] = {**GUIFANG, "address": "示例省样本市幸福路一号"}


def test_a_first_card_in_the_middle_is_acknowledged() -> None:
    asked_birth = led(begun(None), {}, until="question:birth_date")
    late = moved(asked_birth, CardLaid(GUIFANG))
    assert late.place != "question:birth_date"
    assert "身份证读好了" in words(page_of(late, WORLD))


def test_the_wrong_card_that_came_out_late_can_be_exchanged() -> None:
    wrong = moved(led(begun(), {}, until="question:hukou"), CardLaid(DEHOU), CardLifted())
    assert wrong.path(WORLD).values["birth_date"] == DEHOU["birth_date"]
    asked = moved(wrong, CardLaid(LATE))
    assert asked.card == DEHOU, "whose it is, is asked first"
    made = turn(asked, Choose("instead"), WORLD)
    assert made.errands == (Errand.LOOK_UP_CARD, Errand.FIND_SAME), "who it is for now is another"
    assert made.sitting.card == LATE
    assert made.sitting.path(WORLD).values["birth_date"] == LATE["birth_date"]
    assert made.sitting.given.answers == wrong.given.answers


def test_an_application_that_is_kept_for_its_card_is_not_exchanged() -> None:
    """K32: nobody goes on as somebody else."""
    own = led(replace(begun(GUIFANG), keep=True), {}, until="question:hukou")
    asked = moved(own, CardLaid(DEHOU))
    assert "instead" not in [choice.id for choice in page_of(asked, WORLD).choices]
    assert moved(asked, Choose("instead")) == asked
    assert (asked.card, asked.given) == (GUIFANG, own.given)


def test_what_the_wrong_cards_records_said_goes_with_it() -> None:
    question = TRIAL.services[EVERY_KIND].find_question("insurance")
    late = replace(asked("insurance", card=DEHOU), keep=None)
    told = moved(late, record_news(question, "right"), Choose("right"), world=TRIAL)
    assert "insurance" in told.given.answers
    right = moved(told, CardLaid(GUIFANG), Choose("instead"), world=TRIAL)
    assert "insurance" not in right.given.answers and right.given.records == {}
    assert right.cases == () and right.earlier == {}
