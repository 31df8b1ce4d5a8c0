"""The ways through a service: at each turn somebody on either side, and nobody twice for the same reason."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.flow.fields import Taken, parse
from kiosk.services.load import load_service
from kiosk.services.model import Service
from kiosk.services.paths import (
    Walkthrough,
    every_walk,
    reached_by,
    shortest_way,
    survey,
    targets,
    walkthrough,
)
from kiosk.services.samples import Samples
from tests.services.seeded import GOOD, STALLS, TODAY, looked_over


@pytest.fixture(scope="module")
def stall() -> Service:
    service = load_service(STALLS / "market-stall.toml")
    assert isinstance(service, Service), service
    return service


def changed(folder: Path, *pairs: tuple[str, str]) -> Service:
    source = GOOD
    for right, wrong in pairs:
        assert right in source, right
        source = source.replace(right, wrong)
    service, problems = looked_over(folder, source)
    assert service is not None, [problem.show("en") for problem in problems]
    return service


def tried(service: Service, name: str, **values: str | int | Decimal) -> tuple[str, ...]:
    return Samples(service, TODAY).of(service.find_question(name), values)


def test_an_age_is_tried_on_the_birthday_and_the_day_after(stall: Service) -> None:
    """Sixty, seventy and eighteen today; a day later it is a year less."""
    days = tried(stall, "birth_date")
    for year in (1956, 1966, 2008):
        assert {f"{year}-11-02", f"{year}-11-03"} <= set(days)


def test_a_number_is_tried_at_its_bounds(stall: Service) -> None:
    assert set(tried(stall, "tables")) >= {"1", "2", "3"}


def test_a_sum_is_tried_where_it_turns_with_what_was_said_before(stall: Service) -> None:
    """Twelve hours and tables together stop; with three tables that is nine hours, and not eight."""
    lists = [json.loads(value) for value in tried(stall, "helpers", tables=3) if value]
    hours = {int(things[0]["hours"]) for things in lists}
    assert {9, 8} <= hours


def test_of_several_options_those_that_are_looked_at_are_combined(tmp_path: Path) -> None:
    service = changed(
        tmp_path,
        (
            'need_if = { field = "goods", includes = "food" }',
            'need_if = { field = "goods", includes = "toys" }',
        ),
    )
    assert {"food", "toys", "food,toys", "fruit,food"} <= set(tried(service, "goods"))


def test_the_number_of_a_made_up_person_has_their_birth_date_and_both_sexes_are_tried(tmp_path: Path) -> None:
    service = changed(
        tmp_path,
        (
            '[[fact]]\nid = "kinds"',
            '[[fact]]\nid = "sex"\nis = { sex_in = "id_number" }\n[[fact]]\nid = "kinds"',
        ),
    )
    numbers = tried(service, "id_number", birth_date="1962-03-05")
    assert {number[6:14] for number in numbers} == {"19620305"}
    assert {int(number[16]) % 2 for number in numbers} == {0, 1}


def test_whatever_is_tried_is_an_answer_that_the_question_takes(stall: Service) -> None:
    for walk in every_walk(stall, TODAY, most=40):
        for question in stall.question:
            for value in Samples(stall, TODAY).of(question, walk.path.values):
                outcome = parse(question, value, walk.path.values, TODAY)
                assert value == "" or (isinstance(outcome, Taken) and outcome.value == value)


def test_a_few_people_reach_all_that_there_is(stall: Service) -> None:
    found = survey(stall, TODAY)
    assert found.whole
    assert set(targets(stall)) <= found.reached
    assert len(found.covering) <= 14
    together = {target for walk in found.covering for target in reached_by(stall, walk)}
    assert together | {("refusal", walk.refused) for walk in found.covering} >= found.reached


def test_everybody_who_is_refused_had_come_to_that_consent(stall: Service) -> None:
    refused = {walk.refused: walk for walk in survey(stall, TODAY).covering if walk.refused}
    assert set(refused) == {"use", "id-data"}
    assert all(walk.end == "refused" for walk in refused.values())
    assert refused["use"].asked == ()


def test_all_ways_are_boundary_values_crossed_and_each_ends(stall: Service) -> None:
    walks = list(every_walk(stall, TODAY, most=2000))
    ways = {tuple(walk.answers.items()) for walk in walks}
    assert len(ways) == len(walks) > 50
    assert {walk.end for walk in walks} == {"submit", "too-young", "too-many"}


def test_no_more_ways_than_asked_for(stall: Service) -> None:
    assert len(list(every_walk(stall, TODAY, most=7))) == 7


def test_a_person_can_be_led_by_hand(stall: Service) -> None:
    walk = walkthrough(stall, {"who": "self", "birth_date": "2015-01-01", "tables": "2"}, TODAY)
    assert (walk.end, walk.asked) == ("too-young", ("who", "birth_date"))
    assert walk.answers == {"who": "self", "birth_date": "2015-01-01"}


def test_the_values_of_a_way_stay_out_of_its_repr(stall: Service) -> None:
    assert "张桂芳" not in repr(walkthrough(stall, {"who": "self", "name": "张桂芳"}, TODAY))


def test_with_the_card_read_what_it_says_is_not_counted(stall: Service) -> None:
    """K02."""
    own = [walk for walk in survey(stall, TODAY).ends if walk.path.for_self]
    typed: list[Walkthrough] = [walk for walk in own if walk.end == "submit"]
    shortest = shortest_way(stall, own)
    assert shortest is not None and shortest[0] == min(len(walk.asked) for walk in typed) - 3


MANY_WAYS = "".join(
    f"""[[question]]
id = "q{n}"
type = "yes_no"
label = {{ zh = "第{n}", en = "No {n}" }}
ask = {{ zh = "第{n}样要不要办呢？", en = "Will you take number {n}?" }}
help = {{ zh = "要就选要。", en = "Yes if you will." }}

"""
    for n in range(16)
)


def test_a_service_with_too_many_ways_is_not_said_to_have_parts_for_nobody(tmp_path: Path) -> None:
    """Sixteen things that all count at the end, 65,536 ways: what was not seen is not told as unreached."""
    all_of_them = ", ".join(f'{{ field = "q{n}", is = "no" }}' for n in range(16))
    pairs = ", ".join(
        f'{{ all = [{{ field = "q{n}", is = "yes" }}, {{ field = "q{n + 1}", is = "no" }}] }}'
        for n in range(15)
    )
    stop = f"""[[stop]]
id = "never"
after = "helpers"
when = {{ all = [{all_of_them}, {{ any = [{pairs}] }}] }}
tell = {{ zh = "请到窗口来办这件事。", en = "Please come to the desk." }}

[[staff_note]]"""
    source = GOOD.replace('[[question]]\nid = "goods"', MANY_WAYS + '[[question]]\nid = "goods"').replace(
        "[[staff_note]]", stop, 1
    )
    service, problems = looked_over(tmp_path, source)
    assert service is not None and not survey(service, TODAY).whole
    assert "E310" not in [problem.code for problem in problems]


TWO_NUMBERS = "".join(
    f"""[[question]]
id = "{name}"
type = "number"
label = {{ zh = "{label}", en = "{name}" }}
ask = {{ zh = "{label}一共有几张？", en = "How many {name}?" }}
help = {{ zh = "数一数。", en = "Count them." }}
at_most = 9

"""
    for name, label in (("chairs", "椅子"), ("stools", "凳子"))
)
ALL_OF_BOTH = """[[fact]]
id = "seats"
is = { sum = ["chairs", "stools"] }

[[stop]]
id = "no-room"
after = "stools"
when = { field = "seats", at_least = 18 }
tell = { zh = "摆不下这么多，请到窗口来。", en = "There is no room. Please come to the desk." }

[[staff_note]]"""


def test_an_answer_that_counts_only_with_a_later_one_is_not_forgotten(tmp_path: Path) -> None:
    """Only nine and nine make eighteen: whoever said nine does not go on as one who said three."""
    first = '[[question]]\nid = "goods"'
    source = GOOD.replace(first, TWO_NUMBERS + first).replace("[[staff_note]]", ALL_OF_BOTH, 1)
    service, _ = looked_over(tmp_path, source)
    assert service is not None
    assert ("stop", "no-room") in survey(service, TODAY).reached
