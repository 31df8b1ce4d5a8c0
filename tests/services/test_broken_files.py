"""Whatever happens to a service file or its block, its author is told in words; nothing is brought down."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.seeded import BLOCK, GOOD, looked_over
from tests.services.test_service_files import assert_told_well

FULL = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in map(chr, range(0x21, 0x7F))})
EVERYDAY = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
MARKS = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from(list("\"'[]{}=#.,\\\n＝“，0aZ-\u3000\u200b"))
)


def mutated(source: str, how: str) -> Iterator[str]:
    """The text with each of its lines changed, one at a time."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        before, after = lines[:number], lines[number + 1 :]
        match how:
            case "deleted":
                yield "\n".join([*before, *after])
            case "doubled":
                yield "\n".join([*before, line, line, *after])
            case "swapped":
                yield "\n".join([*before[:-1], line, *before[-1:], *after])
            case "full-width":
                yield "\n".join([*before, line.translate(FULL), *after])
            case "cut off":
                yield "\n".join([*before, line[: len(line) // 2]])


@pytest.mark.parametrize("how", ["deleted", "doubled", "swapped", "full-width", "cut off"])
def test_no_line_changed_brings_anything_down(how: str, tmp_path: Path) -> None:
    """flows.md goal 1: every line, each way."""
    for source in mutated(GOOD, how):
        assert_told_well(looked_over(tmp_path, source)[1])


@pytest.mark.parametrize("how", ["deleted", "doubled", "swapped", "full-width", "cut off"])
def test_no_line_changed_in_a_block_brings_anything_down(how: str, tmp_path: Path) -> None:
    for source in mutated(BLOCK, how):
        assert_told_well(looked_over(tmp_path, block=source)[1])


@EVERYDAY
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.sampled_from([0, 1]), MARKS), min_size=1, max_size=3)
)
def test_no_character_changed_brings_anything_down(
    tmp_path: Path, changes: list[tuple[int, int, str]]
) -> None:
    source = GOOD
    for place, length, mark in changes:
        source = source[:place] + mark + source[place + length :]
    assert_told_well(looked_over(tmp_path, source)[1])


@EVERYDAY
@given(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)))
def test_no_piece_that_is_missing_brings_anything_down(tmp_path: Path, one: int, other: int) -> None:
    start, end = sorted((one, other))
    assert_told_well(looked_over(tmp_path, GOOD[:start] + GOOD[end:])[1])


@EVERYDAY
@given(st.binary(max_size=200), st.integers(0, len(GOOD.encode())))
def test_no_bytes_bring_anything_down(tmp_path: Path, noise: bytes, at: int) -> None:
    whole = GOOD.encode()
    for source in (noise, whole[:at] + noise, whole[:at] + noise + whole[at:]):
        assert_told_well(looked_over(tmp_path, source)[1])


VALUES = (
    *('""', '"x"', '"other"', "0", "-1", "99999999999999999999", "1e400", "nan", "true", "[]", "[[]]", "{}"),
    *("[{}]", '["a", 1]', "{ a = 1 }", "2026-11-02", "0001-01-01", "9999-12-31", "2026-11-02T01:02:03Z"),
    *('"\\u0000"', '"{x}"', '"{"', '"%s"', '"𠮷"', f'"{"很" * 500}"'),
)


def test_no_value_in_the_wrong_place_brings_anything_down(tmp_path: Path) -> None:
    """Any kind of thing where another was expected; a few hundred, always the same ones."""
    lines = GOOD.split("\n")
    keyed = [n for n, line in enumerate(lines) if "=" in line and not line.startswith("#")]
    chance = random.Random(7)
    for number in keyed:
        for value in chance.sample(VALUES, 3):
            key = lines[number].partition("=")[0]
            changed = [*lines[:number], f"{key}= {value}", *lines[number + 1 :]]
            assert_told_well(looked_over(tmp_path, "\n".join(changed))[1])


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\x00",
        "\ufeff",
        "x = [" * 3000,
        "x = {a=" * 3000,
        "x = " + "9" * 9000,
        "[" * 5000,
        'x = """',
        "a." * 4000 + "b = 1",
        "\r" * 50,
        "# only a remark",
        "question = 3",
        "question = [3]",
        "[[question]]\ninclude = 3\n[[fact]]\n",
        '[[question]]\ntype = ["a"]\n',
    ],
)
def test_a_file_that_is_no_service_is_told_about(source: str, tmp_path: Path) -> None:
    for service, block in ((source, BLOCK), (GOOD, source)):
        found, problems = looked_over(tmp_path, service, block)
        assert found is None and problems
        assert_told_well(problems)


def test_conditions_in_conditions_are_told_about_or_taken(tmp_path: Path) -> None:
    for depth in (30, 400):
        nest = "{ all = [" * depth + '{ field = "who", is = "family" }' + "] }" * depth
        spoiled = GOOD.replace('{ field = "tables", is = 3 }', nest)
        assert_told_well(looked_over(tmp_path, spoiled)[1])
