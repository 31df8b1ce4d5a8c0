"""Every page of the house and of all services can be answered aloud, by number and by name (K05)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.flow.page import ENTER, Choice, Page, PageKind, Role
from kiosk.ports import Understood, Wish, Wished
from tests.screens.every_page import every_page
from tests.voice.understanding import spoken_pages as pages
from tests.voice.understanding.spoken_pages import EN, KO, ZH, asks, both, on
from voice.understanding import Expectation, Option, Wanted, expectation, grammar, understand

AT_ONCE = 4
PACKS = {"zh": ZH, "en": EN}


def parts(language: str) -> Iterator[Page]:
    """What is on the screen at once, each look of it once."""
    seen = set()
    for page in every_page():
        for at in range(0, max(len(page.choices), 1), AT_ONCE):
            part = replace(page, choices=page.choices[at : at + AT_ONCE])
            labels = tuple(choice.label.show(language) for choice in part.choices)
            look = (part.heading.show(language), labels, part.entry is None)
            if look not in seen:
                seen.add(look)
                yield part


def is_meant(answer: object, option: Option) -> bool:
    """The choice, or the command that is the same thing."""
    return answer in (Understood(choice=option.id), Wished(Wish.NEXT)) or (
        option.id == "person" and answer == Wished(Wish.PERSON)
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_choice_is_understood_by_its_number_and_by_its_name(language: str) -> None:
    pack, missed = PACKS[language], []
    for page in parts(language):
        expected = expectation(page, language)
        for option in expected.options:
            numbers = [
                " ".join(said) for said, n in pack.numbers.items() if option.number and n == option.number
            ]
            for said in (*option.names, *numbers):
                answer = understand([said], expected, pack)
                if not is_meant(answer, option):
                    missed.append((page.id, said, answer))
    assert missed == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_every_page_a_person_can_be_called_and_a_moment_be_had(language: str) -> None:
    pack = PACKS[language]
    said = {"zh": ("人工", "等一下", "返回"), "en": ("call somebody", "wait a moment", "go back")}[language]
    wishes = (Wish.PERSON, Wish.STOP, Wish.BACK)
    for page in parts(language):
        expected = expectation(page, language)
        for words, wish in zip(said, wishes, strict=True):
            answer = understand([words], expected, pack)
            labels = [option.names[0].casefold() for option in expected.options]
            assert answer == Wished(wish) or words in labels, (page.id, words, answer)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_grammar_of_every_page_has_its_choices_the_commands_and_decoys(language: str) -> None:
    """A grammar without unrelated words hears a yes in nearly anything."""
    pack = PACKS[language]
    for page in parts(language):
        expected = expectation(page, language)
        phrases = set(grammar(expected, pack))
        if expected.wanted is Wanted.TEXT:
            assert not phrases
            continue
        decoys = [decoy for decoy in pack.decoys if "".join(decoy) in {p.replace(" ", "") for p in phrases}]
        assert len(decoys) >= 16, page.id
        assert {"zh": {"人工", "等一下"}, "en": {"staff", "wait"}}[language] <= phrases, page.id
        for phrase in phrases - {" ".join(decoy) for decoy in pack.decoys}:
            assert phrase.strip() == phrase and phrase, page.id


def test_pages_tell_what_they_wait_for() -> None:
    waits = (
        (pages.WHO, Wanted.OPTIONS),
        (pages.SUBMIT, Wanted.OPTIONS),
        (pages.CITY, Wanted.YES_NO),
        (pages.CONSENT, Wanted.YES_NO),
        (pages.MOVED, Wanted.YES_NO),
        (pages.PHONE, Wanted.DIGITS),
        (pages.IDENTITY, Wanted.DIGITS),
        (pages.COUNT, Wanted.NUMBER),
        (pages.SUM, Wanted.MONEY),
        (pages.BORN, Wanted.DATE),
        (pages.NAME, Wanted.TEXT),
        (Page("printing", PageKind.CHOICE, both("正在打印")), Wanted.NOTHING),
    )
    for page, wanted in waits:
        assert on(page, ZH).wanted is wanted, page.heading


def test_what_is_private_and_what_binds_is_told() -> None:
    assert on(pages.PHONE, ZH).private and not on(pages.COUNT, ZH).private
    assert on(pages.STORY, ZH).private, "a complaint is nobody else's business"
    assert on(pages.CONSENT, ZH).binding and on(pages.SUBMIT, ZH).binding and not on(pages.CITY, ZH).binding


def test_consents_signatures_and_what_cannot_be_undone_bind() -> None:
    """K13: the pages themselves say so."""
    binding = {page.id.partition(":")[0] for page in every_page() if page.binding}
    assert {"consent", "sign", "submit", "query-withdraw", "query-consent"} <= binding
    assert not [page.id for page in every_page() if page.binding and page.entry]


def test_beside_a_field_a_number_is_what_is_typed_never_a_choice() -> None:
    expected = on(pages.COUNT, ZH)
    assert [(option.id, option.number) for option in expected.options] == [("skip", 0)]
    assert understand(["一"], expected, ZH) == Understood(typed="1")
    assert understand(["跳过"], expected, ZH) == Understood(choice="skip")
    assert ENTER not in [option.id for option in expected.options]


def test_more_of_a_list_and_a_person_are_no_answers_but_can_be_said() -> None:
    page = asks(
        both("哪一件？"),
        *(Choice(f"s{n}", both(label)) for n, label in enumerate(("高龄津贴", "养老认证", "挂失"))),
        Choice("more", both("接着看"), Role.MORE),
    )
    assert understand(["接着看"], on(page, ZH), ZH) == Understood(choice="more")
    assert understand(["最后一个"], on(page, ZH), ZH) == Understood(choice="s2")


def test_words_freely_said_are_kept_as_they_were_said() -> None:
    expected = on(pages.NAME, ZH)
    assert understand(["张 秀 兰"], expected, ZH) == Understood(typed="张秀兰")
    assert understand(["我叫张秀兰"], expected, ZH) == Understood(typed="我叫张秀兰")
    assert understand(["Zhang Xiulan"], expected, ZH) == Understood(typed="Zhang Xiulan")
    assert understand(["跳过不填"], expected, ZH) == Understood(choice="skip")
    assert understand(["那个姑娘说话不耐烦 我等了两个小时"], on(pages.STORY, ZH), ZH) == Understood(
        typed="那个姑娘说话不耐烦我等了两个小时"
    )
    assert grammar(expected, ZH) == ()


def test_a_word_outside_the_grammar_is_passed_over_but_not_where_it_binds() -> None:
    assert understand(["[unk] 是的"], on(pages.CITY, ZH), ZH) == Understood(choice="yes")
    assert understand(["[unk] 同意"], on(pages.CONSENT, ZH), ZH) != Understood(choice="yes")


def test_nothing_that_was_asked_or_said_is_in_a_repr() -> None:
    expected: Expectation = expectation(replace(pages.PHONE, heading=both("张秀兰的电话？")), "zh")
    said = understand(["幺三八零零幺三八零零零"], expected, ZH)
    assert "张秀兰" not in repr(expected) and "138" not in repr(said)


UNRELATED = """
    날씨 사과 기차 책상 아이 점심 노래 서울 어제 바다 구름 친구 배추 색깔 비행기 학교
    선생님 우산 병원 전화 시계 강아지 고양이 나무 꽃 의자 창문 신발 안경 버스
""".split()


def test_korean_enough_to_try_the_recogniser() -> None:
    assert understand(["네"], on(pages.CITY, KO), KO) == Understood(choice="yes")
    assert understand(["아니요"], on(pages.CITY, KO), KO) == Understood(choice="no")
    assert understand(["넷"], on(pages.KIN, KO), KO) == Understood(choice="other")
    assert understand(["여덟"], on(pages.COUNT, KO), KO) == Understood(typed="8")
    assert understand(["여섯"], on(pages.COUNT, KO), KO) == Understood(typed="6")


@pytest.mark.parametrize("said", UNRELATED)
@pytest.mark.parametrize("page", [pages.CITY, pages.KIN, pages.COUNT], ids=["yes-no", "options", "count"])
def test_nothing_is_taken_from_unrelated_korean_words(page: Page, said: str) -> None:
    assert not isinstance(understand([said], on(page, KO), KO), Understood)
