"""An official name is told in everyday words where it is met first (K25, W417)."""

from __future__ import annotations

from pathlib import Path

from tests.services.seeded import GOOD, looked_over

ASKED, HELPED = "要摆几张桌子？", "最多三张。"


def untold(folder: Path, *changes: tuple[str, str]) -> list[str]:
    spoiled = GOOD
    for right, wrong in changes:
        assert right in spoiled
        spoiled = spoiled.replace(right, wrong, 1)
    _, problems = looked_over(folder, spoiled)
    return [problem.source for problem in problems if problem.code == "W417"]


def test_an_everyday_word_on_the_same_page_is_enough(tmp_path: Path) -> None:
    assert untold(tmp_path, (ASKED, "立案以后要摆几张桌子？"), (HELPED, "立案就是收下案子。")) == []


def test_it_is_told_once(tmp_path: Path) -> None:
    told = ("您打算卖什么？", "您打算卖什么？立案就是收下案子。")
    assert untold(tmp_path, told, (ASKED, "立案要摆几张桌子？")) == []
    assert untold(tmp_path, ("您打算卖什么？", "您打算立案吗？"), (ASKED, "立案就是收下案子。")) != []


def test_who_read_it_at_home_is_not_who_answers(tmp_path: Path) -> None:
    """The guide is read by some, the pages by others: each has to tell it."""
    guide = ("下大雪才停。", "立案就是收下案子。")
    assert len(untold(tmp_path, guide, (HELPED, "先立案，最多三张。"))) == 1


def test_what_only_staff_read_need_not_be_told(tmp_path: Path) -> None:
    assert untold(tmp_path, ("试验用的依据", "试验用的立案依据")) == []
