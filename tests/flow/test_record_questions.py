"""A record is looked up for who laid their card, shown as it may be, and called right or wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kiosk.flow.moves import CardLaid, Choose, Help, NextLanguage
from kiosk.flow.records import RecordLine, RecordNews, RecordState
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.turn import turn
from kiosk.services.proof import CardRole
from kiosk.text import Privacy, Text, same
from tests.flow.every_kind import asked, choices, done, errands, on, page, value, words
from tests.flow.residents import DEHOU, GUIFANG, LI_MEI, TRIAL

RECORD = "question:insurance"
LINES = (
    RecordLine(Text({"zh": "缴费月数", "en": "Months paid"}), same("132")),
    RecordLine(Text({"zh": "账号", "en": "Account"}), same("620*******05", Privacy.PRIVATE)),
)


def news(state: RecordState, question: str = "insurance") -> RecordNews:
    found = state is RecordState.FOUND
    return RecordNews(
        question,
        state,
        "social-insurance",
        Text({"zh": "社会保险记录", "en": "Social insurance record"}),
        LINES if found else (),
        datetime(2026, 11, 2, 1, 30, tzinfo=UTC) if found else None,
        date(2026, 10, 31) if found else None,
    )


def waiting() -> Sitting:
    """Just come to the record, with her own card read."""
    return done(on("question:booklet", "insurance", card=GUIFANG), Choose("here"))


def agreeing(sitting: Sitting) -> Sitting:
    """To all that is asked again, now that it is for somebody else."""
    while (asked_again := sitting.path(TRIAL).last.place).startswith("consent:"):
        sitting = done(sitting.go(asked_again), Choose("yes"))
    return sitting


def test_coming_to_it_with_the_own_card_looks_it_up_once() -> None:
    before = on("question:booklet", "insurance", card=GUIFANG)
    assert Errand.LOOK_UP_RECORD in errands(before, Choose("here"))
    for move in (Help(), NextLanguage(), Choose("nothing")):
        assert Errand.LOOK_UP_RECORD not in errands(waiting(), move)
    told = done(waiting(), news(RecordState.FOUND))
    assert Errand.LOOK_UP_RECORD not in errands(told.go("question:booklet"), Choose("here"))


def test_while_it_is_looked_up_the_page_says_so_and_nobody_has_to_wait() -> None:
    """K38: nothing moves by itself, and there is a way on."""
    shown = page(waiting())
    assert "正在替您查" in shown.heading.show("zh")
    assert list(choices(waiting())) == ["staff", "person"]
    assert value(done(waiting(), Choose("staff")), "insurance") == "staff"


def test_what_was_found_is_shown_line_by_line_each_as_private_as_its_field() -> None:
    """K26."""
    told = done(waiting(), news(RecordState.FOUND))
    shown = page(told)
    assert told.place == RECORD
    assert (
        "132" in words(shown) and "2026年10月31日" in words(shown) and "31 October 2026" in words(shown, "en")
    )
    private = next(text for text in shown.body if "620" in text.show("zh"))
    assert private.privacy is Privacy.PRIVATE
    assert list(choices(told)) == ["right", "wrong", "person"]


@pytest.mark.parametrize(
    ("state", "said"),
    [(RecordState.NOTHING, "missing"), (RecordState.AWAY, "staff"), (RecordState.STAFF, "staff")],
)
def test_where_nothing_is_shown_the_page_says_why_and_how_it_goes_on(state: RecordState, said: str) -> None:
    told = done(waiting(), news(state))
    assert list(choices(told)) == [said, "person"]
    assert page(told).body[0].show("en")
    assert done(told, Choose("right")) == told, "nobody can call right what they have not seen"
    assert value(done(told, Choose(said)), "insurance") == said


def test_without_a_card_nothing_is_looked_up_or_shown() -> None:
    """Nobody sees a record for a number they typed."""
    plain = done(on("question:booklet", "insurance"), Choose("here"))
    assert plain.place == RECORD
    assert Errand.LOOK_UP_RECORD not in errands(on("question:booklet", "insurance"), Choose("here"))
    assert "身份证" in words(page(plain))
    assert list(choices(plain)) == ["staff", "person"]


def test_a_helpers_card_does_not_open_another_persons_record() -> None:
    asked_by_daughter = on("question:booklet", "insurance", card=LI_MEI, who="family", agent_name="李梅")
    answers = dict(asked_by_daughter.given.answers)
    answers["card-whose"] = replace(answers["who"], value="actor")
    answers["card-other:subject"] = replace(answers["who"], value="none")
    held = replace(asked_by_daughter, given=replace(asked_by_daughter.given, answers=answers))
    assert held.path(TRIAL).cards.keys() == {"actor"}
    assert Errand.LOOK_UP_RECORD not in errands(held, Choose("here"))


def test_a_card_laid_on_the_page_itself_looks_it_up() -> None:
    plain = asked("insurance")
    made = turn(plain, CardLaid(GUIFANG), TRIAL)
    assert made.sitting.place == RECORD
    assert Errand.LOOK_UP_RECORD in made.errands


def test_an_answer_of_the_source_is_kept_with_the_draft() -> None:
    assert errands(waiting(), news(RecordState.FOUND)) == (Errand.SAVE_DRAFT,)


def test_what_was_signed_is_what_was_shown() -> None:
    """A confirmation is for the record that was on the screen, too."""
    told = done(waiting(), news(RecordState.FOUND), Choose("right"), Choose("go"))
    before = told.path(TRIAL).digest
    other = replace(news(RecordState.FOUND), lines=(LINES[0],))
    again = replace(told, given=replace(told.given, records={"insurance": other}))
    assert again.path(TRIAL).digest != before


def test_who_did_not_wait_is_not_called_back() -> None:
    gone_on = done(waiting(), Choose("staff"))
    later = done(gone_on, news(RecordState.FOUND))
    assert later == gone_on
    back = done(later.go("question:booklet"), Choose("here"))
    assert back.place == RECORD
    assert "132" in words(page(done(back, news(RecordState.FOUND))))


def test_a_record_goes_when_the_application_becomes_another_persons() -> None:
    """What was looked up for her is not shown for her husband, and what she said of it is not said of his."""
    hers = done(waiting(), news(RecordState.FOUND), Choose("right")).go("question:who")
    his = agreeing(done(hers, Choose("family"), Choose("actor"), CardLaid(DEHOU)))
    assert his.path(TRIAL).cards[CardRole.SUBJECT] == DEHOU
    assert value(his, "insurance") is None
    before = his.go("question:booklet")
    assert Errand.LOOK_UP_RECORD in errands(before, Choose("here"))
    assert "132" not in words(page(done(before, Choose("here"))))


def test_a_change_of_whom_it_is_for_leads_from_the_check_page_to_the_record() -> None:
    """With her own record gone, the check page is not where anybody stands."""
    told = done(waiting(), news(RecordState.FOUND), Choose("wrong"))
    his = agreeing(done(told.go("question:who"), Choose("family"), Choose("actor"), CardLaid(DEHOU)))
    looked = done(his.go("question:booklet"), Choose("here"), news(RecordState.FOUND), Choose("wrong"))
    changing = replace(looked.go("question:who"), changing=True)
    again = done(changing, Choose("self"))
    assert again.place == "consent:id-data", "what was agreed for him is asked of her in her own words"
    last = done(again, Choose("yes"))
    assert last.place == "consent:account-data"
    assert Errand.LOOK_UP_RECORD in errands(last, Choose("yes"))
    assert done(last, Choose("yes")).place == RECORD


def test_another_answer_keeps_the_record() -> None:
    told = done(waiting(), news(RecordState.FOUND), Choose("right"))
    assert value(done(told.go("question:phone"), Choose("skip")), "insurance") == "right"


def test_news_for_nobody_changes_nothing() -> None:
    for sitting in (Sitting(place="home", card=DEHOU), asked("phone")):
        for stray in (news(RecordState.FOUND, "phone"), news(RecordState.FOUND, "elsewhere")):
            assert done(sitting, stray) == sitting
