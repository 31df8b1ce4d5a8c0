"""The table of regions: what lies in what, and what is wrong with a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.flow.regions import LEVELS, Region, Regions
from kiosk.paths import data_file
from kiosk.services.regions import RegionFault, load_regions
from kiosk.text import Text

SHIPPED = load_regions(data_file("regions/sample.toml"))


def test_the_shipped_table_is_of_nowhere_and_has_every_level() -> None:
    """Region codes that begin with 99 belong to no place."""
    assert len(SHIPPED.names) >= 60
    assert all(code.startswith("99") for code in SHIPPED.names)
    assert {len(code) for code in SHIPPED.names} == set(LEVELS)


def test_under_every_region_there_are_few_enough_to_choose_from() -> None:
    for code in SHIPPED.names:
        inside = SHIPPED.children(code)
        assert len(inside) in ({0} if len(code) == 12 else range(3, 10)), code
        for language in ("zh", "en"):
            assert len({region.name.show(language) for region in inside}) == len(inside), code


def test_one_finds_ones_way_down_and_up_again() -> None:
    street = SHIPPED.children(SHIPPED.children(SHIPPED.children(SHIPPED.children()[0].code)[0].code)[0].code)[
        0
    ]
    names = [region.name.show("zh") for region in SHIPPED.path(street.code)]
    assert names == ["示例省", "样本市", "和平区", "梧桐街道"]
    assert [region.code for region in SHIPPED.path("990101")] == ["99", "9901", "990101"]


def test_an_empty_table_has_nothing_to_choose() -> None:
    assert Regions().children() == ()
    assert Regions().path("990101") == ()
    assert Regions.of({"99": Text({"zh": "省"})}).children() == (Region("99", Text({"zh": "省"})),)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[region", "Expected"),
        ("[places]\n", "one section"),
        ('[region]\n991 = { zh = "县", en = "County" }', "991"),
        ('[region]\n99 = { zh = "省" }', "99: needs a name"),
        ('[region]\n99 = { zh = "省", en = " " }', "not empty"),
        ('[region]\n990101 = { zh = "区", en = "District" }', "9901, which is missing"),
        ("region = " + "[" * 3000, "regions"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_with_its_place(tmp_path: Path, written: str, told: str) -> None:
    table = tmp_path / "regions.toml"
    table.write_text(written, encoding="utf-8")
    with pytest.raises(RegionFault, match=told):
        load_regions(table)


def test_a_table_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(RegionFault, match=r"none\.toml"):
        load_regions(tmp_path / "none.toml")
