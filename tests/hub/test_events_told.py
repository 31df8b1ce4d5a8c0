"""The events that programs tell: JSON, one a line, and at the most talkative nothing of a case."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.event_log import LEVEL, happened, keep_events, tell_events
from kiosk.hub.https import HttpsLink
from kiosk.hub.members import Kind, role_of
from kiosk.hub.store import open_hub_store
from kiosk.hub.tally import EVERY, Tally
from kiosk.sitting.lifeline import end_with
from kiosk.store import open_store
from tests.hub.front import SITE, front
from tests.hub.https_hub import HOST, open_office, parcel
from tests.hub.hubs import Hub
from tests.store.people import GUIFANG, NAME, NUMBER, WANG, WallClock, application, shipped_calendar

PATIENCE = 60.0


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What is told in this process; logging is afterwards as it was."""
    root = logging.getLogger()
    before, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    logging.basicConfig(handlers=[], force=True)
    stream = io.StringIO()
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    logging.raiseExceptions = raising


def lines(text: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in text.splitlines()]
    assert all({"at", "level", "event"} <= one.keys() for one in found)
    return found


@pytest.mark.parametrize(
    "content", [NAME, NUMBER, "an answer", GUIFANG, "2026-1102-00000001", "A" * 41, "x\ny"]
)
def test_what_is_no_word_of_ours_is_not_told(told: io.StringIO, content: str) -> None:
    tell_events(told)
    happened("exchanged", what=content, sent=3)
    (line,) = lines(told.getvalue())
    assert (line["event"], line["what"], line["sent"]) == ("exchanged", "?", 3)
    assert content not in told.getvalue()


def test_an_error_is_told_by_type_and_place_and_another_library_only_when_something_is_wrong(
    told: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LEVEL, "debug")
    tell_events(told)
    try:
        raise ValueError(NAME)
    except ValueError:
        logging.getLogger("kiosk.hub").exception("a question was not answered")
    other = logging.getLogger("psycopg")
    other.info("saw %s", NAME)
    other.warning("saw %s", NAME)
    first, second = lines(told.getvalue())
    assert first["error"].startswith("ValueError at ") and first["what"] == "a question was not answered"
    assert (second["from"], second["what"]) == ("psycopg", "reported something")
    assert NAME not in told.getvalue()


def test_the_file_of_a_screen_keeps_only_what_wants_a_look(told: io.StringIO, tmp_path: Path) -> None:
    keep_events(tmp_path / "kiosk.log")
    tell_events(told)
    happened("exchanged", sent=1)
    logging.getLogger("kiosk.hub").warning("hub: away")
    assert [one["event"] for one in lines(told.getvalue())] == ["exchanged", "message"]
    assert (tmp_path / "kiosk.log").read_text().count("\n") == 1


def test_a_busy_hub_tells_a_line_a_minute(told: io.StringIO) -> None:
    tell_events(told)
    now = [0.0]
    tally = Tally(lambda: now[0])
    for second in range(130):
        now[0] = float(second)
        tally.count("mail", 200 if second % 10 else 503, 0.25, 100)
    tally.tell()
    found = lines(told.getvalue())
    assert [one["mail"] for one in found] == [61, 60, 9]
    assert found[0]["failed"] == 7 and found[0]["longest_ms"] == 250
    assert found[0]["seconds"] == EVERY


@contextmanager
def running(words: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program, telling everything into this file."""
    with log.open("wb") as errors:
        program = subprocess.Popen(
            [sys.executable, "-m", "kiosk.cli", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**os.environ, LEVEL: "debug"},
            preexec_fn=partial(end_with, os.getpid()),  # noqa: PLW1509
        )
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def until(there: Callable[[], bool], what: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < limit, f"{what} never came"
        time.sleep(0.05)


def test_a_kiosk_tells_what_went_and_came_and_nothing_of_it(hub: Hub, tmp_path: Path) -> None:
    """`kiosk sync --watch` as it runs beside a kiosk, while somebody hands in and calls for a person."""
    clock, calendar = WallClock(), shipped_calendar()
    desk = open_hub_store(hub.centre("east"), tmp_path / "desk", clock=clock, calendar=calendar)
    desk.add_account(WANG.name, WANG.role, "a hash that no PIN has")
    config, log = tmp_path / "my.toml", tmp_path / "events"
    config.write_text(f'{SITE}[hub]\naddress = "{hub.kiosk("east_1", "east")}"\n', encoding="utf-8")
    store = open_store(tmp_path / "box", clock=clock, calendar=calendar)
    store.send_to_hub()
    receipt = store.submit(application())

    def events() -> list[str]:
        return [one["event"] for one in lines(log.read_text())]

    with running(["--config", str(config), "--data", str(tmp_path / "box"), "sync", "--watch"], log):
        until(lambda: "exchanged" in events(), "the first round")
        call = store.call_person("do:income", clock.now())
        until(lambda: bool(desk.open_calls()), "the call")
        (rings,) = desk.open_calls()
        desk.answer_call(rings.id, WANG)
        until(lambda: store.who_came(call.id) == WANG, "who goes there")
        until(lambda: "call_seen" in events(), "the event")
    said = log.read_text()
    assert any(one["event"] == "exchanged" and one["sent"] == 1 for one in lines(said))
    (report,) = (one.report for one in desk.kiosks().kiosks)
    assert report is not None and report.calls == 0
    for content in (NAME, NUMBER, GUIFANG, receipt.number, receipt.case_id, WANG.name, "income", "east"):
        assert content not in said, content
    desk.close()
    store.close()


@pytest.mark.slow
def test_the_hub_s_program_tells_how_many_questions_it_answered_and_not_whose(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LEVEL, "debug")
    hub.centre("east")
    hub.kiosk("east_1", "east")
    office = open_office(tmp_path / "office")
    program = front(hub, office)
    program.start()
    link = HttpsLink(f"https://{HOST}:{program.port}", office.papers(role_of(Kind.KIOSK, "east_1")))
    assert link.offer([parcel(1)])
    link.call("1 a", 0.0)
    link.close()
    code, said = program.end()
    assert code == 0
    told = lines(said)
    asked = [(one["what"], one["status"]) for one in told if one["event"] == "asked"]
    assert asked == [("offer", 200), ("call", 200)]
    (answered,) = (one for one in told if one["event"] == "answered")
    assert (answered["offer"], answered["call"], answered["failed"]) == (1, 1, 0)
    assert not any(word in said for word in ("east", "parcel-1", "case-1"))
