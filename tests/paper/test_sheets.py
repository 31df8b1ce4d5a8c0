"""Sheets to fill in by hand, and the ones for trying the kiosk with people."""

from __future__ import annotations

import re
from math import ceil, sqrt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.paper.font import MissingSign, find_font
from kiosk.paper.sheets import Grid, Line, pages, read, sheets
from kiosk.services.check.plain import HAN, common_characters, jargon, sentences

TRIAL = Path(__file__).resolve().parents[2] / "docs" / "trial"
ENOUGH_ALONE, ENOUGH_WITH_A_HINT = 0.80, 0.95
"""K14."""
SURE = 1.959964
"""Standard deviations on both sides of the middle that hold 95 %."""
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def trial(language: str) -> str:
    return (TRIAL / f"{language}.md").read_text(encoding="utf-8")


def printed(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["paper", "sheets", *map(str, words)])


def sheets_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def wilson(finished: int, people: int) -> tuple[int, int]:
    """The range of a share in per cent (E. B. Wilson, 1927)."""
    share, spread = finished / people, SURE**2 / people
    middle = share + spread / 2
    half = SURE * sqrt(share * (1 - share) / people + spread / (4 * people))
    return round(100 * (middle - half) / (1 + spread)), round(100 * (middle + half) / (1 + spread))


def test_a_file_is_read_in_its_parts() -> None:
    text = "# 一\n\n字\n接着\n\n- 甲\n- [ ] 乙\n  two\n\n1. **丙** `d`\n\n| a | b |\n|--|---|\n|  | x |\n"
    assert list(read(text)) == [
        Line("#", "一"),
        Line("", "字接着"),
        Line("-", "甲"),
        Line("[ ]", "乙 two"),
        Line("1.", "丙 d"),
        Grid((("a", "b"), ("", "x")), (2, 3)),
    ]


def test_each_heading_begins_a_sheet_and_what_is_long_takes_more() -> None:
    assert sheets_in(sheets("# A\n\na\n\n# B\n\n## b\n", find_font())) == 2
    long = "\n\n".join(["a line that takes its room"] * 60)
    assert sheets_in(sheets(f"# A\n\n{long}\n", find_font())) == 3


def test_a_sign_the_font_lacks_is_told_before_anything_is_drawn() -> None:
    with pytest.raises(MissingSign) as told:
        sheets("# \U0001f600\n", find_font())
    assert told.value.signs == "\U0001f600"


@BOTH
def test_the_trial_kit_is_printed_by_one_command(language: str, tmp_path: Path) -> None:
    """K14: what to read first on two sheets, then one sheet each."""
    done = printed(TRIAL / f"{language}.md", "--out", tmp_path / "kit.pdf")
    assert (done.exit_code, done.output) == (0, "")
    assert sheets_in((tmp_path / "kit.pdf").read_bytes()) == len(pages(read(trial(language)))) + 1 == 8


def test_what_is_no_text_or_no_pdf_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"\xff\xfe\x00")
    assert "not a text" in printed(tmp_path / "x.md", "--out", tmp_path / "x.pdf").output
    assert printed(TRIAL / "zh.md", "--out", tmp_path / "x.txt").exit_code == 2
    assert "No such" in printed(TRIAL / "zh.md", "--out", tmp_path / "none" / "x.pdf").output


def test_both_languages_have_the_same_parts() -> None:
    """Whoever leads in one language asks the same as who leads in the other."""
    parts = [
        [part.mark if isinstance(part, Line) else len(part.rows) for part in read(trial(language))]
        for language in ("zh", "en")
    ]
    assert parts[0] == parts[1]


@BOTH
def test_the_ranges_are_those_of_wilsons_method(language: str) -> None:
    """K14: how many of so many are enough, and how sure that is."""
    counts = [part.rows for part in read(trial(language)) if isinstance(part, Grid)][-1][1:]
    assert [int(row[0]) for row in counts] == [10, 12, 16, 20, 30]
    for row in counts:
        people = int(row[0])
        alone, hinted = ceil(ENOUGH_ALONE * people), ceil(ENOUGH_WITH_A_HINT * people)
        assert [int(cell) for cell in row[1:3]] == [alone, hinted]
        ranges = [tuple(map(int, re.findall(r"\d+", cell))) for cell in row[3:]]
        assert ranges == [wilson(alone, people), wilson(people, people)]


def test_sixteen_of_sixteen_show_what_ten_of_ten_do_not() -> None:
    """What the sheet says of eighty per cent."""
    assert wilson(16, 16)[0] > 100 * ENOUGH_ALONE >= wilson(15, 15)[0]
    assert "十六位都得自己办成" in trial("zh") and "sixteen of sixteen" in trial("en")


def test_what_is_read_to_people_is_plain() -> None:
    """K24, K25: the consent and the cards, in common characters, short, without office language."""
    read_out = [page for page in pages(read(trial("zh"))) if re.match("同意书|任务", _head(page))]
    assert len(read_out) == 4
    for page in read_out:
        for line in page:
            words = line.words if isinstance(line, Line) else "".join(map("".join, line.rows))
            assert set(HAN.findall(words)) <= common_characters(), words
            assert max(map(len, map(HAN.findall, sentences(words)))) <= 40, words
            assert not [word for word, _ in jargon("zh") if word in words], words


def _head(page: list[Line | Grid]) -> str:
    first = page[0]
    return first.words if isinstance(first, Line) else ""
