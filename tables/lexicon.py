"""Where the words come from: jieba's counted dictionary, pypinyin's readings, the 8,105 characters, ours."""

from __future__ import annotations

import importlib.util
import itertools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
_SIGHS = {"m": "mu", "n": "en", "ng": "en", "hm": "heng", "hng": "heng", "ê": "ei"}
"""What no keyboard spells, and how people type it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of jieba's dictionary."""

    text: str
    count: int
    kind: str

    @property
    def a_person(self) -> bool:
        """Whether it is somebody's name."""
        return self.kind.startswith("nr")


def own_list(name: str) -> dict[str, Any]:
    """A list of ours, from the file beside this one."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@cache
def counted() -> tuple[Counted, ...]:
    """All of jieba's words in standard characters: the rest of it is in old ones, in letters, or broken."""
    found = importlib.util.find_spec("jieba")
    if found is None or not found.submodule_search_locations:
        raise LookupError("jieba is not installed: script/setup installs what building needs")
    lines = (Path(found.submodule_search_locations[0]) / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return tuple(
        Counted(text, int(count), kind) for text, count, kind in entries if standard().issuperset(text)
    )


@cache
def standard() -> frozenset[str]:
    """The Table of General Standard Chinese Characters: 8,105."""
    return frozenset(map(chr, import_module("pypinyin_dict.pinyin_data.kmandarin_8105").pinyin_dict))


@cache
def characters() -> dict[str, tuple[str, ...]]:
    """Every character that can be typed, with its readings as typed, the usual first.

    The 8,105 and what else GBK holds: names are registered in characters outside the standard, too.
    """
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.pinyin_dict import pinyin_dict

    every = standard() | {one for one in map(chr, range(0x4E00, 0x9FA6)) if _in_gbk(one)}
    found = {}
    for one in sorted(every):
        toned = pinyin_dict.get(ord(one), "").split(",")
        plain = (to_normal(reading, v_to_u=False) for reading in toned if reading)
        if readings := tuple(dict.fromkeys(_SIGHS.get(reading, reading) for reading in plain)):
            found[one] = readings
    return found


def _in_gbk(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def spelled(text: str) -> tuple[str, ...]:
    """A word's syllables, as typed."""
    from pypinyin import Style, lazy_pinyin

    if len(text) == 1:
        return characters()[text][:1]
    return tuple(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False))


def surname_readings() -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Each surname with a reading and its place among the surnames, from 1."""
    names = own_list("names.toml")
    single = dict.fromkeys(re.sub(r"\s", "", names["surnames"]))
    first_compound = 150
    placed = [
        *((name, place) for place, name in enumerate(single, 1)),
        *(
            (name, place)
            for place, name in enumerate(dict.fromkeys(names["compound"].split()), first_compound)
        ),
    ]
    for name, place in placed:
        for reading in _as_surname(name, names["readings"]):
            yield name, reading, place


def _as_surname(name: str, special: dict[str, str]) -> list[tuple[str, ...]]:
    if name not in special:
        return [spelled(name)]
    sounds = special[name].split()
    return [tuple(sounds)] if len(name) > 1 else [(sound,) for sound in sounds]


@cache
def given_counts() -> dict[str, int]:
    """How often two characters, or one, are a given name: among the names in jieba's dictionary."""
    surnames = {name for name, _, _ in surname_readings()}
    found: dict[str, int] = {}
    for entry in counted():
        if entry.kind != "nr" or len(entry.text) != 3 or entry.text[0] not in surnames:
            continue
        for part in (entry.text[1:], *entry.text[1:]):
            found[part] = found.get(part, 0) + 1
    return found


def given_list() -> Iterator[tuple[str, int]]:
    """Our own list of given names with their places, from 1: characters, then pairs."""
    given = own_list("names.toml")["given"]
    yield from zip(dict.fromkeys(re.sub(r"\s", "", given["characters"])), itertools.count(1))
    yield from zip(dict.fromkeys(given["pairs"].split()), itertools.count(1))
