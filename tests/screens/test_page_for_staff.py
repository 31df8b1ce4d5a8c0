"""The page that stands where the kiosk cannot: whole, in both languages, at every size."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from kiosk.catalogue import load_catalogue
from kiosk.cli._page_for_staff import Named, closed_by_staff, lines_for_staff, out_of_order

TEXTS = load_catalogue("box")
NEEDED = ("heading", "people", "wait", "switch", "call")


@pytest.mark.parametrize("named", [out_of_order, closed_by_staff])
@pytest.mark.parametrize(("columns", "rows"), [(40, 10), (57, 12), (68, 16), (80, 24), (160, 50)])
def test_it_is_whole_in_both_languages(columns: int, rows: int, named: Named) -> None:
    lines = lines_for_staff(columns - 2, rows, named)
    assert len(lines) <= rows and max(map(cell_len, lines)) <= columns - 2
    for key in NEEDED:
        for language in ("zh", "en"):
            assert TEXTS[named(key)].show(language) in lines


def test_a_console_without_chinese_letters_has_the_heading_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    lines = lines_for_staff(238, 67)
    assert "▀" in "".join(lines[:8])
    assert all(TEXTS[f"out_of_order.{key}"].show("en") in lines for key in NEEDED)
    assert not any("\u4e00" <= sign <= "\u9fff" for line in lines for sign in line)


def test_a_small_console_still_says_it_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    lines = lines_for_staff(78, 24)
    assert all(TEXTS[f"out_of_order.{key}"].show("en") in lines for key in NEEDED)
