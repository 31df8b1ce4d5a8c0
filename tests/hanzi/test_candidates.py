"""Whoever types the sounds of a name or a word finds its characters, whatever they are, the likely first."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hanzi.accents import load_accents
from kiosk.hanzi.candidates import Wanted, candidates
from kiosk.hanzi.keys import NINE_KEYS, digits_of
from kiosk.hanzi.typing_table import typing_table
from kiosk.paths import data_file
from tables import is_stale
from tables.lexicon import characters, standard

LETTERS = st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=24).map(lambda typed: typed.lstrip("'"))
DIGITS = st.text("23456789", min_size=1, max_size=24)
TYPED = st.one_of(LETTERS, DIGITS).filter(bool)


def offered(typed: str, limit: int = 5, wanted: Wanted = Wanted.WORDS) -> list[str]:
    return [candidate.text for candidate in candidates(typed, limit=limit, wanted=wanted)]


@pytest.mark.parametrize("name", ["hanzi/typing.bin", "hanzi/told_apart.txt"])
def test_the_shipped_tables_are_what_the_locked_packages_give(name: str) -> None:
    assert not is_stale(name), "script/hanzi-tables writes it again"


def test_every_character_of_the_standard_is_reached_by_each_of_its_readings() -> None:
    """On the letters and on the nine keys: 8,105 characters, none unreachable."""
    by_reading: dict[str, set[str]] = {}
    for character in standard():
        for reading in characters()[character]:
            by_reading.setdefault(reading, set()).add(character)
    assert set().union(*by_reading.values()) == standard()
    for reading, wanted in by_reading.items():
        assert wanted <= set(offered(reading, 10_000)), reading
        assert wanted <= set(offered(digits_of(reading), 10_000)), reading


@pytest.mark.parametrize("character", "堃喆昇犇淼赟龑镕")
def test_a_rare_character_of_a_name_is_within_three_pages_where_a_given_name_is_asked(character: str) -> None:
    reading = characters()[character][0]
    assert character in offered(reading, 15, Wanted.GIVEN)


@pytest.mark.parametrize(
    ("typed", "surname"),
    [
        ("zhang", "张"),
        ("wang", "王"),
        ("lv", "吕"),
        ("zeng", "曾"),
        ("shan", "单"),
        ("xie", "解"),
        ("qiu", "仇"),
        ("ou", "欧"),
        ("ouyang", "欧阳"),
        ("zhuge", "诸葛"),
        ("yuchi", "尉迟"),
        ("moqi", "万俟"),
    ],
)
def test_where_a_surname_is_asked_it_is_on_the_first_page(typed: str, surname: str) -> None:
    assert surname in offered(typed, 5, Wanted.SURNAME)
    assert surname in offered(digits_of(typed), 10, Wanted.SURNAME)


def test_given_names_of_her_age_come_whole() -> None:
    for typed, name in (("xiuying", "秀英"), ("guilan", "桂兰"), ("jianguo", "建国"), ("shuzhen", "淑珍")):
        assert name in offered(typed, 5, Wanted.GIVEN)
        assert name in offered(digits_of(typed), 5, Wanted.GIVEN)


def test_a_name_typed_at_once_begins_with_the_surname() -> None:
    assert offered("zhangguifang", 1, Wanted.SURNAME) == ["张"]
    assert offered("wangxiuying", 1, Wanted.SURNAME) == ["王"]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("yinhang", "银行"),
        ("shenfenzheng", "身份证"),
        ("danyuan", "单元"),
        ("juweihui", "居委会"),
        ("louti", "楼梯"),
        ("shangmenfuwu", "上门服务"),
        ("nver", "女儿"),
    ],
)
def test_words_of_addresses_and_errands_come_first(typed: str, word: str) -> None:
    assert offered(typed, 1) == [word]
    assert word in offered(digits_of(typed), 5)


def test_a_break_between_syllables_says_which_they_are() -> None:
    assert offered("xi'an", 1) == ["西安"]


def test_initials_are_enough_for_a_common_word() -> None:
    assert "身份证" in offered("sfz", 5)
    assert "身份证" in offered("shfzh", 5)
    assert "身份证" in offered(digits_of("sfz"), 10)


def test_a_syllable_begun_already_shows_characters() -> None:
    assert "张" in offered("zha", 15, Wanted.SURNAME)
    assert "张" in offered(digits_of("zhan"), 10, Wanted.SURNAME)


def test_a_lone_syllable_is_offered_as_one_before_it_is_cut() -> None:
    """xian is 先 before it is 西 and something."""
    assert all(candidate.used == 4 for candidate in candidates("xian", limit=15))


def test_u_with_dots_is_typed_as_v_and_lue_as_either() -> None:
    assert "绿" in offered("lv", 5) and "女" in offered("nv", 5)
    assert "略" in offered("lve", 3) and "略" in offered("lue", 3)


def test_who_says_n_for_l_still_finds_the_south_after_what_was_typed() -> None:
    """As in Sichuan: 南 typed as lan."""
    merged = load_accents().merged
    found = [candidate.text for candidate in candidates("lan", limit=20, merged=merged)]
    assert found.index("蓝") < found.index("南")
    assert candidates("nan", limit=1, merged=merged)[0].text == "南"
    assert "南" not in offered("lan", 20)


def test_nothing_coarse_is_offered_as_a_word() -> None:
    assert not {"傻逼", "王八蛋", "鸡巴"} & {
        *offered("shabi", 50),
        *offered("wangbadan", 50),
        *offered("jiba", 50),
    }


@given(TYPED)
def test_there_is_always_something_and_it_uses_up_some_of_what_was_typed(typed: str) -> None:
    for wanted in Wanted:
        found = candidates(typed, limit=10, wanted=wanted)
        assert all(1 <= candidate.used <= len(typed) and candidate.text for candidate in found)
        assert found or typed[0] in "iuv'"


@given(TYPED, st.sampled_from(Wanted), st.integers(1, 8), st.integers(1, 40))
def test_asking_for_more_changes_nothing_of_what_came_before(
    typed: str, wanted: Wanted, few: int, more: int
) -> None:
    """Or a page would show again, or leave out, what stood on another."""
    longer = offered(typed, few + more, wanted)
    assert offered(typed, few, wanted) == longer[:few]
    assert len(set(longer)) == len(longer)


def test_every_letter_lies_on_one_key() -> None:
    assert sorted("".join(NINE_KEYS.values())) == list("abcdefghijklmnopqrstuvwxyz")
    assert digits_of("zhangsan") == "94264726"


def test_what_is_typed_or_offered_shows_in_no_repr() -> None:
    """K46."""
    assert "张" not in repr(candidates("zhang")) and "zhang" not in repr(candidates("zhang"))


def test_the_table_is_mapped_and_looked_up_without_waiting() -> None:
    """A page within 10 ms of processor time at the 95th percentile, after the first."""
    texts = (
        "z",
        "9",
        "94",
        "zs",
        "zhangsan",
        "94264726",
        "wangxiuying",
        "926948464",
        "shangmenfuwu",
        "74264636",
    )
    candidates("zhang", limit=5)
    spent = []
    for _ in range(10):
        for typed in texts:
            start = time.process_time()
            candidates(typed, limit=5)
            spent.append(time.process_time() - start)
    assert sorted(spent)[int(0.95 * len(spent))] < 0.010
    assert data_file("hanzi/typing.bin").stat().st_size < 3_000_000
    assert isinstance(typing_table().sounds, memoryview)
