"""Notices of the centre and groups of services, from files somebody wrote by hand."""

from __future__ import annotations

import datetime
import logging
from pathlib import Path

import pytest

from kiosk.notices import load_notices
from kiosk.paths import data_dir
from kiosk.services.groups import load_groups
from kiosk.services.load import load_shelf

WATER = """
id = "water"
from = 2026-11-02
to = 2026-11-06
zh = "周五上午停水，厕所请用二楼的。"
en = "No water on Friday morning; please use the toilets upstairs."
"""


def write(folder: Path, name: str, words: str) -> None:
    (folder / name).write_text(words, encoding="utf-8")


def test_a_notice_is_read_with_its_days_and_languages(tmp_path: Path) -> None:
    write(tmp_path, "water.toml", WATER)
    (notice,) = load_notices(tmp_path)
    assert (notice.first, notice.last) == (datetime.date(2026, 11, 2), datetime.date(2026, 11, 6))
    assert notice.text.show("zh").startswith("周五")
    assert notice.text.show("en").startswith("No water")


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("to = 2026-11-01", "to = 2026-11-06"),
        ("zh = " + repr("停水" * 21), 'zh = "周五上午停水，厕所请用二楼的。"'),
        ("", 'en = "No water on Friday morning; please use the toilets upstairs."'),
        ("id = 5", 'id = "water"'),
        ("zh = “全角”", 'zh = "周五上午停水，厕所请用二楼的。"'),
        ("colour = 1\nto = 2026-11-06", "to = 2026-11-06"),
    ],
)
def test_a_notice_with_a_slip_is_left_out_and_named_and_the_others_are_told(
    slip: str, right: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, "broken.toml", WATER.replace(right, slip))
    write(tmp_path, "sound.toml", WATER)
    with caplog.at_level(logging.WARNING):
        assert len(load_notices(tmp_path)) == 1
    assert "broken.toml" in caplog.text
    assert "停水停水" not in caplog.text


def test_bytes_that_are_no_text_are_left_out_too(tmp_path: Path) -> None:
    (tmp_path / "picture.toml").write_bytes(b"\xff\xd8\xff\xe0")
    assert load_notices(tmp_path) == ()
    assert load_notices(tmp_path / "not-there") == ()


def test_the_shipped_notice_can_be_read() -> None:
    assert [notice.id for notice in load_notices(data_dir() / "notices")] == ["sample"]


def test_groups_keep_the_order_of_their_file(tmp_path: Path) -> None:
    write(
        tmp_path, "groups.toml", "".join(f'[[group]]\nid = "{x}"\nzh = "{x}组"\nen = "{x}"\n' for x in "cab")
    )
    assert list(load_groups(tmp_path)) == ["c", "a", "b"]


@pytest.mark.parametrize(
    "words", ["[[group]]", "group = 1", "[[group", "a = " + "[" * 3000, '[[group]]\nid = "a"\nzh = "甲"']
)
def test_groups_with_a_slip_leave_the_services_without_groups(
    words: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, "groups.toml", words)
    with caplog.at_level(logging.WARNING):
        assert load_groups(tmp_path) == {}
    assert "groups.toml" in caplog.text
    assert load_groups(tmp_path / "not-there") == {}


def test_every_shipped_service_stands_in_a_group_of_at_most_four() -> None:
    """K01."""
    groups = load_groups(data_dir() / "services")
    shelf = load_shelf(data_dir() / "services").services
    held = [service.group for service in shelf.values()]
    assert set(held) <= set(groups)
    assert {group: held.count(group) for group in groups if held.count(group) > 4} == {}
