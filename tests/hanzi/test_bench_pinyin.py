"""How much typing it takes to write a name or what people bring: floors under bench/pinyin.py."""

from __future__ import annotations

from functools import cache

import pytest

from bench.pinyin import Row, fictional_names, rows, sample_words


@cache
def measured() -> dict[tuple[str, str], Row]:
    return {(row.subject, row.keys): row for row in rows()}


def test_five_hundred_names_and_the_sample_peoples_words_are_written() -> None:
    assert len(fictional_names()) == 500
    assert {"梧桐街道", "为什么还要开证明"} <= {wish.text for wish in sample_words()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("subject", "keys", "in_five", "in_ten", "presses"),
    [
        ("names, each", "letters", 0.95, 0.99, 4.6),
        ("names, all", "letters", 0.95, 0.99, 4.6),
        ("names, each", "nine keys", 0.88, 0.95, 4.8),
        ("names, all", "nine keys", 0.85, 0.93, 5.2),
        ("words, each", "letters", 0.80, 0.89, 4.8),
        ("words, all", "letters", 0.78, 0.88, 4.5),
        ("words, each", "nine keys", 0.68, 0.80, 5.6),
        ("words, all", "nine keys", 0.62, 0.77, 5.6),
    ],
)
def test_wanted_characters_stand_on_the_first_pages(
    subject: str, keys: str, in_five: float, in_ten: float, presses: float
) -> None:
    """Of five candidates each; every one is reached, or the measurement ends with an error."""
    row = measured()[subject, keys]
    assert row.page >= in_five
    assert row.two_pages >= in_ten
    assert row.presses <= presses
