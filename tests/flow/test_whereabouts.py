"""An address: region by region, then the rest; typed whole where it is not listed; as it stands on a card."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kiosk.flow.moves import Back, Choose, Enter
from kiosk.flow.page import PageKind
from kiosk.flow.pages.now import page_of
from kiosk.flow.regions import NO_REGIONS, Regions
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Source
from kiosk.flow.turn import turn
from kiosk.flow.whereabouts import ELSEWHERE, descent
from kiosk.text import same
from tests.flow.every_kind import asked, choices, done, on, page, value, words
from tests.flow.residents import GUIFANG, TRIAL

HOME = "question:home"
DOWN = [Choose(code) for code in ("9901", "990101", "990101001", "990101001001")]


def address(sitting: Sitting) -> list[str]:
    parts: list[str] = json.loads(value(sitting, "home") or "[]")
    return parts


def test_each_step_shows_what_lies_in_the_one_before() -> None:
    first = asked("home")
    assert [c for c in choices(first) if c.startswith("99")] == ["9901", "9902", "9903"]
    inner = done(first, DOWN[0])
    assert inner.place == f"{HOME}/1"
    assert all(code.startswith("9901") for code in choices(inner) if code != ELSEWHERE)
    assert "样本市" in words(page(inner))


def test_after_the_last_step_the_rest_is_typed() -> None:
    rest = done(asked("home"), *DOWN)
    assert rest.place == f"{HOME}/rest"
    assert page(rest).kind is PageKind.ENTRY
    made = done(rest, Enter("12号楼"))
    assert address(made) == ["990101001001", "示例省 样本市 和平区 梧桐街道 幸福路社区", "12号楼"]
    assert made.place == "question:hometown"


def test_back_goes_up_step_by_step_with_the_choice_still_marked() -> None:
    """K09."""
    at = done(asked("home"), *DOWN)
    for number in (3, 2, 1):
        at = done(at, Back())
        assert at.place == f"{HOME}/{number}"
        assert page(at).focus == DOWN[number].id and choices(at)[DOWN[number].id].chosen
    at = done(at, Back())
    assert at.place == HOME and choices(at)["9901"].chosen
    assert done(at, Back()).place == "question:id_number"


def test_another_region_higher_up_forgets_what_lay_in_the_old_one() -> None:
    at = done(asked("home"), *DOWN, Back(), Back(), Back(), Choose("990102"))
    assert at.place == f"{HOME}/2"
    assert all(code.startswith("990102") for code in choices(at) if code != ELSEWHERE)
    assert not any(choice.chosen for choice in page(at).choices)


def test_the_same_region_again_keeps_what_lay_in_it() -> None:
    at = done(asked("home"), *DOWN, Back(), Back(), Choose("990101001"))
    assert choices(at)["990101001001"].chosen


def test_who_does_not_find_it_types_all_of_it() -> None:
    whole = done(asked("home"), DOWN[0], Choose(ELSEWHERE))
    assert whole.place == f"{HOME}/whole" and page(whole).kind is PageKind.ENTRY
    assert done(whole, Back()).place == f"{HOME}/1"
    assert address(done(whole, Enter("外省某市某路一号"))) == ["", "", "外省某市某路一号"]


@pytest.mark.parametrize("typed", ["", "  "])
def test_an_empty_rest_is_told_and_not_taken(typed: str) -> None:
    """K11."""
    refused = done(asked("home"), *DOWN, Enter(typed))
    assert refused.place == f"{HOME}/rest"
    assert page(refused).error is not None
    assert value(refused, "home") is None


def test_a_refused_address_stands_in_the_field_as_it_was_typed() -> None:
    """K09."""
    refused = done(asked("home"), Choose(ELSEWHERE), Enter("路"))
    entry = page(refused).entry
    assert entry is not None and entry.value == "路"


def test_who_comes_back_finds_it_finished_and_can_keep_it() -> None:
    back = done(on("question:hometown"), Back())
    assert back.place == f"{HOME}/rest"
    entry = page(back).entry
    assert entry is not None and entry.value == "1号楼"
    kept = done(back, Enter(""))
    assert address(kept)[2] == "1号楼" and kept.place == "question:hometown"


def test_a_change_begins_at_the_first_list_with_everything_marked() -> None:
    """K12."""
    changing = done(on("check"), Choose("change:home"))
    assert changing.place == HOME and choices(changing)["9901"].chosen
    made = done(changing, *DOWN[:3], Choose("990101001002"), Enter("2号楼"))
    assert made.place == "check"
    assert address(made)[0] == "990101001002"


def test_an_optional_address_may_be_skipped_on_every_page_of_it() -> None:
    for way in ((), (Choose("9901"),), (Choose(ELSEWHERE),)):
        made = done(asked("hometown"), *way, Choose("skip"))
        assert value(made, "hometown") == "" and made.place == "question:phone"


def test_an_address_on_the_card_is_used_as_it_stands() -> None:
    card = {**GUIFANG, "address": "示例省样本市幸福路一号"}
    path = asked("hometown", card=card).path(TRIAL)
    known = path.answers["hometown"]
    assert known.source is Source.CARD
    assert json.loads(known.value) == ["", "", "示例省样本市幸福路一号"]
    assert "question:hometown" not in [step.place for step in path.steps]


def test_without_a_table_all_of_it_is_typed() -> None:
    bare = replace(TRIAL, regions=NO_REGIONS)
    assert page_of(asked("home"), bare).kind is PageKind.ENTRY
    made = turn(asked("home"), Enter("示例省样本市一号"), bare).sitting
    assert json.loads(made.given.answers["home"].value)[0] == ""
    assert turn(asked("home"), Back(), bare).sitting.place == "question:id_number"


def test_a_level_with_one_region_only_is_not_asked() -> None:
    names = {
        "99": same("省"),
        "9901": same("市"),
        "990101": same("甲区"),
        "990102": same("乙区"),
        "990101001": same("街"),
    }
    regions = Regions.of(names)
    assert descent(regions, "", "").lists == ("9901",)
    down = descent(regions, "", "990101")
    assert down.ended and down.code == "990101001"
    assert descent(regions, "", "990102").code == "990102"


def test_a_region_of_another_table_is_not_believed() -> None:
    """A draft or an earlier answer may be older than the table."""
    old = json.dumps(["880101", "从前的区", "1号"], ensure_ascii=False)
    at = on(HOME, home=old)
    assert not any(choice.chosen for choice in page(at).choices)


def test_choosing_what_is_not_on_the_list_changes_nothing() -> None:
    assert done(asked("home"), Choose("990101001001")) == asked("home")


def test_what_was_chosen_so_far_is_in_the_language_of_the_page() -> None:
    body = page(done(asked("home"), *DOWN[:2])).body[0]
    assert "样本市 和平区" in body.show("zh")
    assert "Yangben City, Heping District" in body.show("en")
