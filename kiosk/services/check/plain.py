"""Lists of words: common characters, office language, official names, what blames, what is about the body."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from kiosk.paths import data_file

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")
BLAMING = re.compile(
    r"无效|非法|错误代码|^请重试[。！!]?$|\b(?:invalid|illegal|error code)\b|^please try again[.!]?$", re.I
)
"""K11. Words that say it is the person's fault, or give a code instead of a way on."""
UNREADABLE = re.compile("[\u2460-\u24ff\u2150-\u218b\u3200-\u33ff０-９Ａ-Ｚａ-ｚ№℃→←↑↓※★☆■□▲△●○◆]")
"""Signs that look clear and have no sound: ①, Ⅳ, ㎡, ２, №, →."""


@cache
def common_characters() -> frozenset[str]:
    """The 3,500 characters in everyday use (K25), as the file says where from."""
    lines = data_file("words/common_characters.txt").read_text(encoding="utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


@cache
def jargon(language: str) -> tuple[tuple[str, str], ...]:
    """Office language and what people say instead, the longest first."""
    listed = tomllib.loads(data_file("words/jargon.toml").read_text(encoding="utf-8"))[language]
    return tuple(sorted(((one["say"], one["plain"]) for one in listed), key=lambda pair: -len(pair[0])))


@cache
def official() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Official names that may stay, and the words of which one tells what they are, the longest first."""
    listed = tomllib.loads(data_file("words/official.toml").read_text(encoding="utf-8"))["zh"]
    told = ((one["say"], tuple(one["plain"])) for one in listed)
    return tuple(sorted(told, key=lambda pair: -len(pair[0])))


@cache
def sensitive_words() -> tuple[str, ...]:
    """Words by which a question about health or the body is known."""
    listed = tomllib.loads(data_file("words/sensitive.toml").read_text(encoding="utf-8"))
    return tuple(word for words in listed.values() for word in words)


def characters(said: str) -> int:
    """How long a sentence is when it is said: Han characters and digits (K24)."""
    return len(HAN.findall(said)) + sum(character.isdigit() for character in said)


def sentences(words: str) -> list[str]:
    """A text in its sentences."""
    return [one.strip() for one in re.split(r"(?<=[。！？!?；;])|(?<=[a-z\d]\.)\s", words) if one.strip()]
