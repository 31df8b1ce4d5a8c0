"""A sign-off says who read a service and that it still is what they read; nothing else of the file moves."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from kiosk.services.load import Shelf, load_service, look_over, offered
from kiosk.services.model import Service
from kiosk.services.problem import Problem
from kiosk.services.sign_off import Signed, sign
from kiosk.services.signing import digest, signed_off
from tests.services.seeded import BLOCK, BLOCK_NAME, GOOD, TODAY, looked_over

CONFIRMED = GOOD.replace("（待业务负责人核对）", "").replace(" (to be confirmed by the owner)", "")


def put(folder: Path, service: str = CONFIRMED, block: str = BLOCK) -> Path:
    looked_over(folder, service, block)
    return folder / "service.toml"


def signed(path: Path, *, live: bool = False, by: str = "民政岗 李") -> Signed:
    outcome = sign(path, by, TODAY, live=live)
    assert isinstance(outcome, Signed), outcome
    return outcome


def refused(outcome: Signed | tuple[Problem, ...]) -> list[str]:
    assert isinstance(outcome, tuple)
    return [problem.code for problem in outcome]


def loaded(path: Path) -> Service:
    service = load_service(path)
    assert isinstance(service, Service), service
    return service


def test_a_sign_off_is_one_line_and_every_other_byte_stays(tmp_path: Path) -> None:
    path = put(tmp_path)
    mark = signed(path).digest
    line = f'checked = {{ by = "民政岗 李", on = 2026-11-02, digest = "{mark}" }}\n'
    assert path.read_text(encoding="utf-8").replace(line, "") == CONFIRMED
    assert signed_off(loaded(path))


def test_signing_again_changes_the_line_that_is_there(tmp_path: Path) -> None:
    path = put(tmp_path)
    signed(path)
    signed(path, by='所长 "王"')
    source = path.read_text(encoding="utf-8")
    checked = loaded(path).checked
    assert source.count("checked") == 1
    assert checked is not None and checked.by == '所长 "王"'


def test_going_live_changes_the_status_and_a_live_service_is_offered(tmp_path: Path) -> None:
    path = put(tmp_path)
    signed(path, live=True)
    assert 'status  = "live"\n' in path.read_text(encoding="utf-8")
    shelf = Shelf({"market-stall": loaded(path)}, ())
    assert "market-stall" in offered(shelf, TODAY)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_mark_at_the_beginning_stay(ending: str, mark: str, tmp_path: Path) -> None:
    path = put(tmp_path, mark + CONFIRMED.replace("\n", ending))
    signed(path, live=True)
    source = path.read_bytes().decode("utf-8")
    assert source.startswith(mark) and source.count("\n") == source.count(ending) == CONFIRMED.count("\n") + 1
    assert signed_off(loaded(path))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("最多三张。", "最多 3 张。"),
        ("at_most = 3", "at_most = 2"),
        ("promised_workdays = 5", "promised_workdays = 6"),
        ('["id_number"],', '["id_number", "rent"],'),
        ("yuan_once = 120", "yuan_once = 121"),
    ],
)
def test_it_lapses_with_any_change_of_what_people_meet(right: str, wrong: str, tmp_path: Path) -> None:
    path = put(tmp_path)
    signed(path, live=True)
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    assert not signed_off(loaded(path))
    assert "W505" in [problem.code for problem in look_over(path, TODAY)[1]]
    assert offered(Shelf({"market-stall": loaded(path)}, ()), TODAY) == {}


def test_it_lapses_with_a_change_in_a_block(tmp_path: Path) -> None:
    path = put(tmp_path)
    signed(path)
    (tmp_path / BLOCK_NAME).write_text(BLOCK.replace("一共 18 位", "一共十八位"), encoding="utf-8")
    assert not signed_off(loaded(path))


def test_it_stays_when_stories_and_remarks_for_authors_change(tmp_path: Path) -> None:
    path = put(tmp_path)
    signed(path)
    source = path.read_text(encoding="utf-8").replace("奶奶卖菜", "爷爷卖菜").replace("# 赶集", "# 逢五赶集")
    path.write_text(source, encoding="utf-8")
    assert signed_off(loaded(path))


def test_what_has_errors_is_not_signed(tmp_path: Path) -> None:
    path = put(tmp_path, CONFIRMED.replace('end = "too-young", not', 'end = "submit", not'))
    before = path.read_bytes()
    assert refused(sign(path, "李", TODAY)) == ["E502"]
    assert path.read_bytes() == before


def test_what_is_not_confirmed_does_not_go_live_but_is_signed_as_a_draft(tmp_path: Path) -> None:
    path = put(tmp_path, GOOD)
    assert refused(sign(path, "李", TODAY, live=True)) == ["E520"]
    assert path.read_bytes() == GOOD.encode()
    signed(path)


def test_remarks_keep_nobody_from_signing(tmp_path: Path) -> None:
    path = put(tmp_path, CONFIRMED.replace("要摆几张桌子？", "你要摆几张桌子？"))
    signed(path)


@pytest.mark.parametrize(
    "own_form",
    [
        'checked.by = "李"\nchecked.on = 2026-10-28\nvalid   = {',
        '"checked" = { by = "李", on = 2026-10-28 }\nvalid   = {',
    ],
)
def test_a_sign_off_that_is_no_line_is_told_about(own_form: str, tmp_path: Path) -> None:
    path = put(tmp_path, CONFIRMED.replace("valid   = {", own_form))
    before = path.read_bytes()
    assert refused(sign(path, "李", TODAY)) == ["E524"]
    assert path.read_bytes() == before


def test_a_part_of_its_own_is_told_about(tmp_path: Path) -> None:
    path = put(tmp_path, CONFIRMED + '\n[checked]\nby = "李"\non = 2026-10-28\n')
    assert refused(sign(path, "李", TODAY)) == ["E524"]


def test_the_permissions_stay_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = put(tmp_path)
    path.chmod(0o640)
    signed(path)
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["blocks", "service.toml"]


def test_a_day_of_another_year_is_written_as_it_is(tmp_path: Path) -> None:
    path = put(tmp_path)
    assert isinstance(sign(path, "李", datetime.date(2027, 1, 9)), Signed)
    assert "on = 2027-01-09" in path.read_text(encoding="utf-8")
    checked = loaded(path).checked
    assert checked is not None and checked.digest == digest(loaded(path))
