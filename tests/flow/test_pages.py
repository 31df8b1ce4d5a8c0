"""Every page that can be reached, in both languages: short, complete and without blame."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace

import pytest

from kiosk.flow.fields import Refused
from kiosk.flow.moves import CardLaid, Choose, Enter, NextLanguage, Overlay, Quiet, ReaderSays
from kiosk.flow.page import Page, PageKind, Role
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import SKIPPED
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Source
from kiosk.flow.turn import _ROOMS
from kiosk.flow.walking import page_of_path
from kiosk.text import EMPTY, LANGUAGES, Privacy
from tests.flow.reached import (
    CASE,
    DRAFT,
    RECEIPT,
    TOO_LONG,
    entry_pages,
    handed_in,
    page_at,
    pages,
    reached,
    world_at,
)
from tests.flow.residents import (
    ALLOWANCE,
    AT_EIGHTY,
    EVERY_KIND,
    GUIFANG,
    SERVICES,
    TRIAL,
    WORLD,
    at_home,
    begun,
    every_journey,
    led,
    moved,
)

BANNED = re.compile(
    r"无效|非法|错误代码|^请重试[。！!]?$|\b(?:invalid|illegal|error code)\b|^please try again[.!]?$", re.I
)
HAN = re.compile(r"[㐀-鿿]")


def sentences(words: str) -> list[str]:
    return [part for part in re.split(r"[。！？!?]|\.(?:\s|$)", words) if part.strip()]


def words_on(page: Page, language: str) -> list[str]:
    texts = [
        page.heading,
        page.banner,
        page.progress,
        page.big,
        *page.body,
        *page.help,
        *([page.error] if page.error else []),
    ]
    texts += [text for choice in page.choices for text in (choice.label, choice.detail)]
    return [text.show(language) for text in texts if text is not EMPTY]


def test_every_room_of_the_house_was_reached() -> None:
    assert {sitting.place.partition(":")[0] for sitting in reached()} == set(_ROOMS)
    assert {sitting.overlay for sitting in reached()} == set(Overlay)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_it_is_for(language: str) -> None:
    for page in pages():
        assert page.heading.show(language), page.id
        assert page.heading.say(language), page.id
        for choice in page.choices:
            assert choice.label.show(language), (page.id, choice.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_one_or_two_sentences_of_help(language: str) -> None:
    """K10."""
    for page in pages():
        said = [part for text in page.help for part in sentences(text.show(language))]
        assert 1 <= len(said) <= 2, (page.id, said)


def test_few_things_can_be_chosen_at_once() -> None:
    """K01: four, five at home, for the rating and for what was bad; more are paged by the screens."""
    five = {page.id.rpartition("@")[2].partition(":")[0] for page in pages() if page.at_once > 4}
    assert five == {"home", "rate", "why"}
    assert all(page.at_once <= 5 for page in pages())
    for page in pages():
        if page.kind is not PageKind.CHOICE:
            assert len(page.choices) <= page.at_once, page.id


def test_every_page_has_a_way_on() -> None:
    for page in pages():
        assert page.choices, page.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_choices_look_the_same(language: str) -> None:
    for page in pages():
        labels = [choice.label.show(language) for choice in page.choices]
        assert len(set(labels)) == len(labels), (page.id, labels)
        ids = [choice.id for choice in page.choices]
        assert len(set(ids)) == len(ids), page.id


def test_the_first_focus_is_on_something_there() -> None:
    for page in pages():
        assert page.focus is None or page.focus in [choice.id for choice in page.choices], page.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_blames_anybody(language: str) -> None:
    """K11: the banned words, on every page as it is shown."""
    assert [words for page in pages() for words in words_on(page, language) if BANNED.search(words)] == []


def test_no_sentence_is_too_long_to_be_kept_in_mind() -> None:
    """K24: at most 40 Han characters a sentence."""
    long = [
        part
        for page in pages()
        for words in words_on(page, "zh")
        for part in sentences(words)
        if len(HAN.findall(part)) > 40
    ]
    assert long == []


def test_people_are_addressed_with_respect() -> None:
    assert [words for page in pages() for words in words_on(page, "zh") if "你" in words] == []


def test_nothing_is_left_unfilled() -> None:
    for page in pages():
        for language in LANGUAGES:
            assert not any("{" in words or "}" in words for words in words_on(page, language)), page.id


def test_a_refused_entry_says_how_to_put_it_right() -> None:
    """K11: the item and the way out; after the third time, a person. K09: what was typed is still there."""
    wrong = [sitting for sitting in reached() if sitting.refused is not None]
    places = {(sitting.service, sitting.place) for sitting in wrong if page_at(sitting).entry is not None}
    assert places == set(entry_pages())
    for sitting in wrong:
        page = page_at(sitting)
        assert page.error is not None
        assert page.error.show("zh") and page.error.show("en")
        assert page.entry is None or page.entry.value in ("?", TOO_LONG)
        if sitting.misses > 2:
            assert "工作人员" in page.error.show("zh")


def test_the_message_of_every_field_is_its_own() -> None:
    """K11."""
    keys = [key for key in WORLD.texts if key.startswith("field.")]
    for language in LANGUAGES:
        words = [WORLD.texts[key].show(language) for key in keys]
        assert len(set(words)) == len(words)


def test_the_receipt_says_the_four_things() -> None:
    """K36: the number, what happens next, by when, and whom to call."""
    page = page_of(handed_in(), WORLD)
    for language, by in (("zh", "2026年11月16日"), ("en", "16 November 2026")):
        body = " ".join(text.show(language) for text in page.body)
        assert page.big.show(language) == "A7"
        assert RECEIPT.number in body
        assert WORLD.texts["receipt.next"].show(language) in body
        assert by in body
        assert WORLD.phone in body
    assert not page.back


def test_handing_in_with_a_double_press_does_not_turn_the_receipt_away() -> None:
    """K13, K36: the key that hands in is, one page on, the one that goes home."""
    assert page_of(handed_in(), WORLD).guard >= 0.8


@pytest.mark.parametrize("service", [*SERVICES, EVERY_KIND])
def test_the_check_page_lists_every_answer_with_a_change(service: str) -> None:
    """K12: whoever supplied it; what is from a card says so."""
    for journey in every_journey(service):
        if journey.end.place != "submit":
            continue
        sitting = journey.end.go("check")
        world = world_at(sitting)
        answers = sitting.path(world).answers
        page = page_of(sitting, world)
        changes = {
            choice.id.removeprefix("change:"): choice for choice in page.choices if choice.role is Role.CHANGE
        }
        assert list(changes) == list(answers)
        for field, choice in changes.items():
            assert choice.detail.show("zh")
            there = moved(sitting, Choose(choice.id), world=world)
            assert page_of_path(there.place) == f"question:{field}"
            if answers[field].value == SKIPPED:
                assert choice.detail == world.texts["common.none_given"]
            assert (answers[field].source is Source.CARD) == ("来自身份证" in choice.detail.show("zh"))


def test_a_private_number_is_on_no_page_in_full() -> None:
    """K26: neither on the check page nor in the field when it is opened again."""
    for sitting in reached():
        if sitting.refused is not None or not sitting.service:
            continue
        held = [a.value for a in sitting.given.answers.values()]
        numbers = [
            n
            for value in held
            for n in re.findall(r"\b[0-9]{11,19}X?\b", value)
            if n[0] != "9" or len(n) > 12
        ]
        page = page_at(sitting)
        shown = " ".join([*words_on(page, "zh"), page.entry.value if page.entry else ""])
        assert not any(number in shown for number in numbers), page.id


def test_a_birth_date_on_the_check_page_is_not_for_the_whole_room() -> None:
    """K26: the page's level is the question's, so the loudspeaker says it in part."""
    page = page_of(led(begun(GUIFANG), {}, until="check"), WORLD)
    line = next(choice.detail for choice in page.choices if "1944" in choice.detail.show("zh"))
    assert line.privacy is Privacy.MASKED


def test_consents_begin_at_no_and_one_page_has_one() -> None:
    """K35: default no, at most 40 characters each, one purpose a page."""
    asked = [(s, page_at(s)) for s in reached() if s.place.startswith("consent:") and not s.overlay]
    there = {
        (s.id, f"consent:{c.id}") for s in (*SERVICES.values(), TRIAL.services[EVERY_KIND]) for c in s.consent
    }
    assert {(sitting.service, sitting.place) for sitting, _ in asked} == there
    for sitting, page in asked:
        given = sitting.given.answers.get(sitting.place)
        assert page.focus == (given.value if given else "no")
        assert len(page.body) == 1
        assert len(HAN.findall(page.body[0].show("zh"))) <= 40


def test_the_submission_is_an_act_of_its_own() -> None:
    """K13: another place than Next, the focus elsewhere, deaf at first."""
    page = next(page for page in pages() if page.id == "submit")
    assert page.kind is PageKind.SUBMIT
    assert page.focus == "look"
    assert page.choices[0].id != "submit"
    assert page.guard >= 0.8


@pytest.mark.parametrize("who", ["self", "family"])
def test_people_who_apply_for_themselves_are_asked_about_themselves(who: str) -> None:
    asked = led(begun(None), {**AT_EIGHTY, "question:who": Choose(who)}, until="question:birth_date")
    heading = page_of(asked, WORLD).heading
    of_self = who == "self"
    assert ("老人" in heading.show("zh")) is not of_self
    assert ("older person" in heading.show("en")) is not of_self
    assert heading.say("zh") == heading.show("zh")


def test_the_words_for_oneself_have_their_own_spoken_form() -> None:
    question = ALLOWANCE.find_question("birth_date")
    spoken = question.model_copy(
        update={
            "say": question.say.model_copy(update={"zh": "念给别人的"}),
            "ask_self": question.ask.model_copy(update={"zh": "您的生日？", "say_en": "your day"}),
        }
    )
    assert spoken.text().say("zh") == "念给别人的"
    assert spoken.text(for_self=True).say("zh") == "您的生日？"
    assert spoken.text(for_self=True).say("en") == "your day"
    without = question.model_copy(update={"ask_self": None})
    assert without.text(for_self=True) == without.text()


def test_a_name_with_two_hyphens_is_shown_as_it_was_given() -> None:
    at_name = led(begun(None), AT_EIGHTY, until="question:name")
    named = moved(at_name, Enter("Anna-Li-Wu"))
    page = page_of(named.go("question:name"), WORLD)
    assert page.entry is not None
    assert page.entry.value == "Anna-Li-Wu"


def test_a_given_date_stands_in_the_field_as_people_write_it() -> None:
    page = page_of(led(begun(None), AT_EIGHTY).go("question:birth_date"), WORLD)
    assert page.entry is not None
    assert page.entry.value == "1944 3 5"


def personal(sitting: Sitting) -> list[str]:
    """Every value that says something of the person."""
    cards = [sitting.card or {}, sitting.given.first_card or {}, sitting.given.other_card or {}]
    values = [value for laid in cards for value in laid.values()]
    return [*values, *(a.value for a in sitting.given.answers.values() if len(a.value) > 3), sitting.strokes]


@pytest.mark.parametrize("keep", [True, False, None])
def test_goodbye_holds_nothing_of_the_person(keep: bool | None) -> None:
    """K32: the visit after leaving, field by field."""
    for start in (begun(GUIFANG), begun(None)):
        sitting = replace(
            led(start, AT_EIGHTY), strokes="[[1,2]]", typed="13800138000", keep=keep, draft_id="d"
        )
        sitting = replace(sitting, refused=Refused("field.name_short"), cases=(CASE,), draft=DRAFT)
        assert any(personal(sitting))
        gone = moved(sitting, Quiet(over=True))
        kept = repr(gone) + json.dumps(asdict(gone), default=str)
        assert not [value for value in personal(sitting) if value and value in kept]
        assert replace(gone, draft_id="") == Sitting(place="goodbye", card_lying=gone.card_lying)
        page = page_of(gone, WORLD)
        assert not [value for value in personal(sitting) if value and value in repr(page)]


def test_goodbye_asks_for_a_card_only_where_one_lies() -> None:
    """K34. A reader that is missing holds no card."""
    for said, lies in (
        ("card.reader_missing", False),
        ("card.reader_silent", False),
        ("card.hold_still", True),
    ):
        gone = moved(at_home(), ReaderSays(said), Quiet(over=True))
        assert (page_of(gone, WORLD).error is not None) is lies


def test_the_next_language_changes_words_and_nothing_else() -> None:
    for sitting in reached():
        other = moved(sitting, NextLanguage())
        assert replace(other, language=sitting.language, language_chosen=sitting.language_chosen) == sitting
        assert page_at(other) == page_at(sitting)


def test_a_card_laid_on_the_page_at_rest_greets_by_the_family_name_and_calls_out_none() -> None:
    """K26: the page stands there for long in the hall, and a loudspeaker says it."""
    page = page_of(moved(Sitting(), CardLaid(GUIFANG)), WORLD)
    assert page.id == "home"
    assert page.body[0].show("zh") == "张**，您好。"
    assert page.body[0].say("zh") == "您好，您的证件读好了。"
    assert page.body[0].say("en") == "Hello. Your card was read."
    assert page.body[0].privacy is Privacy.MASKED
