"""Answers by voice: said back before they count; other help at each miss; what binds needs a clear yes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import load_catalogue
from kiosk.flow.hearing import PATIENCE
from kiosk.flow.moves import (
    Back,
    CardLaid,
    Choose,
    Enter,
    Heard,
    HeardAmong,
    Help,
    Miss,
    Missed,
    Overlay,
    Quiet,
)
from kiosk.flow.page import Entry, Figures, Keyboard, Page, PageKind
from kiosk.flow.pages.hearing import ALOUD, NEITHER, hint, typed_words
from kiosk.flow.pages.now import page_of
from kiosk.flow.pages.parts import spelled
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.turn import turn
from kiosk.text import LANGUAGES, Privacy, same
from tests.flow.every_kind import asked
from tests.flow.reached import entry_pages, reached, world_at
from tests.flow.residents import (
    AT_EIGHTY,
    DEHOU,
    EVERY_KIND,
    GUIFANG,
    TRIAL,
    WORLD,
    asked_at,
    at_home,
    begun,
    led,
    moved,
    record_news,
    samples,
)
from voice.privacy import Output, heard

HAN = re.compile(r"[㐀-鿿]")
WHO = led(begun(None), AT_EIGHTY, "question:who")
PHONE = led(begun(None), AT_EIGHTY, "question:phone")
CONSENT = led(begun(None), AT_EIGHTY, "consent:use")
AT_SUBMIT = led(begun(None), AT_EIGHTY)
FAMILY = Heard("family", 2)
OWN_PHONE = Entry(Keyboard.DIGITS, figures=Figures.PHONE, secret=True)
A_RECEIPT = Entry(Keyboard.DIGITS, figures=Figures.RECEIPT)


def heading(sitting: Sitting, language: str = "zh") -> str:
    return page_of(sitting, world_at(sitting)).heading.show(language)


def test_what_zhang_says_is_read_back_to_her_before_it_counts() -> None:
    asked_back = moved(WHO, FAMILY)
    page = page_of(asked_back, WORLD)
    label = next(c.label for c in page_of(WHO, WORLD).choices if c.id == "family").show("zh")
    assert page.heading.show("zh") == f"您说的是2，「{label}」。对吗？"
    assert [choice.id for choice in page.choices] == ["yes", "no"]
    assert (asked_back.place, asked_back.given) == (WHO.place, WHO.given), "nothing has counted yet"


def test_her_yes_makes_it_the_same_as_a_key() -> None:
    by_voice = turn(moved(WHO, FAMILY), Heard("yes", 1), WORLD)
    by_key = turn(WHO, Choose("family"), WORLD)
    assert by_voice == by_key
    assert turn(moved(WHO, FAMILY), Choose("yes"), WORLD) == by_key, "the key 1 says yes as well"


def test_her_no_leads_back_and_she_is_asked_again() -> None:
    for no in (Heard("no", 2), Choose("no")):
        again = moved(WHO, FAMILY, no)
        assert page_of(again, WORLD) == page_of(WHO, WORLD)
        assert (again.unheard, again.miss) == (1, Miss.WRONG)
    back = moved(WHO, FAMILY, Back())
    assert back == WHO, "the Back key blames nobody"


def test_help_over_what_is_read_back_leads_back_to_it() -> None:
    asked_back = moved(WHO, FAMILY)
    helped = moved(asked_back, Help())
    assert page_of(helped, WORLD).id == "help@heard@question:who"
    assert moved(helped, Help()) == moved(helped, Choose("go")) == asked_back


def test_of_two_that_sound_alike_she_chooses_and_is_asked_once_more() -> None:
    either = moved(WHO, HeardAmong(("self", "family")))
    page = page_of(either, WORLD)
    assert [choice.id for choice in page.choices] == ["self", "family", NEITHER]
    assert turn(either, Choose("family"), WORLD) == turn(WHO, Choose("family"), WORLD), "a key is sure"
    said = moved(either, Heard("family", 2))
    assert heading(said).startswith("您说的是2")
    assert moved(said, Heard("yes")).given == moved(WHO, Choose("family")).given
    neither = moved(either, Heard(NEITHER, 3))
    assert (page_of(neither, WORLD), neither.unheard) == (page_of(WHO, WORLD), 1)


def test_one_of_which_the_page_knows_nothing_is_not_offered() -> None:
    assert moved(WHO, Heard("nobody", 3)) == WHO
    unsure = moved(WHO, HeardAmong(("nobody", "family")))
    assert (unsure.said_back, unsure.unheard) == (None, 1)


@pytest.mark.parametrize("place", ["language", "welcome"])
def test_the_language_and_the_only_way_on_are_not_asked_about(place: str) -> None:
    """It could not be asked in a language that is not theirs; and one way on cannot be the wrong one."""
    at = Sitting(place=place)
    choice = "en" if place == "language" else "go"
    assert moved(at, Heard(choice, 1)) == moved(at, Choose(choice))


@pytest.mark.parametrize("choice", ["yes", "no"])
def test_an_agreement_is_read_back_too_and_a_held_key_does_not_give_it(choice: str) -> None:
    """K35."""
    page = page_of(moved(CONSENT, Heard(choice, 1)), WORLD)
    assert page.binding and page.focus == "no"
    counted = moved(CONSENT, Heard(choice, 1), Heard("yes", 1))
    assert counted.given == moved(CONSENT, Choose(choice)).given


def test_it_is_handed_in_only_after_what_was_heard_was_read_back() -> None:
    """K13: the deliberate act stays one."""
    heard = turn(AT_SUBMIT, Heard("submit", 2), WORLD)
    assert heard.errands == ()
    page = page_of(heard.sitting, WORLD)
    assert (page.focus, page.binding, page.kind) == ("no", True, PageKind.CHOICE)
    assert page.guard == page_of(AT_SUBMIT, WORLD).guard
    assert turn(heard.sitting, Heard("yes", 1), WORLD).errands == (Errand.SUBMIT,)


def test_of_two_answers_that_bind_a_held_key_chooses_neither() -> None:
    """K13."""
    page = page_of(moved(AT_SUBMIT, HeardAmong(("submit", "look"))), WORLD)
    assert page.focus == NEITHER
    assert turn(moved(AT_SUBMIT, Heard("submit", 2)), Choose("submit"), WORLD).errands == ()


@given(st.lists(st.sampled_from([Heard("submit", 2), HeardAmong(("look", "submit")), Missed(Miss.UNCLEAR)])))
def test_no_words_hand_it_in_without_a_yes(said: list[Heard | HeardAmong | Missed]) -> None:
    """K13: whatever is misheard, and however often."""
    sitting = AT_SUBMIT
    for move in said:
        made = turn(sitting, move, WORLD)
        assert made.errands == ()
        sitting = made.sitting


# what is dictated


def test_a_dictated_birthday_is_read_back_as_a_date() -> None:
    at = led(begun(None), AT_EIGHTY, "question:birth_date")
    assert heading(moved(at, Heard(typed="1944 3 5"))) == "您说的是「1944年3月5日」，对吗？"
    counted = moved(at, Heard(typed="1944 3 5"), Heard("yes"))
    assert counted.given == moved(at, Enter("1944 3 5")).given


def test_a_day_of_the_old_calendar_is_read_back_once_not_twice() -> None:
    """The page that turns it into an ordinary date asks for a yes already."""
    at = asked("birth_date")
    read = moved(at, Heard(typed="农历 1944 2 11"), world=TRIAL)
    assert (read.offer is not None, read.said_back) == (True, None)
    assert moved(read, Heard("yes"), world=TRIAL).given == moved(read, Choose("yes"), world=TRIAL).given


def test_what_cannot_be_right_says_so_at_once() -> None:
    """K11, K09: and what was heard stands in the field, to be put right by hand."""
    at = led(begun(None), AT_EIGHTY, "question:birth_date")
    refused = moved(at, Heard(typed="2030 1 1"))
    assert refused.said_back is None and refused.refused is not None
    assert refused.typed == "2030 1 1"


def test_a_phone_number_is_dictated_group_by_group() -> None:
    """Each group counts with a yes and stays in the field; a no drops it and keeps what was there."""
    first = moved(PHONE, Heard(typed="138"), Heard("yes"))
    assert (first.place, first.typed, first.given) == (PHONE.place, "138", PHONE.given)
    entry = page_of(first, WORLD).entry
    assert entry is not None and entry.value == "138"
    wrong = moved(first, Heard(typed="1380015"), Heard("no"))
    assert (wrong.typed, wrong.unheard) == ("138", 1)
    whole = moved(first, Heard(typed="1380013"), Heard("yes"), Heard(typed="13800138000"))
    assert whole.given == PHONE.given, "also the last group waits for its yes"
    assert moved(whole, Heard("yes")).given == moved(PHONE, Enter("13800138000")).given


@pytest.mark.parametrize(
    ("entry", "typed", "shown", "privacy"),
    [
        (OWN_PHONE, "13800138000", "1380 0138 000", Privacy.PRIVATE),
        (A_RECEIPT, "2026110248203915", "2026 1102 4820 3915", Privacy.OPEN),
        (Entry(Keyboard.ID_NUMBER, figures=Figures.IDENTITY), "99010119440305002X", "99", Privacy.PRIVATE),
        (Entry(Keyboard.MONEY), "12.5", "12.5元", Privacy.MASKED),
        (Entry(Keyboard.DATE, boxes=(same("年"),)), "1944 3 5", "1944年3月5日", Privacy.MASKED),
        (Entry(Keyboard.DATE, secret=True), "1944 3 5", "1944年3月5日", Privacy.PRIVATE),
        (Entry(Keyboard.TEXT), "张桂芳", "张桂芳", Privacy.MASKED),
        (Entry(Keyboard.TEXT), "幸福路" * 40, "幸福路", Privacy.MASKED),
    ],
)  # fmt: skip
def test_what_is_read_back_can_be_checked_by_eye_and_is_as_private_as_its_field(
    entry: Entry, typed: str, shown: str, privacy: Privacy
) -> None:
    """K26: the loudspeaker says a private number by its last figures; the screen shows it to the person."""
    words = typed_words(entry, typed, WORLD.texts)
    assert shown in words.show("zh")
    assert words.privacy is privacy
    assert len(words.show("zh")) < 100


def dictated(typed: str) -> Sitting:
    """Zhang has told her phone number in the hall, or the first part of it."""
    return moved(PHONE, Heard(typed=typed))


def in_the_hall(sitting: Sitting, language: str = "zh") -> str:
    return heard(page_of(sitting, WORLD).heading, language, Output.LOUDSPEAKER, load_catalogue("voice"))


def test_the_hall_hears_how_long_a_private_number_was_and_is_still_asked_whether_it_is_right() -> None:
    """K26: one figure that was lost is noticed without a look at the screen."""
    assert in_the_hall(dictated("13812345678")) == "您说了11位数字，尾号78，对吗？"
    assert in_the_hall(dictated("13812345678"), "en") == "You said 11 digits, ending in 78, is that right?"
    assert in_the_hall(dictated("138")) == "您说了3位数字，对吗？", "two figures would be most of it"


def test_who_wants_it_has_a_private_number_said_in_full_and_nobody_else() -> None:
    """K26: by one choice that says who else would hear it; it counts no sooner for that."""
    said = dictated("13812345678")
    page = page_of(said, WORLD)
    assert [choice.id for choice in page.choices] == ["yes", "no", ALOUD]
    assert "旁边听得见" in page.choices[2].label.say("zh")
    for way in (Choose(ALOUD), Heard(ALOUD, 3)):
        aloud = moved(said, way)
        assert in_the_hall(aloud) == "您说的是「幺三八幺，二三四五，六七八」，对吗？"
        assert heading(aloud) == heading(said), "the screen showed it before"
        assert [choice.id for choice in page_of(aloud, WORLD).choices] == ["yes", "no"]
        assert moved(aloud, Choose("yes")).given == moved(said, Choose("yes")).given != said.given
        assert ALOUD not in repr(moved(aloud, Choose("no")).said_back), "the next one is not said by itself"


def test_an_identity_number_is_said_with_its_x() -> None:
    assert spelled(WORLD.texts, "5100 001X").say("zh") == "五幺零零，零零幺X"
    assert spelled(WORLD.texts, "5100 001X").say("en").endswith("zero zero one X")


def test_only_a_private_number_can_be_had_said_aloud() -> None:
    back = moved(WHO, FAMILY)
    assert moved(back, Choose(ALOUD)) == back


def test_a_long_number_is_read_back_to_its_end_in_every_language() -> None:
    words = typed_words(A_RECEIPT, "2026110248203915", WORLD.texts)
    assert words.say("en").endswith("three nine one five”, is that right?")


def test_an_open_number_is_read_back_digit_by_digit() -> None:
    words = typed_words(A_RECEIPT, "2026110248203915", WORLD.texts)
    assert "二零二六，幺幺零二" in words.say("zh")


def test_whoever_dictates_a_private_number_is_heard_by_everybody() -> None:
    """K26: so no microphone opens by itself there."""
    private = {
        sitting.place for sitting in entry_pages().values() if page_of(sitting, world_at(sitting)).overheard
    }
    assert {"question:phone", "question:id_number", "question:bank_card"} <= private
    assert not private & {"question:birth_date", "question:name"}


@pytest.mark.parametrize("place", sorted(entry_pages()))
def test_every_answer_that_can_be_typed_can_be_dictated(place: tuple[str, str]) -> None:
    sitting = entry_pages()[place]
    world = world_at(sitting)
    for typed in samples(asked_at(sitting, world), sitting, world):
        by_hand = moved(sitting, Enter(typed), world=world)
        heard = moved(sitting, Heard(typed=typed), world=world)
        by_voice = heard if heard.said_back is None else moved(heard, Heard("yes"), world=world)
        assert by_voice == by_hand


# nothing was understood


def test_each_miss_is_answered_with_other_words() -> None:
    """The third one with keys and a person, and never a fourth time."""
    once, twice, thrice = (moved(WHO, *[Missed(Miss.UNCLEAR)] * n) for n in (1, 2, 3))
    page = page_of(WHO, WORLD)
    assert page_of(once, WORLD) == page_of(twice, WORLD) == page
    said = [hint(page, s.miss, s.unheard, WORLD.texts).show("zh") for s in (once, twice)]
    assert said[0] != said[1]
    assert "比如：一" in said[0] and page.choices[0].label.show("zh") in said[1]
    offered = page_of(thrice, WORLD)
    assert (offered.id, [c.id for c in offered.choices]) == ("unheard@question:who", ["go", "person"])
    back = moved(thrice, Choose("go"))
    assert page_of(back, WORLD) == page
    assert moved(back, Missed(Miss.UNCLEAR)).overlay is Overlay.NONE


def test_three_misunderstandings_count_as_three_misses() -> None:
    sitting = WHO
    for _ in range(PATIENCE):
        sitting = moved(sitting, FAMILY, Heard("no"))
    assert sitting.overlay is Overlay.UNHEARD


def test_an_answer_or_a_new_page_begins_to_count_anew() -> None:
    twice = moved(WHO, *[Missed(Miss.SILENT)] * 2)
    assert moved(twice, Choose("family")).unheard == 0
    again = moved(twice, FAMILY, Heard("yes"))
    assert again.unheard == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("miss", list(Miss))
def test_the_words_after_a_miss_are_short_and_promise_nothing_that_is_not_there(
    miss: Miss, language: str
) -> None:
    """K24, K11: on every page there is."""
    for sitting in (*entry_pages().values(), WHO, CONSENT, moved(WHO, FAMILY), AT_SUBMIT):
        page = page_of(sitting, world_at(sitting))
        said = [hint(page, miss, times, WORLD.texts).show(language) for times in (1, 2, 3)]
        assert len(set(said)) == 3, page.id
        for sentence in re.split("[。？！]", " ".join(said)):
            assert len(HAN.findall(sentence)) <= 40, page.id


def test_noise_over_help_a_call_or_the_warning_is_no_news() -> None:
    for over in (moved(WHO, Help()), moved(WHO, Choose("person")), moved(WHO, Quiet())):
        assert moved(over, Missed(Miss.UNCLEAR)) == over
    gone = Sitting(place="goodbye")
    assert moved(gone, *[Missed(Miss.SILENT)] * 3) == gone


def test_who_is_asked_whether_they_are_there_says_yes() -> None:
    """K31."""
    assert moved(WHO, Quiet(), Heard("go", 1)) == WHO


# what happens meanwhile


def test_another_card_ends_the_asking() -> None:
    """A yes must not answer a page that the person has not seen."""
    asked_back = moved(begun(GUIFANG), Heard(page_of(begun(GUIFANG), WORLD).choices[0].id, 1))
    assert asked_back.said_back is not None
    laid = moved(asked_back, CardLaid(DEHOU))
    assert laid.said_back is None and laid.newcomer is not None


def test_a_record_that_comes_meanwhile_ends_the_asking() -> None:
    at = asked("insurance", card=GUIFANG)
    waiting = moved(at, HeardAmong(("staff", "person")), world=TRIAL)
    assert waiting.said_back is not None
    question = TRIAL.services[EVERY_KIND].find_question("insurance")
    assert moved(waiting, record_news(question, "right"), world=TRIAL).said_back is None


def test_nothing_of_what_was_said_outlives_its_page() -> None:
    for sitting in reached():
        assert sitting.go("home").said_back is None
    left = moved(at_home(), Heard("do", 1), Quiet(over=True))
    assert (left.place, left.said_back, left.unheard) == ("goodbye", None, 0)


def test_nothing_that_was_said_is_in_what_a_fault_would_print() -> None:
    heard = moved(PHONE, Heard(typed="138"))
    for value in (Heard(typed="138"), heard, heard.said_back):
        assert "138" not in repr(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_every_page_can_be_said_back(language: str) -> None:
    """K24, K10: short enough, with help, in both languages; and the same as by key once it is agreed to."""
    for sitting in reached():
        if sitting.overlay or sitting.said_back:
            continue
        world = world_at(sitting)
        for number, choice in enumerate(page_of(sitting, world).choices, 1):
            heard = moved(sitting, Heard(choice.id, number), world=world)
            if heard.said_back is None:
                continue
            page = page_of(heard, world)
            words = page.heading.show(language)
            assert choice.label.show(language)[:20] in words
            assert page.help[0].show(language) and page.heading.say(language)
            assert all(len(HAN.findall(s)) <= 40 for s in re.split("[。？！]", words)), words
            assert _agrees(heard, sitting, choice.id), (sitting.place, choice.id)


def _agrees(heard: Sitting, sitting: Sitting, choice: str) -> bool:
    world = world_at(sitting)
    by_voice = turn(heard, Heard("yes", 1), world)
    by_key = turn(sitting, Choose(choice), world)
    return by_voice.errands == by_key.errands and by_voice.sitting == replace(by_key.sitting, unheard=0)


def test_a_page_without_a_field_takes_no_dictation() -> None:
    assert moved(WHO, Heard(typed="二")) == WHO
    assert isinstance(page_of(WHO, WORLD), Page)
