"""The `kiosk` command as a whole: options that work everywhere, commands that load nothing of one another."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main


@pytest.mark.parametrize(
    "words",
    [
        ["--data", "FOLDER", "case", "list"],
        ["case", "--data", "FOLDER", "list"],
        ["case", "list", "--data", "FOLDER"],
        ["case", "list", "--data=FOLDER"],
    ],
)
def test_the_data_folder_may_be_named_anywhere(words: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "box"
    ran = CliRunner().invoke(main, [word.replace("FOLDER", str(folder)) for word in words])
    assert ran.exit_code == 0, ran.output
    assert (folder / "store.sqlite3").exists()


def test_an_option_without_its_value_is_wrong_use(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["case", "list", "--data"])
    assert ran.exit_code == 2
