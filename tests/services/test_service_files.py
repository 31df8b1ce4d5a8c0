"""A service file with a slip is told about in words, on its line, and never brings anything down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.paths import data_file
from kiosk.services.load import load_service, load_shelf, offered
from kiosk.services.model import Service
from kiosk.services.problem import Problem
from kiosk.text import LANGUAGES
from tests.flow.residents import ALLOWANCE, TODAY
from tests.services.seeded import FILE, GOOD, SLIPS, Slip


def problems_of(source: str | bytes, folder: Path) -> tuple[Problem, ...]:
    path = folder / "service.toml"
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    outcome = load_service(path)
    return () if isinstance(outcome, Service) else outcome


def assert_told_well(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert re.fullmatch(r"E\d{3}", problem.code)
        assert problem.line >= 1 and problem.column >= 1
        for language in LANGUAGES:
            assert problem.what.show(language) and problem.fix.show(language)
            assert f"service.toml:{problem.line}:{problem.column} {problem.code}" in problem.show(language)


def test_every_shipped_service_is_clean() -> None:
    shelf = load_shelf(data_file("services"))
    assert shelf.problems == ()
    assert "elderly-allowance" in shelf.services


def test_there_are_many_seeded_slips() -> None:
    assert len(SLIPS) >= 40
    assert {slip.code for slip in SLIPS} >= {
        "E101",
        "E102",
        "E201",
        "E202",
        "E203",
        "E301",
        "E302",
        "E305",
        "E306",
    }


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{s.code}-{n}" for n, s in enumerate(SLIPS)])
def test_a_slip_is_told_on_its_line(slip: Slip, tmp_path: Path) -> None:
    """flows.md goal 1: the code, the line and a fix."""
    problems = problems_of(slip.spoil(), tmp_path)
    assert (slip.code, slip.line()) in [(problem.code, problem.line) for problem in problems], [
        problem.show("en") for problem in problems
    ]
    assert_told_well(problems)


def test_the_line_itself_is_shown(tmp_path: Path) -> None:
    (problem,) = problems_of(GOOD.replace("optional = true", "optinal = true"), tmp_path)
    assert problem.source == "optinal = true"
    assert "optional" in problem.fix.show("zh")


def test_an_unclosed_end_is_told_at_the_end(tmp_path: Path) -> None:
    (problem,) = problems_of(GOOD.rstrip() + '\nmore = ["a",\n\n', tmp_path)
    assert problem.line == GOOD.rstrip().count("\n") + 2


def test_all_slips_of_a_file_are_told_at_once_in_order(tmp_path: Path) -> None:
    spoiled = GOOD.replace("optional = true", "optinal = true").replace('type = "date"', 'type = "day"')
    problems = problems_of(spoiled, tmp_path)
    assert [problem.code for problem in problems] == ["E203", "E201"]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


@pytest.mark.parametrize("source", [b"", b"\xff\xfe\x00", b"\x00", "\ufeff".encode(), b"x = [" * 3000,
                                    b"x = " + b"9" * 9000])  # fmt: skip
def test_a_file_that_is_no_service_is_told_about(source: bytes, tmp_path: Path) -> None:
    problems = problems_of(source, tmp_path)
    assert problems
    assert_told_well(problems)


def test_a_file_from_another_editor_is_read(tmp_path: Path) -> None:
    assert problems_of("\ufeff" + GOOD.replace("\n", "\r\n"), tmp_path) == ()


def test_a_slip_is_on_the_right_line_with_other_line_ends_too(tmp_path: Path) -> None:
    slip = SLIPS[0]
    (problem,) = problems_of(slip.spoil().replace("\n", "\r\n"), tmp_path)
    assert problem.line == slip.line()


def test_a_broken_file_beside_a_good_one_leaves_the_good_one(tmp_path: Path) -> None:
    (tmp_path / "a-broken.toml").write_text("id ＝", encoding="utf-8")
    (tmp_path / "b-folder.toml").mkdir()
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    shelf = load_shelf(tmp_path)
    assert list(shelf.services) == ["elderly-allowance"]
    assert {problem.file for problem in shelf.problems} == {"a-broken.toml", "b-folder.toml"}


def test_two_files_of_the_same_service_are_told_about(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD.replace("2026.11", "2025.1"), encoding="utf-8")
    shelf = load_shelf(tmp_path)
    assert shelf.services["elderly-allowance"].version == ALLOWANCE.version
    assert [(problem.file, problem.code) for problem in shelf.problems] == [("b.toml", "E301")]


def test_only_signed_services_in_their_time_are_offered() -> None:
    shelf = load_shelf(data_file("services"))
    assert "elderly-allowance" not in offered(shelf, TODAY)
    assert "elderly-allowance" in offered(shelf, TODAY, unsigned=True)
    before = ALLOWANCE.valid.start.replace(year=2025)
    assert "elderly-allowance" not in offered(shelf, before, unsigned=True)


LINES = GOOD.split("\n")
FULL = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in map(chr, range(0x21, 0x7F))})


def mutated(how: str, number: int) -> str:
    lines = list(LINES)
    match how:
        case "deleted":
            del lines[number]
        case "doubled":
            lines.insert(number, lines[number])
        case "swapped":
            lines[number - 1], lines[number] = lines[number], lines[number - 1]
        case "full-width":
            lines[number] = lines[number].translate(FULL)
    return "\n".join(lines)


@pytest.mark.parametrize("how", ["deleted", "doubled", "swapped", "full-width"])
def test_no_line_changed_brings_anything_down(how: str, tmp_path: Path) -> None:
    """flows.md goal 1: every line, each way."""
    for number, line in enumerate(LINES):
        if line.strip():
            assert_told_well(problems_of(mutated(how, number), tmp_path))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.sampled_from([0, 1])), min_size=1, max_size=3),
    mark=st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from(list("\"'[]{}=#.,\\\n＝“，0aZ-"))
    ),
)
def test_no_character_changed_brings_anything_down(
    at: list[tuple[int, int]], mark: str, tmp_path: Path
) -> None:
    source = GOOD
    for place, length in at:
        source = source[:place] + mark + source[place + length :]
    assert_told_well(problems_of(source, tmp_path))


def test_the_shipped_file_is_the_one_that_was_spoiled() -> None:
    assert isinstance(load_service(FILE), Service)
