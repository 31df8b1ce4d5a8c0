"""Whatever happens to a service file or its block, its author is told in words; nothing is brought down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.seeded import BLOCK, GOOD, STALLS, looked_over
from tests.services.test_service_files import assert_told_well

FULL = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in map(chr, range(0x21, 0x7F))})
EVERYDAY = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
MARKS = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from(list("\"'[]{}=#.,\\\n＝“，0aZ-\u3000\u200b"))
)


SMALL = (STALLS / "small.toml").read_text(encoding="utf-8")
HOW = ("deleted", "doubled", "swapped", "full-width", "cut off")


def mutated(source: str, how: str, *, each: int = 1) -> Iterator[str]:
    """The text with each of its lines changed, or every so many, one at a time."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if not line.strip() or number % each != HOW.index(how) % each:
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


@pytest.mark.parametrize("how", HOW)
def test_no_line_changed_brings_anything_down(how: str, tmp_path: Path) -> None:
    """flows.md goal 1: every line of a small file, each way, and every fourth of a big one."""
    for source in (*mutated(SMALL, how), *mutated(GOOD, how, each=4)):
        assert_told_well(looked_over(tmp_path, source)[1])


@pytest.mark.parametrize("how", HOW)
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
    """Any kind of thing where another was expected: all of them on each key of a small file."""
    lines = SMALL.split("\n")
    keyed = [n for n, line in enumerate(lines) if "=" in line and not line.startswith("#")]
    for number in keyed:
        for value in VALUES:
            key = lines[number].partition("=")[0]
            changed = [*lines[:number], f"{key}= {value}", *lines[number + 1 :]]
            assert_told_well(looked_over(tmp_path, "\n".join(changed))[1])


NO_SERVICES = {
    "nothing": "",
    "a zero": "\x00",
    "a mark only": "\ufeff",
    "lists in lists": "x = [" * 3000,
    "tables in tables": "x = {a=" * 3000,
    "a number without end": "x = " + "9" * 9000,
    "brackets": "[" * 5000,
    "a text without end": 'x = """',
    "a key without end": "a." * 4000 + "b = 1",
    "line ends of another kind": "\r" * 50,
    "a remark": "# only a remark",
    "a number for questions": "question = 3",
    "numbers for questions": "question = [3]",
    "a number for an include": "[[question]]\ninclude = 3\n[[fact]]\n",
    "a list for a kind": '[[question]]\ntype = ["a"]\n',
}


@pytest.mark.parametrize("source", NO_SERVICES.values(), ids=NO_SERVICES)
def test_a_file_that_is_no_service_is_told_about(source: str, tmp_path: Path) -> None:
    found, problems = looked_over(tmp_path, source)
    assert found is None and problems
    assert_told_well(problems)


@pytest.mark.parametrize("source", NO_SERVICES.values(), ids=NO_SERVICES)
def test_a_block_that_holds_no_questions_is_told_about(source: str, tmp_path: Path) -> None:
    found, problems = looked_over(tmp_path, block=source)
    assert found is None and problems
    assert_told_well(problems)


def test_conditions_in_conditions_are_told_about_or_taken(tmp_path: Path) -> None:
    for depth in (30, 400):
        nest = "{ all = [" * depth + '{ field = "who", is = "family" }' + "] }" * depth
        spoiled = GOOD.replace('{ field = "tables", is = 3 }', nest)
        assert_told_well(looked_over(tmp_path, spoiled)[1])
