"""`kiosk paper`: staff make a paper for somebody at the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from kiosk.cli import main
from kiosk.paths import data_file

ALLOWANCE = str(data_file("services/elderly-allowance.toml"))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["paper", "guide", *words])


def test_a_guide_is_shown_as_text() -> None:
    done = run(ALLOWANCE, "--width", "32")
    assert done.exit_code == 0
    assert "[ ] 领津贴的人的身份证" in done.output
    assert all(cell_len(line) <= 32 for line in done.output.splitlines())


@pytest.mark.parametrize(("name", "begins"), [("a.pdf", b"%PDF"), ("a.txt", b"  ")])
def test_a_guide_goes_into_a_file_of_the_kind_its_name_says(name: str, begins: bytes, tmp_path: Path) -> None:
    done = run(ALLOWANCE, "--lang", "en", "--out", str(tmp_path / name))
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_another_kind_of_file_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    done = run(ALLOWANCE, "--out", str(tmp_path / "a.docx"))
    assert done.exit_code == 2
    assert ".pdf" in done.output


def test_a_file_that_is_no_service_is_told_line_by_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\nid = 高龄\n", encoding="utf-8")
    done = run(str(broken))
    assert done.exit_code == 1
    assert "broken.toml:2" in done.output


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = run(ALLOWANCE, "--out", str(tmp_path / "not-there" / "a.txt"))
    assert done.exit_code == 1
    assert "a.txt" in done.output
