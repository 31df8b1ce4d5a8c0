"""Mandarin as old people speak it: sounds that run into one another, in every command, yes and no (K05)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from kiosk.flow.page import Choice
from kiosk.ports import NotUnderstood, Understood, Unsure, Wish, Wished
from tests.voice.understanding import spoken_pages as pages
from tests.voice.understanding.spoken_pages import ZH, asks, both, on
from voice.understanding import PackFault, load_pack, understand
from voice.understanding.accents import Accents, load_accents
from voice.understanding.phrases import Phrase, phrase, written
from voice.understanding.sound import distance, sounds

ACCENTS = load_accents()
DIGITS = [phrase(sign) for sign in "零一二三四五六七八九十幺两"]


def active_words() -> dict[Phrase, str]:
    """All words that can be an answer somewhere, with what they mean."""
    judged = ZH.judgements
    words = {word: f"wish {wish}" for word, wish in ZH.wishes.items()}
    words |= dict.fromkeys(judged.agree | judged.will | judged.murmur, "yes") | dict.fromkeys(judged.no, "no")
    meanings = {"幺": "digit 一", "两": "digit 二"}
    return words | {sign: meanings.get(sign[0], f"digit {sign[0]}") for sign in DIGITS}


@cache
def character_of() -> dict[str, str]:
    """A character for each syllable that there is."""
    from pypinyin import Style, lazy_pinyin

    common = map(chr, range(0x4E00, 0x9FA6))
    found: dict[str, str] = {}
    for character in common:
        if written_alone := lazy_pinyin(character, style=Style.NORMAL, errors="ignore"):
            found.setdefault(written_alone[0], character)
    return found


def rows() -> list[tuple[str, str, str]]:
    """Every merge of the table, both ways: which part of a syllable, what it was, what it is said as."""
    import tomllib

    from kiosk.paths import data_file

    table = tomllib.loads(data_file("lexicon/accents.toml").read_text(encoding="utf-8"))
    return [
        (part, one, other)
        for part, lines in table.items()
        for line in lines
        for one in line
        for other in line
        if one != other
    ]


def said_with(syllable: str, part: str, one: str, other: str) -> str:
    """The syllable in that accent, `""` where it has none of that sound."""
    if part == "syllables":
        return other if syllable == one else ""
    plain = Accents().syllable(syllable)
    if part == "initials" and plain.initial == one:
        return other + plain.final
    if part == "finals" and plain.final == one:
        return plain.initial + other
    return ""


def in_every_accent(word: Phrase) -> list[str]:
    """The word as each accent says it: other characters, that have the sound."""
    variants = []
    for part, one, other in rows():
        for at, syllable in enumerate(sounds(word, ACCENTS)):
            changed = said_with(syllable.plain, part, one, other)
            if changed in character_of():
                plain = [s.plain for s in sounds(word, ACCENTS)]
                variants.append(spelled([*plain[:at], changed, *plain[at + 1 :]]))
    return variants


def spelled(syllables: list[str]) -> str:
    """Characters that are read so; in 重乎 the first would be read otherwise than in 重复."""
    text = "".join(character_of()[syllable] for syllable in syllables)
    assert [s.plain for s in sounds(phrase(text), ACCENTS)] == syllables, text
    return text


def test_the_accents_unite_no_words_that_mean_different_things_but_four_ten_and_is() -> None:
    united = defaultdict(set)
    for word in active_words():
        united[tuple((s.initial, s.final) for s in sounds(word, ACCENTS))].add(written(word))
    meanings = {written(word): meaning for word, meaning in active_words().items()}
    clashes = [words for words in united.values() if len({meanings[word] for word in words}) > 1]
    assert {frozenset(words) for words in clashes} == {frozenset("四十是"), frozenset("幺要")}


@pytest.mark.parametrize("wish", list(Wish))
def test_each_command_is_heard_in_every_accent(wish: Wish) -> None:
    missed = [
        (written(word), variant, answer)
        for word, meant in ZH.wishes.items()
        if meant is wish
        for variant in in_every_accent(word)
        if (answer := understand([variant], on(pages.LOST, ZH), ZH)) != Wished(wish)
    ]
    assert missed == []


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_each_yes_and_no_is_heard_in_every_accent(answer: str) -> None:
    judged = ZH.judgements
    words = judged.no if answer == "no" else judged.agree | judged.will
    missed = [
        (written(word), variant, heard)
        for word in words
        for variant in in_every_accent(word)
        if (heard := understand([variant], on(pages.HAS_CARD, ZH), ZH)) != Understood(choice=answer)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("森份证", "id"),
        ("深粉正", "id"),
        ("社宝卡", "social"),
        ("射保卡", "social"),
        ("良张都四", "two"),
        ("两脏都是", "two"),
    ],
)
def test_a_choice_is_heard_in_an_accent(said: str, choice: str) -> None:
    assert understand([said], on(pages.LOST, ZH), ZH) == Understood(choice=choice)


def test_opposites_that_differ_in_one_sound_need_that_sound() -> None:
    for said in ("嘎一步", "哈一步", "过声点", "怪一点"):
        assert understand([said], on(pages.WHO, ZH), ZH) == NotUnderstood(), said
    assert understand(["夏一步"], on(pages.WHO, ZH), ZH) == Wished(Wish.NEXT)
    assert understand(["散一步"], on(pages.WHO, ZH), ZH) == Wished(Wish.BACK)


def test_of_two_labels_that_sound_alike_the_person_is_asked() -> None:
    page = asks(
        both("哪一家？"),
        Choice("fu", both("福兰社区")),
        Choice("hu", both("湖南社区")),
        Choice("no", both("都没有")),
    )
    assert understand(["胡兰射区"], on(page, ZH), ZH) == Unsure(("fu", "hu"))


def test_without_the_merge_a_sound_is_half_another() -> None:
    plain = Accents()
    four, ten, near = (sounds(phrase(word), plain) for word in ("四", "是", "你"))
    assert distance(four, ten) == 0.5
    assert distance(sounds(phrase("四"), ACCENTS), sounds(phrase("是"), ACCENTS)) == 0.2
    assert distance(four, near) == 0.5
    assert distance(four, sounds(phrase("八"), plain)) == 1.0


def test_a_site_may_bring_its_own_table(tmp_path: Path) -> None:
    table = tmp_path / "here.toml"
    table.write_text('initials = [["b", "p"]]\n', encoding="utf-8")
    here = load_pack("zh", table)
    assert understand(["帮竹"], on(pages.LOST, here), here) == Wished(Wish.HELP)
    assert understand(["胖助"], on(pages.LOST, here), here) == Wished(Wish.HELP)
    assert understand(["胖助"], on(pages.LOST, ZH), ZH) == NotUnderstood()


@pytest.mark.parametrize(
    "wrong",
    ["initials = 3", 'initials = [["b"]]', 'vowels = [["a", "o"]]', "initials = [", 'finals = [["a", 1]]'],
)
def test_a_table_that_cannot_be_used_is_told_by_its_name(tmp_path: Path, wrong: str) -> None:
    table = tmp_path / "here.toml"
    table.write_text(wrong, encoding="utf-8")
    with pytest.raises(PackFault, match=r"here\.toml"):
        load_pack("zh", table)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackFault, match=r"gone\.toml"):
        load_pack("zh", tmp_path / "gone.toml")
