"""A service file with a slip is told about in words, on its line, and as many slips as there are at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.paths import data_file
from kiosk.services.load import load_service, load_shelf, look_over, offered, service_files
from kiosk.services.model import Service
from kiosk.services.problem import Problem, Severity
from kiosk.text import LANGUAGES
from tests.flow.residents import ALLOWANCE, TODAY
from tests.services.seeded import BLOCK, BLOCK_NAME, GOOD, Slip, looked_over
from tests.services.slips_of_duty import DUTY
from tests.services.slips_of_logic import LOGIC
from tests.services.slips_of_reading import READING
from tests.services.slips_of_shape import SHAPE
from tests.services.slips_of_typing import TYPING

SLIPS = (*TYPING, *SHAPE, *LOGIC, *READING, *DUTY)
RULES = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
FALLBACKS = {"E203"}
"""Told where a value is wrong in a way that nobody has thought of: no slip leads there."""
ELSEWHERE = {"E103", "E524"}
"""Seeded in tests of their own: a file that is no text, a sign-off that has no line."""


def assert_told_well(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert re.fullmatch(r"[EW]\d{3}", problem.code)
        assert problem.line >= 1 and problem.column >= 1
        for language in LANGUAGES:
            assert problem.what.show(language) and problem.fix.show(language)
            assert f"{problem.file}:{problem.line}:{problem.column} {problem.code}" in problem.show(language)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("path", service_files(data_file("services")), ids=lambda path: path.stem)
def test_every_shipped_service_is_without_errors(path: Path) -> None:
    service, problems = look_over(path, TODAY)
    assert service is not None
    assert [problem.show("zh") for problem in problems if problem.severity is Severity.ERROR] == []


def test_the_service_that_is_spoiled_here_is_sound(tmp_path: Path) -> None:
    service, problems = looked_over(tmp_path)
    assert service is not None and [problem.show("zh") for problem in problems] == []


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{s.code}-{n}" for n, s in enumerate(SLIPS)])
def test_a_slip_is_told_on_its_line(slip: Slip, tmp_path: Path) -> None:
    """flows.md goal 1: the code, the line and a fix; in the block's own file where it is the block's slip."""
    _, problems = looked_over(tmp_path, *slip.spoil())
    found = [(problem.code, problem.file, problem.line) for problem in problems]
    assert (slip.code, slip.file, slip.line()) in found, [problem.show("en") for problem in problems]
    assert_told_well(problems)


def test_a_service_from_before_consents_had_words_for_others_is_still_offered(tmp_path: Path) -> None:
    """An update of the program takes nothing from people; its author is told."""
    before = "".join(line for line in BLOCK.splitlines(keepends=True) if not line.startswith("other."))
    assert before != BLOCK
    _, problems = looked_over(tmp_path, block=before)
    assert codes(problems) == ["E323"]
    assert isinstance(load_service(tmp_path / "service.toml"), Service)


def test_there_is_a_slip_for_every_rule() -> None:
    """At least forty kinds of mistakes, and none in the catalogue that cannot happen."""
    told = {key.partition(".")[0] for key in load_catalogue("check") if re.match(r"[EW]\d{3}", key)}
    assert {slip.code for slip in SLIPS} == told - FALLBACKS - ELSEWHERE
    assert len(told) > 90


def test_every_rule_is_explained_once_with_what_is_wrong_and_what_is_right() -> None:
    rows = re.findall(r"^\| ([EW]\d{3}) \|(.+)\|(.+)\|(.+)\|$", RULES.read_text(encoding="utf-8"), re.M)
    told = {key.partition(".")[0] for key in load_catalogue("check") if re.match(r"[EW]\d{3}", key)}
    assert sorted(row[0] for row in rows) == sorted(told)
    assert all(cell.strip() for row in rows for cell in row)


def test_a_remark_lets_the_service_run_and_an_error_does_not_hide_it(tmp_path: Path) -> None:
    service, problems = looked_over(tmp_path, GOOD.replace("要摆几张桌子？", "你要摆几张桌子？"))
    assert service is not None
    assert [(p.code, p.severity) for p in problems] == [("W414", Severity.REMARK)]


def test_the_line_itself_is_shown_and_the_nearest_name(tmp_path: Path) -> None:
    _, (problem, *_) = looked_over(tmp_path, GOOD.replace("optional = true", "optinal = true", 1))
    assert problem.source == "optinal = true"
    assert "optional" in problem.fix.show("zh")
    assert problem.path == ("question", 6, "optinal")


def test_every_mark_of_a_chinese_keyboard_is_told_at_once(tmp_path: Path) -> None:
    spoiled = GOOD.replace('id = "goods"', 'id ＝ "goods"').replace('desk = "民政"', "desk = “民政”")
    _, problems = looked_over(tmp_path, spoiled.replace("visits = 0", "visits：0"))
    assert codes(problems) == ["E101"] * 3


def test_marks_inside_a_text_are_no_slips(tmp_path: Path) -> None:
    quoted = GOOD.replace("最多三张。", "“三张”，最多！")
    _, problems = looked_over(tmp_path, quoted.replace("visits = 0", "visits 0"))
    assert codes(problems) == ["E109"]


def test_the_words_of_a_text_broken_by_enter_are_no_slips(tmp_path: Path) -> None:
    _, problems = looked_over(tmp_path, GOOD.replace("下大雪才停", "下大雪\n才停？"))
    assert codes(problems) == ["E106"]


@pytest.mark.parametrize(
    ("right", "wrong", "near"),
    [
        ("birth_date = 1944-03-05", 'birth_date = "早"', "1944-03-27"),
        ("hours = 4", 'hours = "早"', '[{ helper = "张三", hours = "3" }]'),
        ('rent = "50"', 'rent = "早"', '"500.00"'),
    ],
)
def test_an_answer_that_is_not_taken_is_shown_as_it_is_written(
    tmp_path: Path, right: str, wrong: str, near: str
) -> None:
    _, problems = looked_over(tmp_path, GOOD.replace(right, wrong, 1))
    assert [one.fix.show("en") for one in problems if one.code == "E523"] == [
        f"write it as this kind takes it: {near}"
    ]


def test_an_unseen_character_is_shown_among_those_around_it(tmp_path: Path) -> None:
    for source, code in (("最多\u200b三张", "W411"), ("最多三张", "E104")):
        spoiled = GOOD.replace("最多三张", source)
        spoiled = spoiled.replace('id = "goods"', 'id = "go\u200bods"') if code == "E104" else spoiled
        told = [one for one in looked_over(tmp_path, spoiled)[1] if one.code == code]
        assert len(told) == 1 and "▢" in told[0].what.show("en") and "U+200B" in told[0].what.show("en")


def test_a_list_with_a_fault_in_it_is_not_told_as_empty(tmp_path: Path) -> None:
    spoiled = GOOD.replace("[[guide.basis]]", "[[guide.basis]]\nlocal_notice = 3", 1)
    _, problems = looked_over(tmp_path, spoiled)
    assert codes(problems) == ["E235"]


def test_slips_of_every_family_are_told_at_once_in_order(tmp_path: Path) -> None:
    spoiled = GOOD.replace('field = "who", is = "family"', 'field = "who", is = "son"').replace(
        "您打算卖什么？", "你打算卖什么？"
    )
    _, problems = looked_over(tmp_path, spoiled.replace('after = "helpers"', 'after = "helper"'))
    assert codes(problems) == ["W414", "E302", "E305"]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_a_slip_at_the_end_is_told_at_the_end(tmp_path: Path) -> None:
    _, (problem,) = looked_over(tmp_path, GOOD.rstrip() + '\nmore = ["a",\n\n')
    assert problem.line == GOOD.rstrip().count("\n") + 2


def test_a_fault_of_a_block_is_told_in_both_files(tmp_path: Path) -> None:
    _, problems = looked_over(tmp_path, block=BLOCK.replace("hint.zh = ", "hint.zh ＝ "))
    assert [(p.file, p.code) for p in problems] == [("service.toml", "E206"), (BLOCK_NAME, "E101")]


def test_a_file_from_another_editor_is_read(tmp_path: Path) -> None:
    changed = ["\ufeff" + source.replace("\n", "\r\n") for source in (GOOD, BLOCK)]
    service, problems = looked_over(tmp_path, *changed)
    assert service is not None and problems == ()


def test_a_slip_is_on_the_right_line_with_other_line_ends_too(tmp_path: Path) -> None:
    slip = SLIPS[0]
    _, (problem,) = looked_over(tmp_path, slip.spoil()[0].replace("\n", "\r\n"))
    assert (problem.code, problem.line) == (slip.code, slip.line())


@pytest.mark.parametrize("source", [b"\xff\xfe\x00", "高龄".encode("gb18030")])
def test_a_file_in_another_encoding_is_told_about(source: bytes, tmp_path: Path) -> None:
    _, problems = looked_over(tmp_path, source)
    assert codes(problems) == ["E103"]


def test_a_broken_file_beside_a_good_one_leaves_the_good_one(tmp_path: Path) -> None:
    (tmp_path / "a-broken.toml").write_text("id ＝", encoding="utf-8")
    (tmp_path / "b-folder.toml").mkdir()
    looked_over(tmp_path)
    shelf = load_shelf(tmp_path)
    assert list(shelf.services) == ["market-stall"]
    assert {problem.file for problem in shelf.problems} == {"a-broken.toml", "b-folder.toml"}


def test_two_files_of_the_same_service_are_told_about(tmp_path: Path) -> None:
    looked_over(tmp_path)
    (tmp_path / "tomorrow.toml").write_text(GOOD.replace("2026.11.1", "2027.1"), encoding="utf-8")
    shelf = load_shelf(tmp_path)
    assert shelf.services["market-stall"].version == "2026.11.1"
    assert [(problem.file, problem.code) for problem in shelf.problems] == [("tomorrow.toml", "E301")]


def test_what_is_for_authors_does_not_keep_a_service_from_residents(tmp_path: Path) -> None:
    """No story, a long sentence, no questions people ask: told to the author, offered all the same."""
    looked_over(tmp_path, GOOD.partition("[[story]]")[0].replace("最多三张。", "最多三张" * 12))
    assert isinstance(load_service(tmp_path / "service.toml"), Service)


def test_only_signed_services_in_their_time_are_offered() -> None:
    shelf = load_shelf(data_file("services"))
    assert "elderly-allowance" not in offered(shelf, TODAY)
    assert "elderly-allowance" in offered(shelf, TODAY, unsigned=True)
    before = ALLOWANCE.valid.start.replace(year=2025)
    assert "elderly-allowance" not in offered(shelf, before, unsigned=True)
