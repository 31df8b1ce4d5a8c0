"""Every page that can be reached, in both languages: short, complete and without blame."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache

import pytest

from kiosk.flow.fields import Refused
from kiosk.flow.moves import (
    Back,
    CallPerson,
    CardLaid,
    CaseLine,
    Choose,
    Enter,
    Found,
    Help,
    NotStored,
    Overlay,
    Quiet,
    ReaderSays,
    Receipt,
    Submitted,
)
from kiosk.flow.page import Page, PageKind, Role
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import SKIPPED, Given, SavedDraft
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Source
from kiosk.text import EMPTY, LANGUAGES, Privacy, Text
from tests.flow.residents import (
    ALLOWANCE,
    AT_EIGHTY,
    GUIFANG,
    SERVICES,
    TODAY,
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
RECEIPT = Receipt("case-1", "2026-1102-48203915", "A7", datetime.date(2026, 11, 16))
CASE = CaseLine("2026-1102-48203915", "A7", ALLOWANCE.title.text(), WORLD.texts["stage.claimed"], TODAY,
                missing=Text({"zh": "户口簿"}), result=Text({"zh": "等着"}))  # fmt: skip
DRAFT = SavedDraft("d", "elderly-allowance", Given(), datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC))


def handed_in() -> Sitting:
    return moved(led(begun(None), AT_EIGHTY), Submitted(RECEIPT))


def in_the_house() -> Iterator[Sitting]:
    """Every page outside an application, found by choosing everything that can be chosen."""
    waiting = [
        Sitting(),
        Sitting(card_left=True),
        moved(at_home(), Found((CASE,), DRAFT)),
        moved(at_home(GUIFANG), Found((CASE,), None)),
        moved(at_home(), Choose("query"), ReaderSays("card.hold_still")),
        moved(begun(GUIFANG), Back()),
        moved(begun(None), Back()),
        replace(at_home(GUIFANG), place="keep", service="elderly-allowance"),
        handed_in(),
    ]
    seen: set[tuple[str, bool, bool, str]] = set()
    while waiting:
        sitting = waiting.pop()
        known = (sitting.place, sitting.card is None, bool(sitting.cases), sitting.card_trouble)
        if known in seen or sitting.place.partition(":")[0] in ("consent", "question"):
            continue
        seen.add(known)
        yield sitting
        waiting += [moved(sitting, Choose(choice.id)) for choice in page_of(sitting, WORLD).choices]
        waiting.append(moved(sitting, Back()))


@cache
def reached() -> tuple[Sitting, ...]:
    """Each page of the house and of every way through every service, plain, refused and overlaid."""
    plain = {
        (s.place, s.path(WORLD).for_self): s for sid in SERVICES for j in every_journey(sid) for s in j.pages
    }
    fullest = [
        max((j.end for j in every_journey(sid)), key=lambda s: len(s.path(WORLD).answers)) for sid in SERVICES
    ]
    full = [s.go("check") for s in fullest]
    sittings = [*in_the_house(), *plain.values(), *full, *refused_entries()]
    overlaid = [
        moved(sitting, move)
        for sitting in (at_home(GUIFANG), full[0])
        for move in (
            Help(),
            CallPerson(),
            Quiet(),
            NotStored("trouble.not_sent"),
            NotStored("trouble.not_stored"),
        )
    ]
    return (*sittings, *overlaid)


def refused_entries() -> Iterator[Sitting]:
    """Something wrong typed into every field, once and for the third time."""
    open_pages = {s.place: s for service in SERVICES for j in every_journey(service) for s in j.pages}
    for sitting in open_pages.values():
        once = moved(sitting, Enter("?"))
        if once.refused is not None:
            yield once
            yield moved(once, Enter("?"), Enter("?"))


@cache
def pages() -> tuple[Page, ...]:
    return tuple(dict.fromkeys(page_of(sitting, WORLD) for sitting in reached()))


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


def test_every_place_of_the_house_was_reached() -> None:
    from kiosk.flow.house import ROOMS
    from kiosk.flow.path import StepKind

    places = {sitting.place.partition(":")[0] for sitting in reached()}
    assert places == {*ROOMS, *map(str, StepKind)}
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
    """K01: four, five at home and for the rating; more are paged by the screens."""
    five = {page.id.rpartition("@")[2] for page in pages() if page.at_once > 4}
    assert five == {"home", "rate"}
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
    typed = {f"question:{q.id}" for service in SERVICES.values() for q in service.question if not q.options}
    assert {sitting.place for sitting in wrong} == typed
    for sitting in wrong:
        page = page_of(sitting, WORLD)
        assert page.error is not None and page.entry is not None
        assert page.entry.value == "?"
        assert page.error.show("zh") and page.error.show("en")
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


@pytest.mark.parametrize("service", list(SERVICES))
def test_the_check_page_lists_every_answer_with_a_change(service: str) -> None:
    """K12: typed and chosen ones with Change, those from a card shown."""
    for journey in every_journey(service):
        if journey.end.place != "submit":
            continue
        sitting = journey.end.go("check")
        answers = sitting.path(WORLD).answers
        page = page_of(sitting, WORLD)
        changes = {
            choice.id.removeprefix("change:"): choice for choice in page.choices if choice.role is Role.CHANGE
        }
        given = {field for field, answer in answers.items() if answer.source is not Source.CARD}
        assert set(changes) == given
        for field, choice in changes.items():
            assert choice.detail.show("zh")
            assert moved(sitting, Choose(choice.id)).place == f"question:{field}"
            if answers[field].value == SKIPPED:
                assert choice.detail == WORLD.texts["common.none_given"]
        shown = " ".join(text.show("zh") for text in page.body)
        for field in set(answers) - given:
            assert SERVICES[service].find_question(field).label.zh in shown


def test_a_private_number_is_on_no_page_in_full() -> None:
    """K26: neither on the check page nor in the field when it is opened again."""
    for sitting in reached():
        if sitting.refused is not None or not sitting.service:
            continue
        numbers = [a.value for a in sitting.given.answers.values() if len(a.value) > 9 and a.value.isalnum()]
        page = page_of(sitting, WORLD)
        shown = " ".join([*words_on(page, "zh"), page.entry.value if page.entry else ""])
        assert not any(number in shown for number in numbers), page.id


def test_a_birth_date_on_the_check_page_is_not_for_the_whole_room() -> None:
    """K26: the page's level is the question's, so the loudspeaker says it in part."""
    page = page_of(led(begun(GUIFANG), {}, until="check"), WORLD)
    line = next(text for text in page.body if "1944" in text.show("zh"))
    assert line.privacy is Privacy.MASKED


def test_consents_begin_at_no_and_one_page_has_one() -> None:
    """K35: default no, at most 40 characters each, one purpose a page."""
    asked = [(s, page_of(s, WORLD)) for s in reached() if s.place.startswith("consent:") and not s.overlay]
    assert len({sitting.place for sitting, _ in asked}) == len(ALLOWANCE.consent)
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
    from kiosk.flow.moves import NextLanguage

    for sitting in reached():
        other = moved(sitting, NextLanguage())
        assert replace(other, language=sitting.language) == sitting
        assert page_of(other, WORLD) == page_of(sitting, WORLD)


def test_a_card_laid_on_the_page_at_rest_greets_by_name() -> None:
    page = page_of(moved(Sitting(), CardLaid(GUIFANG)), WORLD)
    assert page.id == "home"
    assert "张桂芳" in page.body[0].show("zh")
    assert page.body[0].privacy is Privacy.MASKED
