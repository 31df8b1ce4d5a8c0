"""A walk at the real kiosk becomes a story of the file; nothing else changes."""

from __future__ import annotations

import datetime
import shutil
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.cli._walk_visit import PretendedClock, Trace
from kiosk.flow.moves import Choose
from kiosk.paths import data_file
from kiosk.services.load import load_service, look_over_source, service_files
from kiosk.services.model import Service
from kiosk.services.stories import differences, walk_story
from kiosk.services.story_text import story_document, with_story
from tests.flow.residents import ALLOWANCE, TODAY, begun, led, moved
from tests.journeys.kiosk_terminal import CTRL_Q, ENTER, KioskTerminal
from tests.journeys.resident import Habit, Resident, words

FILES = service_files(data_file("services"))
PROGRAM = (sys.executable, "-m", "kiosk.cli", "service", "walk")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The elderly allowance, for somebody to change."""
    return Path(shutil.copy(data_file("services") / "elderly-allowance.toml", tmp_path / "allowance.toml"))


@pytest.mark.slow
def test_a_walk_in_a_terminal_is_kept_as_a_story_and_leaves_nothing_else(file: Path, tmp_path: Path) -> None:
    before, data = file.read_bytes(), tmp_path / "data"
    with KioskTerminal(data, str(file), "--date", "2026-11-02", program=PROGRAM) as terminal:
        resident = Resident(terminal)
        resident._habits[words("doors.do_heading")] = Habit("高龄津贴")
        resident.go_to("goodbye.heading")
        terminal.shows("草稿 2026-11-02")
        terminal.tap(CTRL_Q)
        terminal.shows("存成例子吗")
        terminal.type("1" + ENTER)
        terminal.shows("起个名字")
        terminal.type("试走的人" + ENTER)
        terminal.shows("存好了")
        assert terminal.wait_end() == 0
    after = file.read_bytes()
    assert after.startswith(before)
    story = after[len(before) :].decode()
    assert story.startswith('\n[[story]]\nname = "试走的人"\ntoday = 2026-11-02\n')
    done = CliRunner().invoke(main, ["service", "stories", str(file)])
    assert done.exit_code == 0 and "✓ elderly-allowance  试走的人" in done.output
    assert not data.exists() and not list((tmp_path / "tmp").iterdir())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_walked_comes_out_the_same_when_it_is_told_as_a_story(file: Path) -> None:
    service = load_service(file)
    assert isinstance(service, Service)
    source = before = file.read_bytes()
    for story in service.story:
        path = walk_story(service, story)
        answers = {name: answer.value for name, answer in path.answers.items()}
        refused = [name for name, agreed in path.consents.items() if not agreed]
        told = story_document(service, answers, refused, story.today, f"又一次：{story.name}")
        assert told["expect"]["end"] == story.expect.end
        source = with_story(source, told)
    again, _ = look_over_source(source, file, TODAY)
    assert again is not None and len(again.story) == 2 * len(service.story)
    assert not [found for story in again.story for found in differences(again, story)]
    assert source.startswith(before)


def test_a_file_with_the_line_ends_of_another_system_keeps_them(file: Path) -> None:
    theirs = file.read_bytes().replace(b"\n", b"\r\n").rstrip()
    told = story_document(ALLOWANCE, {}, ("use",), TODAY, "一个人")
    written = with_story(theirs, told)
    assert written.startswith(theirs + b"\r\n\r\n[[story]]\r\n")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert look_over_source(written, file, TODAY)[0] is not None
    assert with_story(b"a = 1\n\n\n", told).startswith(b"a = 1\n\n\n\n[[story]]")


def test_the_last_end_that_somebody_came_to_is_the_one_that_counts() -> None:
    trace = Trace(ALLOWANCE, TODAY)
    stopped = led(begun(), {"question:hukou": Choose("other")}, until="stop:other-city")
    trace.note(begun())
    assert not trace.ended
    for sitting, end in (
        (stopped, "other-city"),
        (led(moved(stopped, Choose("fix")), {"question:hukou": Choose("local")}), "submit"),
        (led(begun(), {"consent:use": Choose("no")}, until="refused:use"), "refused"),
    ):
        trace.note(sitting)
        trace.note(begun())
        ended = trace.ended
        assert ended is not None and ended.end == end
        assert ended.refused == (("use",) if end == "refused" else ())


def test_the_kiosk_believes_that_it_is_the_day_that_was_named() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    clock = PretendedClock(datetime.date(2027, 2, 1), zone)
    assert clock.now().astimezone(zone).date() == datetime.date(2027, 2, 1)
    assert clock.now() <= clock.now() and clock.now().utcoffset() == datetime.timedelta(0)


def test_without_a_terminal_the_preview_is_named_instead(file: Path) -> None:
    done = CliRunner().invoke(main, ["service", "walk", str(file)])
    assert done.exit_code == 1 and "preview" in done.output
