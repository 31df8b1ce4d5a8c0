"""Before handing in: complete, consistent, eligible, each with its reason; nobody is kept from handing in."""

from __future__ import annotations

from kiosk.flow.moves import Back, Choose
from kiosk.flow.precheck import FOUND, Finding, FindingKind, pre_check
from kiosk.flow.sitting import Errand, Sitting
from kiosk.text import LANGUAGES
from tests.flow.every_kind import SERVICE, SOUND, done, errands, on, page, words
from tests.flow.residents import GUIFANG, TRIAL


def found(**other: str) -> dict[str, Finding]:
    """The findings for these answers, by their words."""
    return _of(on("check", card=None, **other))


def _of(sitting: Sitting) -> dict[str, Finding]:
    findings = pre_check(SERVICE, sitting.path(TRIAL), TRIAL.texts)
    return {finding.text.show("zh"): finding for finding in findings}


def _one(findings: dict[str, Finding], words: str) -> Finding:
    (finding,) = [finding for text, finding in findings.items() if words in text]
    return finding


def test_every_paper_that_is_still_to_come_is_named() -> None:
    """A card that was read and a paper that was shown are not among them."""
    later = found(booklet="later")
    assert _one(later, "户口簿").ok is False and _one(later, "户口簿").kind is FindingKind.COMPLETE
    assert not any("户口簿" in text for text in found(booklet="here"))
    with_card = _of(on("check", card=GUIFANG))
    assert not any("带到窗口" in text for text in with_card)
    assert _one(with_card, "材料都齐了").ok is True


def test_a_rule_that_holds_and_one_that_does_not_say_so_in_their_own_words() -> None:
    held = found()
    assert _one(held, "要买的东西不超过两百元").ok is True
    dear = SOUND["goods"].replace("60.00", "260.00")
    broken = found(goods=dear)
    assert _one(broken, "要买的东西超过两百元").ok is False
    assert _one(broken, "要买的东西超过两百元").kind is FindingKind.ELIGIBLE
    assert _one(held, "证件号码看得明白").kind is FindingKind.CONSISTENT


def test_what_the_answers_do_not_tell_is_left_to_staff() -> None:
    """Not known is not no."""
    open_question = on("check", "income")
    finding = _one(_of(open_question), "收入")
    assert finding.ok is None and "工作人员会看" in finding.text.show("zh")


def test_a_stop_that_was_not_met_is_a_reason_why_not() -> None:
    assert _one(found(), "年满十八岁").ok is True
    young = on("stop:too-young", birth_date="2010-01-10", id_number="")
    assert not any("年满十八岁" in text for text, finding in _of(young).items() if finding.ok)


def test_a_stop_that_was_never_asked_about_says_nothing() -> None:
    assert not any("十八" in text for text in _of(on("question:birth_date", "birth_date")))


def test_what_is_not_as_it_should_be_comes_first() -> None:
    order = [finding.ok for finding in found(booklet="later").values()]
    assert order == sorted(order, key=(False, None, True).index)


def to_submit(**other: str) -> Sitting:
    return done(done(on("check", card=None, **other), Choose("go")).go("sign"), Choose("key"))


def test_the_page_to_hand_in_says_how_many_there_are_to_note() -> None:
    """K24: it says it in one sentence; K13: the numbers to look again and to hand in stay what they are."""
    at_submit = to_submit(booklet="later")
    assert at_submit.place == "submit"
    assert "有2条请您留意" in words(page(at_submit))
    assert [choice.id for choice in page(at_submit).choices] == ["look", "submit", FOUND]
    assert page(at_submit).focus == "look"


def test_where_all_is_well_it_says_so() -> None:
    done_with_card = on("submit", "birth_date", "name", "id_number", card=GUIFANG)
    checked = done(done(done_with_card.go("check"), Choose("go")).go("sign"), Choose("key"))
    assert "都对上了" in words(page(checked))


def test_every_reason_is_told_in_both_languages_and_leads_back() -> None:
    at_submit = to_submit(booklet="later", goods=SOUND["goods"].replace("60.00", "900.00"))
    told = done(at_submit, Choose(FOUND))
    for language in LANGUAGES:
        for finding in pre_check(SERVICE, at_submit.path(TRIAL), TRIAL.texts):
            assert finding.text.show(language) in words(page(told), language)
    for move in (Choose("go"), Back()):
        assert done(told, move) == at_submit
    assert Errand.SUBMIT not in errands(told, Choose("submit")), "nothing is handed in from here (K13)"


def test_nothing_found_keeps_anybody_from_handing_in() -> None:
    at_submit = to_submit(booklet="later", goods=SOUND["goods"].replace("60.00", "900.00"))
    assert errands(at_submit, Choose("submit")) == (Errand.SUBMIT,)
