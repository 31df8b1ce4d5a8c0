"""Canaries: numbers planted in every service that must never be heard in the hall (K26)."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.flow.fields.base import mask_digits
from kiosk.flow.page import Choice, Entry, Keyboard, Page, PageKind
from kiosk.flow.path import Answer
from kiosk.flow.sitting import Sitting
from kiosk.services.question import FieldKind, Question
from kiosk.text import LANGUAGES, Catalogue, Privacy, same
from screens.grid import Grid
from screens.pad import opening
from screens.spelling import Spelling
from tests.flow.reached import page_at, reached, world_at
from tests.flow.residents import GUIFANG
from voice.privacy import Output
from voice.script import Reading, script
from voice.speaker import PageSpeaker
from voice.spoken_forms import en_numbers, spoken, zh_numbers

if TYPE_CHECKING:
    from tests.voice.conftest import Booth

CANARIES = {
    FieldKind.PHONE: "13764829573",
    FieldKind.BANK_CARD: "6258473962847356",
    FieldKind.ID_NUMBER: GUIFANG["id_number"],
}
LANE = "7391"
"""In an address; its number is nobody's business in the hall."""
FORBIDDEN = ("13764829573", "6258473962847356", LANE, GUIFANG["id_number"][:5])
"""Of the number of an identity card not the birth date, which is said by itself."""
IN_A_ROW = 3
"""So many figures of one may not follow each other; the last two are told."""
WAIT = 60.0
PROGRAM = str(Path(__file__).with_name("scribe.py"))


def planted(sitting: Sitting) -> Sitting:
    """The same visit by somebody with these numbers."""
    world = world_at(sitting)
    service = world.services.get(sitting.service)
    if service is None:
        return sitting
    kinds = {question.id: question for question in service.question}
    given = {
        key: replace(answer, value=_canary(kinds.get(key), answer))
        for key, answer in sitting.given.answers.items()
    }
    return replace(sitting, given=replace(sitting.given, answers=given))


def _canary(question: Question | None, answer: Answer) -> str:
    if question is None or question.privacy is Privacy.OPEN or not answer.value.strip("-"):
        return answer.value
    if question.type is FieldKind.ADDRESS and answer.value.startswith("["):
        return json.dumps([*json.loads(answer.value)[:2], f"莲花巷{LANE}号"], ensure_ascii=False)
    if question.type is FieldKind.REPEAT and answer.value.startswith("["):
        private = {item.id: item.type for item in question.item}
        things = json.loads(answer.value)
        told = [{key: CANARIES.get(private[key], value) if value else value for key, value in thing.items()}
                for thing in things]  # fmt: skip
        return json.dumps(told, ensure_ascii=False)
    return CANARIES.get(question.type, answer.value)


@cache
def canary_pages() -> tuple[Page, ...]:
    """All pages of all services, plain, refused and overlaid, and each field with such a number in it."""
    pages = dict.fromkeys(page_at(planted(sitting)) for sitting in reached())
    return tuple(dict.fromkeys([*pages, *(typed for page in pages for typed in _typed(page))]))


def _typed(page: Page) -> Iterator[Page]:
    if page.entry is not None and page.entry.secret:
        yield replace(page, entry=replace(page.entry, value=CANARIES[FieldKind.PHONE]))
        yield replace(page, entry=replace(page.entry, value=CANARIES[FieldKind.BANK_CARD]))


FIGURES = {word: str(at) for at, word in enumerate("零一二三四五六七八九")} | {"幺": "1", "两": "2"}
FIGURES |= {spoken(str(at), "en"): str(at) for at in range(10)}
_FIGURE = re.compile("|".join(FIGURES))
_BETWEEN = re.compile(r"[\s，,、。.]+")


COUNTED = (zh_numbers.count(int(LANE)), en_numbers.count(int(LANE)))
"""A house number is also said as a number."""


def figures_in(said: str) -> str:
    """What somebody with a pencil would write down: runs of figures, a bar where words are between them."""
    return re.sub(r"[^0-9]+", "|", _FIGURE.sub(lambda m: FIGURES[m[0]], _BETWEEN.sub("", said.casefold())))


def leaks(said: str) -> list[str]:
    heard = figures_in(said)
    pieces = {canary[at : at + IN_A_ROW] for canary in FORBIDDEN for at in range(len(canary) - IN_A_ROW + 1)}
    counted = [count for count in COUNTED if count in said]
    return sorted(piece for piece in pieces if piece in heard) + counted


def test_the_ear_of_this_test_hears_a_number_that_is_said() -> None:
    """In any way of saying it; otherwise the canaries would prove nothing."""
    for canary in FORBIDDEN:
        for language in LANGUAGES:
            for written in (f"号码{canary}", " ".join(canary), f"{canary[:4]} {canary[4:]}"):
                assert leaks(spoken(written, language)), (canary, language)
    assert not leaks(spoken("已读取，尾号73", "zh")) and not leaks(
        spoken("Press 1 to 3 on 2026-11-02.", "en")
    )


def test_there_are_canaries_on_the_pages() -> None:
    """On screens they are masked, or were typed just now; each of them comes up in several services."""
    shown = [
        text.show("zh")
        for page in canary_pages()
        for text in (*page.body, *(choice.detail for choice in page.choices))
    ]
    for canary in CANARIES.values():
        assert any(mask_digits(canary) in line for line in shown)
    assert any(LANE in line for line in shown)
    private = [page for page in canary_pages() if page.entry is not None and page.entry.secret]
    assert len({page.banner.show("zh") for page in private}) >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_all_pages_the_speaking_process_is_given_no_private_figure(
    language: str, words: Catalogue, tmp_path: Path
) -> None:
    """K26: through the real speaker, its queue and its pipe; pages, focus on a choice, the repeat key."""
    book = tmp_path / "said.txt"
    silent: list[str] = []
    speaker = PageSpeaker(
        words,
        lambda _: None,
        lambda: silent.append("no sound"),
        program=(sys.executable, PROGRAM, str(book)),
    )
    try:
        for page in canary_pages():
            speaker.present(page, language)
            assert speaker.wait_quiet(WAIT)
            for choice in page.choices:
                if choice.detail.privacy is not Privacy.OPEN:
                    speaker.focus(page, choice, language)
                    assert speaker.wait_quiet(WAIT)
        speaker.repeat(whole=True)
        assert speaker.wait_quiet(WAIT)
    finally:
        speaker.close()
    said = book.read_text(encoding="utf-8").splitlines()
    assert silent == [] and len(said) > 5 * len(canary_pages())
    assert [(line, leaks(line)) for line in said if leaks(line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_headphones_the_same_pages_tell_the_numbers_in_full(language: str, words: Catalogue) -> None:
    """K26: the net takes nothing from the person themselves."""
    reading = Reading(language, Output.PRIVATE, words)
    said = {s.said or s.text for page in canary_pages() for s in script(page, reading)}
    heard = {figures_in(spoken(line, language)) for line in said}
    for number in (CANARIES[FieldKind.PHONE], CANARIES[FieldKind.BANK_CARD]):
        assert any(number in line for line in heard)
    assert any(count in spoken(line, language) for line in said for count in COUNTED)


WRITTEN = "莲花巷七三九一号"
"""Where somebody lives, as it is written character by character with the keys on the screen."""


@pytest.mark.parametrize("overheard", [True, False], ids=["private", "open"])
def test_while_a_private_text_is_written_the_hall_hears_none_of_it(
    overheard: bool, words: Catalogue, tmp_path: Path
) -> None:
    """K26: neither what is offered nor what went in; in an open field both, or nobody could write by ear."""
    book = tmp_path / "said.txt"
    program = (sys.executable, PROGRAM, str(book))
    speaker = PageSpeaker(words, lambda _: None, lambda: None, program=program)
    spelling = Spelling(load_catalogue("resident"), overheard)
    page = Page("question:home/rest", PageKind.ENTRY, same("后面的门牌怎么写？"), entry=Entry(Keyboard.TEXT))
    keys = ("lian", "hua", "xiang", "qi", "san", "jiu", "yi", "hao")
    try:
        for syllable, character in zip(keys, WRITTEN, strict=True):
            writing = opening(Entry(Keyboard.TEXT), "zh", Grid(80, 24))
            for key in syllable:
                writing = writing.press(key, "").writing
            for said in (spelling.offer(writing, 0), spelling.put(character)):
                speaker.focus(page, Choice("type:", said), "zh")
                assert speaker.wait_quiet(WAIT)
    finally:
        speaker.close()
    heard = book.read_text(encoding="utf-8")
    assert len(heard.splitlines()) >= 2 * len(WRITTEN)
    assert [sign for sign in "莲花巷" if sign in heard] == ([] if overheard else list("莲花巷"))


SECRET = Entry(Keyboard.DIGITS, value=CANARIES[FieldKind.PHONE], secret=True)


def test_a_person_may_choose_to_have_a_field_said_aloud(booth: Booth, who_page: Page) -> None:
    """K26: in full, once, for that field alone; who looks over their shoulder reads no more than before."""
    speaker = booth.speaker(program=(sys.executable, PROGRAM, os.devnull))
    page = replace(who_page, id="question:phone", choices=(), entry=SECRET)
    speaker.present(page, "zh")
    assert speaker.wait_quiet(WAIT)
    assert not any(leaks(line["text"]) for line in booth.log())
    speaker.aloud(SECRET, "zh")
    assert speaker.wait_quiet(WAIT)
    assert CANARIES[FieldKind.PHONE] in figures_in(booth.log()[-1]["text"])
    assert booth.ear.texts()[-1] == "现在填的是：137******73。"
    heard = len(booth.log())
    speaker.present(who_page, "zh")
    speaker.repeat(whole=False)
    speaker.repeat(whole=True)
    assert speaker.wait_quiet(WAIT)
    assert not any(leaks(line["text"]) for line in booth.log()[heard:])
    assert not any(CANARIES[FieldKind.PHONE] in text for text in booth.ear.texts())
