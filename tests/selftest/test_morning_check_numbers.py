"""The morning check looks whether a number that is called could be taken for that of a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_settings
from kiosk.selftest.finding import Finding, State
from kiosk.selftest.waiting_numbers import waiting_numbers

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'


def found(folder: Path, *letters: str) -> list[Finding]:
    words = [
        f'[[waiting_letter]]\nletter = "{one}"\nname = {{ zh = "社保", en = "Pensions" }}\n'
        for one in letters
    ]
    file = folder / "my.toml"
    file.write_text(SITE + "".join(words), encoding="utf-8")
    return waiting_numbers(load_settings(file).waiting_letter)


@pytest.mark.parametrize(
    ("letters", "state"), [("A", State.LOOK), ("BA", State.LOOK), ("B", State.GOOD), ("CB", State.GOOD)]
)
def test_the_letter_of_receipts_is_told(tmp_path: Path, letters: str, state: State) -> None:
    """Whoever holds the receipt A001 gets up when A1 is called."""
    (one,) = found(tmp_path, *letters)
    assert one.state is state
    assert ("A001" in one.words.show("zh")) is (state is State.LOOK)


def test_where_nobody_is_called_nothing_is_said_of_it(tmp_path: Path) -> None:
    assert found(tmp_path) == []
