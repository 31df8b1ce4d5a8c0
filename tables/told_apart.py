"""Builds data/hanzi/told_apart.txt: how each character is told from those that sound like it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from functools import cache

from kiosk.paths import data_file
from tables import lexicon

HEADING = "一个字怎么说得清 · How to tell a character from those that sound like it (tables/told_apart.py)"
LEAST_COUNT = 3
"""A word counted more seldom is not known to everybody."""
BEGINS, TWO_LONG = 1.5, 1.5
"""What it is worth, in nats of frequency, that the character is the first, and that the word is short."""
TRIED = 6
"""How many words are tried before a character is left without."""
NO_COMMON_WORD = ("j", "l", "x", "o", "nt", "nz", "nrt", "nr", "nrfg", "m", "t")
"""jieba's kinds that make no plain word: abbreviations, half sentences, firms, names, numbers and times."""


def made() -> bytes:
    """`张 弓长张`, `银 银行的银`: a line each, sorted, after a heading."""
    told = dict(_by_hand())
    told.update(_by_words(told))
    return "".join(
        f"{line}\n" for line in (HEADING, *(f"{one} {told[one]}" for one in sorted(told)))
    ).encode()


def _by_hand() -> Iterator[tuple[str, str]]:
    ours = lexicon.own_list("told_apart.toml")
    for group in ("parts", "surnames"):
        yield from _pairs(ours[group])
    for entry in ours["words"].split():
        word, one = entry.split("/")
        yield one, f"{word}的{one}"


def _pairs(lines: str) -> Iterator[tuple[str, str]]:
    for line in filter(None, lines.splitlines()):
        first, second = line.split(" ")
        yield first, second


def _by_words(by_hand: dict[str, str]) -> Iterator[tuple[str, str]]:
    """For the others the commonest plain word that does not sound the same as a commoner character's."""
    heard = {_sound(told) for told in by_hand.values()}
    words: dict[str, list[tuple[float, str]]] = {}
    for entry in lexicon.counted():
        if 2 <= len(entry.text) <= 4 and entry.count >= LEAST_COUNT and _plain(entry):
            for one in entry.text:
                if one not in by_hand and entry.text.count(one) == 1:
                    words.setdefault(one, []).append((-_worth(entry, one), entry.text))
    for one, ranked in sorted(words.items(), key=lambda item: (min(item[1]), item[0])):
        for _, word in sorted(ranked)[:TRIED]:
            told = f"{word}的{one}"
            if _sound(told) not in heard:
                heard.add(_sound(told))
                yield one, told
                break


def _worth(entry: lexicon.Counted, one: str) -> float:
    return math.log(entry.count) + BEGINS * (entry.text[0] == one) + TWO_LONG * (len(entry.text) == 2)


def _sound(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(text, style=Style.TONE3))


def _plain(entry: lexicon.Counted) -> bool:
    characters, words = _shunned()
    return entry.kind not in NO_COMMON_WORD and entry.text not in words and not set(entry.text) & characters


@cache
def _shunned() -> tuple[frozenset[str], frozenset[str]]:
    """What is not used to tell a character by: office language, the body, abuse, what is ominous."""
    ours = lexicon.own_list("told_apart.toml")
    unfit = lexicon.own_list("words.toml")["unfit"]
    sensitive = tomllib.loads(data_file("words/sensitive.toml").read_text(encoding="utf-8"))
    jargon = tomllib.loads(data_file("words/jargon.toml").read_text(encoding="utf-8"))
    words = [
        *ours["shunned_words"].split(),
        *unfit["words"].split(),
        *(word for group in sensitive.values() for word in group),
        *(entry["say"] for entry in jargon["zh"]),
    ]
    return frozenset(ours["shunned_characters"] + unfit["characters"]), frozenset(words)
