"""Misheard, the person says what they meant, and hears that back; nothing counts without a yes (K05, K13)."""

from __future__ import annotations

import pytest

from kiosk.flow.page import Figures
from kiosk.flow.sitting import Sitting
from kiosk.ports import NotUnderstood, Understood, Unsure
from tests.voice.understanding.conversations import CONSENT, FIELDS, WHO, after, page, said_back
from tests.voice.understanding.spoken_pages import EN, ZH
from voice.understanding import Pack, expectation, grammar, understand

PHONE, RECEIPT = FIELDS[Figures.PHONE], FIELDS[Figures.RECEIPT]
MISHEARD = after(WHO, ZH, "二")


def answered(sitting: Sitting, said: str, pack: Pack = ZH) -> object:
    return understand([said], expectation(page(sitting), pack.language), pack)


@pytest.mark.parametrize(
    "said",
    ["不对，是一", "不对，一", "不是，是一", "错了，是第一个", "一", "第一个", "不是二，是一",
     "不对，给自己办"],
)  # fmt: skip
def test_the_other_choice_is_said_back_in_its_turn(said: str) -> None:
    mended = after(MISHEARD, ZH, said)
    assert (said_back(MISHEARD), said_back(mended)) == ("family", "self")
    assert page(mended).heading.show("zh").startswith("您说的是1，")
    assert mended.given == WHO.given, "nothing counts yet"
    assert after(mended, ZH, "对").place == after(WHO, ZH, "一", "对").place != WHO.place


@pytest.mark.parametrize("said", ["不对", "不是", "不对，是二", "错了错了", "不是二"])
def test_a_no_that_names_nothing_else_leads_back_to_the_page(said: str) -> None:
    back = after(MISHEARD, ZH, said)
    assert (back.said_back, back.place, back.unheard) == (None, WHO.place, 1)


@pytest.mark.parametrize("said", ["二", "第二个", "是不是一", "火车", "一还是二", "三"])
def test_the_same_again_a_doubt_and_other_words_change_nothing(said: str) -> None:
    assert said_back(after(MISHEARD, ZH, said)) in ("family", "")
    assert after(MISHEARD, ZH, said).given == WHO.given


def test_it_is_the_same_in_english() -> None:
    misheard = after(WHO, EN, "two")
    for said in ("no, one", "no, it's one", "one", "the first one", "sorry, I mean one"):
        assert said_back(after(misheard, EN, said)) == "self", said
    assert after(misheard, EN, "no").said_back is None


def test_an_agreement_in_place_of_a_misheard_refusal_is_asked_about_too() -> None:
    """K13: 您说的是「不同意」，对吗？ 同意。"""
    mended = after(CONSENT, ZH, "不同意", "同意")
    assert (said_back(mended), mended.given) == ("yes", CONSENT.given)
    assert after(CONSENT, ZH, "同意", "不同意").said_back is None


@pytest.mark.parametrize(
    "said", ["不对，是三", "不对是三", "不是，是三", "错了，三", "不对，应该是三", "不，三"]
)
def test_a_no_with_one_digit_mends_the_last_one(said: str) -> None:
    misheard = after(PHONE, ZH, "幺三八", "对", "零零幺四")
    assert said_back(after(misheard, ZH, said)) == "1380013"


@pytest.mark.parametrize("said", ["不对，是零零幺三", "不是，零零幺三", "零零幺三", "不对零零幺三"])
def test_the_group_may_be_said_anew(said: str) -> None:
    misheard = after(PHONE, ZH, "幺三八", "对", "零零七三")
    assert said_back(after(misheard, ZH, said)) == "1380013"


def test_a_correction_that_cannot_be_is_a_plain_no() -> None:
    back = after(PHONE, ZH, "幺三八", "不对，是二五八")
    assert (back.said_back, back.typed) == (None, PHONE.typed)


def test_of_a_number_in_fours_the_last_four_are_put_right() -> None:
    misheard = after(RECEIPT, ZH, "二零二六", "对", "幺幺零三")
    assert said_back(after(misheard, ZH, "不对，是幺幺零二")) == "20261102"


def test_a_landline_is_said_in_groups_or_in_one_breath() -> None:
    """0833-2123456, as it stands in everybody's book."""
    groups = after(PHONE, ZH, "零八三三", "对", "二幺二", "对", "三四五六")
    at_once = after(PHONE, ZH, "零八三三二幺二三四五六")
    two = after(PHONE, ZH, "零八三三", "对", "二幺二三四五六")
    assert said_back(groups) == said_back(at_once) == said_back(two) == "08332123456"
    assert after(groups, ZH, "对头").given == after(at_once, ZH, "是的").given != PHONE.given
    assert said_back(after(PHONE, ZH, "零幺零", "对", "六二三四", "对", "五六七八")) == "01062345678"


@pytest.mark.parametrize(
    "said", ["零八三三二幺二三四五", "零八", "零零八三三二幺二三四五六", "零幺零六二三四五六七"]
)
def test_half_a_landline_is_not_taken(said: str) -> None:
    assert after(PHONE, ZH, said).said_back is None


def test_what_can_be_named_instead_is_listened_for() -> None:
    """Without it 四 is heard as 是, which is a yes."""
    phrases = set(grammar(expectation(page(MISHEARD), "zh"), ZH))
    assert {"一", "第二个", "不对", "对"} <= phrases
    digits = set(grammar(expectation(page(after(PHONE, ZH, "幺三八")), "zh"), ZH))
    assert {*"零幺四十"} - {"十"} <= digits


# alternatives


@pytest.mark.parametrize("heard", [["同意", "不同意"], ["不同意", "同意"], ["我同意", "火车", "不同意"]])
def test_a_yes_beside_a_no_is_neither(heard: list[str]) -> None:
    """K13: never the first one taken."""
    expected = expectation(page(CONSENT), "zh")
    assert understand(heard, expected, ZH) == Unsure(("yes", "no"))
    assert after(CONSENT, ZH, heard).given == CONSENT.given


@pytest.mark.parametrize("heard", [["对", "不对"], ["是的", "不是的"], ["嗯", "不对"], ["不是", "是"]])
def test_nor_is_it_where_something_is_said_back(heard: list[str]) -> None:
    unsure = after(MISHEARD, ZH, heard)
    assert (unsure.said_back is not None, unsure.unheard) == (True, 1)


def test_words_that_agree_with_one_another_are_an_answer() -> None:
    expected = expectation(page(MISHEARD), "zh")
    assert understand(["对", "对的", "火车"], expected, ZH) == Understood(choice="yes")
    assert understand(["不对", "不是"], expected, ZH) == Understood(choice="no")
    assert understand(["火车", "对"], expected, ZH) == NotUnderstood()
