"""Measured: everyday questions find their service, and what nobody wrote about finds no sure answer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.ask.guides import asker, shipped

QUESTIONS = tomllib.loads((Path(__file__).parent / "everyday_questions.toml").read_text(encoding="utf-8"))
ENOUGH = 0.9


@dataclass(frozen=True)
class Asked:
    words: str
    service: str
    kind: str

    @property
    def language(self) -> str:
        return "en" if self.kind == "en" else "zh"


def everyday() -> Iterator[Asked]:
    for entry in QUESTIONS["question"]:
        for kind in ("plain", "heard", "spelt", "en"):
            yield from (Asked(words, entry["service"], kind) for words in entry.get(kind, []))


@cache
def found(asked: Asked) -> list[str]:
    return [hit.service for hit in asker().ask(asked.words, asked.language).hits]


def share(asked: list[Asked]) -> float:
    return sum(one.service in found(one) for one in asked) / len(asked)


def test_the_questions_are_of_all_kinds_and_about_every_service() -> None:
    kinds = [one.kind for one in everyday()]
    assert len(kinds) >= 100
    assert kinds.count("en") >= 15
    assert kinds.count("heard") >= 25
    assert {one.service for one in everyday()} == set(shipped())


def test_nine_of_ten_everyday_questions_find_their_service_in_the_first_three() -> None:
    missed = [one.words for one in everyday() if one.service not in found(one)]
    assert share(list(everyday())) >= ENOUGH, missed


@pytest.mark.parametrize("kind", ["plain", "heard", "spelt", "en"])
def test_so_do_those_that_are_misheard_misspelt_or_in_english(kind: str) -> None:
    asked = [one for one in everyday() if one.kind == kind]
    assert share(asked) >= ENOUGH, [one.words for one in asked if one.service not in found(one)]


def test_a_sure_answer_is_the_right_one() -> None:
    sure = [one for one in everyday() if asker().ask(one.words, one.language).sure]
    assert len(sure) >= len(list(everyday())) / 2
    assert [one.words for one in sure if found(one)[0] != one.service] == []


@pytest.mark.parametrize("words", QUESTIONS["nothing"]["words"])
def test_about_what_nobody_wrote_nothing_is_sure(words: str) -> None:
    language = "en" if words.isascii() else "zh"
    assert not asker().ask(words, language).sure
