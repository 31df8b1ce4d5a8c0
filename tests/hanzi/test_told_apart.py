"""Who hears the candidates knows which is which: 张 is 弓长张, 章 is 立早章 (K20)."""

from __future__ import annotations

import re
import tomllib

import pytest

from kiosk.hanzi.readings import syllables
from kiosk.hanzi.told_apart import told_apart
from kiosk.paths import data_file
from tables.lexicon import own_list, surname_readings

LINES = data_file("hanzi/told_apart.txt").read_text(encoding="utf-8").splitlines()[1:]
TOLD = dict(line.split(" ") for line in LINES)
BY_PARTS = set("龑匡阎奚尹蕊彧璇玹琦琪禛")
"""Named by what they are made of, with a 的 in it."""
BY_WORD = re.compile("(?P<word>.+)的(?P<one>.)")


@pytest.mark.parametrize(
    ("character", "told"),
    [
        ("张", "弓长张"),
        ("章", "立早章"),
        ("李", "木子李"),
        ("吕", "双口吕"),
        ("陈", "耳东陈"),
        ("黄", "草头黄"),
        ("王", "三横王"),
        ("汪", "三点水王汪"),
        ("银", "银行的银"),
        ("堃", "双方土堃"),
    ],
)
def test_a_character_is_named_as_people_do(character: str, told: str) -> None:
    assert told_apart(character) == told


def test_every_one_of_the_240_commonest_surnames_is_named_by_hand() -> None:
    ours = own_list("told_apart.toml")
    by_hand = {line.split(" ")[0] for line in ours["surnames"].splitlines() if line}
    common = [name for name, _, place in surname_readings() if len(name) == 1 and place <= 240]
    assert not set(common) - by_hand


def test_words_and_what_nobody_knows_a_way_for_are_said_as_they_are() -> None:
    for text in ("银行", "诸葛", "", "a", "，", "銢"):
        assert told_apart(text) == text


def test_each_line_ends_with_its_character_and_a_word_holds_it() -> None:
    assert len(TOLD) == len(LINES) > 5_500
    for one, told in TOLD.items():
        assert len(one) == 1 and told.endswith(one) and told != one
        if named := BY_WORD.fullmatch(told):
            assert one in named["word"] or one in BY_PARTS


def test_no_two_characters_are_named_by_the_same_sounds() -> None:
    """Else the ear alone could not choose."""
    by_sound: dict[tuple[str, ...], list[str]] = {}
    for told in TOLD.values():
        by_sound.setdefault(syllables(told), []).append(told)
    assert not [same for same in by_sound.values() if len(same) > 1]


def test_no_character_is_named_by_illness_abuse_or_office_language() -> None:
    sensitive = tomllib.loads(data_file("words/sensitive.toml").read_text(encoding="utf-8"))
    jargon = tomllib.loads(data_file("words/jargon.toml").read_text(encoding="utf-8"))["zh"]
    unwanted = {
        *(word for group in sensitive.values() for word in group),
        *(entry["say"] for entry in jargon),
        *own_list("words.toml")["unfit"]["words"].split(),
        *own_list("told_apart.toml")["shunned_words"].split(),
    }
    used = {named["word"] for told in TOLD.values() if (named := BY_WORD.fullmatch(told))}
    assert not used & unwanted


def test_almost_every_character_of_a_name_can_be_told() -> None:
    names = own_list("names.toml")
    given = set(re.sub(r"\s", "", names["given"]["characters"]))
    assert len(given - set(TOLD)) <= 1
