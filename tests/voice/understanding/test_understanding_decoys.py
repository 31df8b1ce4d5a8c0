"""Decoys stand beside the answers in every grammar, so that other words are not heard as one."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from functools import cache

import pytest

from kiosk.paths import data_file
from tests.voice.understanding.spoken_pages import EN, ZH
from tests.voice.understanding.test_understanding_every_page import parts
from voice.understanding import Pack, expectation, grammar
from voice.understanding.phrases import Phrase, inside, phrase, written
from voice.understanding.sound import MERGED, MOST, distance, sounds, unlikeness

ENOUGH = 95
PACKS = {"zh": ZH, "en": EN}
OTHER_SOUNDS = 1 / 3
"""An English decoy has at least this share of its sounds from no answer."""

needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")


def listed(language: str, name: str) -> list[Phrase]:
    """The decoys of one list of that language."""
    table = tomllib.loads(data_file(f"listening/{language}.toml").read_text(encoding="utf-8"))
    return [phrase(word) for word in table["decoys"][name]]


@cache
def answers(language: str) -> frozenset[Phrase]:
    """All that can be an answer or a command on a page of the house or of any service."""
    pack = PACKS[language]
    said = {phrase(words) for page in parts(language) for words in grammar(expectation(page, language), pack)}
    return frozenset(said - pack.decoys)


def labels(pack: Pack) -> set[Phrase]:
    pages = parts(pack.language)
    return {
        phrase(name)
        for page in pages
        for option in expectation(page, pack.language).options
        for name in option.names
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_are_about_a_hundred_and_none_twice(language: str) -> None:
    words = [*listed(language, "words"), *listed(language, "near")]
    assert len(words) == len(set(words)) == len(PACKS[language].decoys)
    assert len(listed(language, "words")) >= ENOUGH


@pytest.mark.parametrize("language", ["zh", "en"])
def test_none_stands_in_a_choice_a_command_or_a_number(language: str) -> None:
    """A page that has the word in a choice would listen without that decoy."""
    pack = PACKS[language]
    held = {
        (written(decoy), written(words))
        for decoy in pack.decoys
        for words in answers(language) | labels(pack) | set(pack.judgements.unclear)
        if inside(decoy, words)
    }
    assert held == set()


@pytest.mark.parametrize("name", ["words", "near"])
def test_no_accent_makes_one_an_answer(name: str) -> None:
    """By the product's own matcher, with all merges of the table, against every phrase of every page."""
    assert ZH.accents is not None
    heard = [sounds(words, ZH.accents) for words in answers("zh")]
    close = [
        (written(decoy), min(distance(said, words) for words in heard if words))
        for decoy in listed("zh", name)
        if (said := sounds(decoy, ZH.accents))
        and min(distance(said, words) for words in heard if words) <= MOST
    ]
    assert close == []


def test_the_near_ones_share_a_syllable_with_a_yes_a_no_a_figure_or_a_command() -> None:
    accents = ZH.accents
    assert accents is not None
    judged = ZH.judgements
    essential = judged.agree | judged.will | judged.no | set(ZH.wishes) | set(ZH.digits.words)
    syllables = {syllable for words in essential for syllable in sounds(words, accents)}
    for decoy in listed("zh", "near"):
        shared = [
            any(unlikeness(one, other) <= MERGED for other in syllables) for one in sounds(decoy, accents)
        ]
        assert any(shared), written(decoy)


@needs_espeak
def test_english_ones_sound_otherwise_than_every_answer() -> None:
    """By eSpeak's phonemes."""
    spoken = dict(zip(words := sorted(answers("en")), phonemes(words), strict=True))
    for name, least in (("words", OTHER_SOUNDS + 0.01), ("near", OTHER_SOUNDS / 2)):
        for decoy, said in zip(chosen := listed("en", name), phonemes(chosen), strict=True):
            far, like = min((apart(said, answer), words) for words, answer in spoken.items())
            assert far >= least, (written(decoy), written(like))


def phonemes(phrases: list[Phrase]) -> list[tuple[str, ...]]:
    """How eSpeak says each."""
    told = subprocess.run(
        ["espeak-ng", "-q", "-x", "--sep=_", "-v", "en-us"],
        input="\n".join(f"{' '.join(words)}." for words in phrases),
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    lines = [line for line in told.splitlines() if line.strip()]
    signs = [[sign.strip("',:|") for sign in re.split(r"[_ ]+", line.strip())] for line in lines]
    return [tuple(filter(None, line)) for line in signs]


def apart(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The share of sounds that have to be changed."""
    row = list(range(len(other) + 1))
    for at, heard in enumerate(one, 1):
        above, row = row, [at]
        for place, meant in enumerate(other, 1):
            row.append(min(above[place - 1] + (heard != meant), above[place] + 1, row[-1] + 1))
    return row[-1] / max(len(one), len(other), 1)
