"""The words that residents and staff meet, wherever they stand in the shipped data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue import read_catalogue
from kiosk.services.check.plain import BLAMING, HAN, common_characters, jargon, official
from kiosk.services.load import look_over, service_files
from kiosk.text import Text
from tables.common_characters import FIRST_LEVEL, IN_A_LINE, made
from tests.flow.residents import TODAY

DATA = Path(__file__).resolve().parents[1] / "data"
TO_RESIDENTS = ("resident", "voice", "case", "records")
"""Catalogues of which a resident reads or hears something."""
FOR_AUDITORS = "conformance"
"""The folder of the table of standards, which nobody meets at the kiosk or the desk."""
ONE_ALOUD = "幺"
"""How the figure 1 is said in a number; it is never shown."""
ON_PAPER = "paper"
"""The group of papers' own titles: a receipt is called what it is."""
JOKES = re.compile(r"哈哈|嘻嘻|嘿嘿|亲～|么么|[~～]|\b(?:haha|oops|whoops|yay|lol)\b", re.I)

LOOKS = re.compile(
    r"[左右][边侧上下]|圆形|圆的|(?<!对)方的|方形|三角|[红绿蓝黄][色的]"
    r"|\b(?:left|right)[- ](?:hand|side|of|corner)|\bon the (?:left|right)\b"
    r"|\b(?:round|square|red|green|blue|yellow) (?:one|button|key|box|sign|line|mark)",
    re.I,
)
"""Which side, which shape, which colour."""


def words_in(value: Any, place: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield place, value
        case dict():
            for key, inner in value.items():
                yield from words_in(inner, f"{place}.{key}")
        case list():
            for number, inner in enumerate(value):
                yield from words_in(inner, f"{place}[{number}]")


def shipped_words() -> Iterator[tuple[str, str]]:
    for path in sorted(DATA.rglob("*.toml")):
        if path.parent.name == FOR_AUDITORS:
            continue
        yield from words_in(
            tomllib.loads(path.read_text(encoding="utf-8")), path.relative_to(DATA).as_posix()
        )


def texts_of(catalogue: str) -> Mapping[str, Text]:
    return read_catalogue(DATA / "locale" / f"{catalogue}.toml")


def residents_texts() -> Iterator[tuple[str, Text]]:
    for catalogue in TO_RESIDENTS:
        yield from ((f"{catalogue}:{key}", text) for key, text in texts_of(catalogue).items())


def both(text: Text, language: str) -> str:
    """As it is read and as it is heard."""
    return f"{text.show(language)}\n{text.say(language)}"


def test_nobody_is_told_that_they_are_invalid() -> None:
    """K11: a message names the item and the way out; it never blames and never shows a code."""
    assert [f"{place}: {words}" for place, words in shipped_words() if BLAMING.search(words)] == []


def test_the_list_is_the_first_level_of_the_general_standard() -> None:
    """K25: all 3,500, each once; with the first and the last, and without what only the second level has."""
    assert len(common_characters()) == FIRST_LEVEL
    assert {"一", "您", "矗"} <= common_characters() and not {"幺", "岚", "龘"} & common_characters()


def test_the_list_is_made_again_from_the_numbers_of_the_characters() -> None:
    """K25: in the table's order, whatever order the file has; a file without some of them is refused."""
    numbered = [f"U+{0x4E00 + n:X}\tkTGH\t2013:{n}" for n in range(FIRST_LEVEL + 5, 0, -1)]
    rows = [row for row in made("\n".join(["# head", *numbered])).splitlines() if not row.startswith("#")]
    assert [len(row) for row in rows] == [IN_A_LINE] * (FIRST_LEVEL // IN_A_LINE)
    assert rows[0][:2] == "\u4e01\u4e02" and rows[-1][-1] == chr(0x4E00 + FIRST_LEVEL)
    with pytest.raises(ValueError, match="first level"):
        made("\n".join(numbered[:-1]))


def test_whoever_reads_common_characters_reads_all_that_the_kiosk_shows() -> None:
    """K25."""
    rare = {
        place: found
        for place, text in residents_texts()
        if (found := {*HAN.findall(both(text, "zh"))} - common_characters() - {ONE_ALOUD})
    }
    assert rare == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_kiosk_itself_speaks_no_office_language(language: str) -> None:
    """K25: what the author of a service is told about, the program does not do either."""
    found = [
        f"{place}: {word}"
        for place, text in residents_texts()
        for word, _ in jargon(language)
        if word in both(text, language).lower()
    ]
    assert found == []


def test_the_kiosk_tells_an_official_name_plainly_the_first_time() -> None:
    """K25: on the page, which is a group of the catalogue, where it is met first."""
    untold = []
    for catalogue in TO_RESIDENTS:
        met: set[str] = set()
        texts = texts_of(catalogue).items()
        for group, entries in groupby(texts, key=lambda entry: entry[0].partition(".")[0]):
            told = "\n".join(both(text, "zh") for _, text in entries)
            new = [one for one in official() if one[0] in told and one[0] not in met and group != ON_PAPER]
            met |= {name for name, _ in new}
            untold += [f"{group}: {name}" for name, plain in new if not any(word in told for word in plain)]
    assert untold == []


def test_everybody_is_spoken_to_politely_and_in_earnest() -> None:
    """K25: 您 and not 你, and no joke, whatever catalogue it is; what is quoted as a fault is no address."""
    place_of_quotes = "check.toml.W414"
    said = [(place, words) for place, words in shipped_words() if place.startswith(("locale/", "services/"))]
    assert [place for place, words in said if "你" in words and place_of_quotes not in place] == []
    assert [place for place, words in said if JOKES.search(words)] == []


@pytest.mark.parametrize("path", service_files(DATA / "services"), ids=lambda path: path.stem)
def test_no_shipped_service_leaves_a_remark_about_its_words(path: Path) -> None:
    """K11, K23, K24, K25: its author was told of nothing that is hard to read or to hear."""
    _, problems = look_over(path, TODAY)
    assert [one.show("zh") for one in problems if re.match(r"[EW]4", one.code)] == []


def test_a_name_is_in_one_list_of_words_only() -> None:
    """K25: what may stay is told, what may not is replaced."""
    assert {name for name, _ in official()} & {word for word, _ in jargon("zh")} == set()
    assert all(plain and name not in plain for name, plain in official())


@pytest.mark.proves("WCAG 1.3.3")
def test_nothing_is_told_by_where_it_stands_or_what_it_looks_like() -> None:
    """K05: "the green one on the left" is no help to an ear."""
    met = [(place, both(text, language)) for place, text in residents_texts() for language in ("zh", "en")]
    met += [(place, words) for place, words in shipped_words() if place.startswith("services")]
    assert [(place, words) for place, words in met if LOOKS.search(words)] == []


def test_questions_that_differ_in_chinese_differ_in_english() -> None:
    """K25: who asks for the same page twice in English would not know which of the two it is."""
    meant: dict[str, set[str]] = {}
    for file in sorted((DATA / "services").rglob("*.toml")):
        for question in tomllib.loads(file.read_text(encoding="utf-8")).get("question", ()):
            if "ask" in question:
                meant.setdefault(question["ask"]["en"], set()).add(question["ask"]["zh"])
    for key, text in texts_of("resident").items():
        if key.endswith("heading"):
            meant.setdefault(text.show("en"), set()).add(text.show("zh"))
    assert {words: asked for words, asked in meant.items() if len(asked) > 1} == {}
