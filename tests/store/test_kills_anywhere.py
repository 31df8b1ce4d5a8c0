"""Killed in the middle of anything that writes: what was promised is there, whole and once."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from kiosk.security.device_key import device_key
from kiosk.store import Store, open_store
from kiosk.store.verifying import Trusted
from tests.journeys import soak
from tests.store.children import Say, start
from tests.store.people import WallClock, shipped_calendar
from tests.store.raw import raw
from tests.store.workday import ERRANDS, Day, staffed

KILLS = 200
LINES_OF_THE_FIRST = 6
CALENDAR = shipped_calendar()
HALVES = {
    "a case handed in never, or twice": """
        SELECT count(*) FROM cases
        WHERE 1 != (SELECT count(*) FROM event WHERE case_id = cases.id AND kind = 'submitted')""",
    "a case without its consents": """
        SELECT count(*) FROM cases WHERE 2 != (SELECT count(*) FROM consent WHERE case_id = cases.id)""",
    "an application with some of its pictures": """
        SELECT count(*) FROM (
          SELECT 1 FROM event WHERE kind = 'attached' AND role = 'resident'
          GROUP BY case_id HAVING count(*) != 2)""",
    "a line of nothing": "SELECT count(*) FROM event WHERE case_id NOT IN (SELECT id FROM cases)",
    "a draft of what was handed in": "SELECT count(*) FROM draft WHERE id IN (SELECT id FROM cases)",
    "a holder for ever": "SELECT count(*) FROM cases WHERE (holder IS NULL) != (lease_until IS NULL)",
    "one claim given twice": """
        SELECT count(*) FROM (
          SELECT 1 FROM event WHERE kind = 'claimed' GROUP BY case_id, epoch HAVING count(*) > 1)""",
}
"""What must never be, as counts that are 0."""


@dataclass
class Promised:
    """What was said before the kills."""

    lines: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By case and kind: lines that are in the book for certain."""
    in_flight: Counter[str] = field(default_factory=Counter)
    """What was being done at the moment of a kill."""
    acts: Counter[str] = field(default_factory=Counter)
    """What was done."""

    def hear(self, said: list[str]) -> None:
        """Of one life; its last line may be cut."""
        doing = ""
        for line in (line for line in said if line.endswith("\n")):
            mark, _, rest = line.strip().partition(" ")
            if mark == ">":
                doing = rest
                continue
            self.acts[doing], doing = self.acts[doing] + 1, ""
            case_id, _, kind = rest.partition(" ")
            if kind != "-":
                self.lines[case_id, kind] += 1
        self.in_flight[doing or "between two acts"] += 1


def opened(folder: Path) -> Store:
    return open_store(folder, clock=WallClock(), calendar=CALENDAR)


def _live(folder: Path, errand: int, say: Say) -> None:
    day = Day(opened(folder), folder, say)
    # the first one takes long, as all is loaded for it, and would be in flight nearly always
    day.handed_in()
    while True:
        ERRANDS[errand](day)


def killed(folder: Path, errand: int, dice: random.Random) -> list[str]:
    """A life that goes on with its errand for ever, ended after a few acts or in the middle of one."""
    child = start(partial(_live, folder, errand))
    # each act tells of its beginning and of its end: the kill shall fall into each of them alike
    said = list(islice(child.lines, LINES_OF_THE_FIRST + dice.randrange(22)))
    timer = threading.Timer(dice.expovariate(1 / 0.003), os.kill, (child.pid, signal.SIGKILL))
    timer.start()
    said += child.lines
    ended = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
    child.lines.close()
    timer.join()
    assert ended == -signal.SIGKILL, "".join(said[-30:])
    return said


def assert_all_there(folder: Path, promised: Promised, kills: int) -> None:
    store = opened(folder)
    store.check()
    own = device_key(folder)
    verdict = store.verify(Trusted({own.id: own.public}))
    assert verdict.faults == ()
    cases = store.all_cases(WallClock().now())
    store.close()
    with closing(raw(folder)) as db:
        counted = db.execute("SELECT case_id, kind, count(*) FROM event GROUP BY case_id, kind").fetchall()
        assert [name for name, halves in HALVES.items() if db.execute(halves).fetchone()[0]] == []
    book = Counter({(case_id, kind): times for case_id, kind, times in counted})
    unpromised = book - promised.lines
    assert dict(promised.lines - book) == {}, "promised and not there"
    assert unpromised.total() <= kills, "a kill hides the answer to one act, no more"
    assert len({case.number for case in cases}) == len({case.case_id for case in cases}) == len(cases)
    print(f"{kills} kills, {promised.acts.total()} acts promised: 0 lost, 0 doubled, 0 half, 0 held twice")
    print(f"{len(cases)} cases, {verdict.lines} lines, {unpromised.total()} kept before it could be said")
    print("killed in: " + ", ".join(f"{act} {times}" for act, times in promised.in_flight.most_common()))


def kill_anywhere(folder: Path, kills: int) -> Promised:
    dice, promised = random.Random(soak.seed()), Promised()
    store = opened(folder)
    staffed(store)
    store.close()
    for life in range(kills):
        promised.hear(killed(folder, life % len(ERRANDS), dice))
    assert_all_there(folder, promised, kills)
    return promised


def test_two_hundred_kills_over_every_write_lose_double_and_halve_nothing(tmp_path: Path) -> None:
    """K44."""
    promised = kill_anywhere(tmp_path, KILLS)
    assert len(promised.in_flight) > 20, "the kills are spread over what there is to do"


@pytest.mark.soak
def test_a_thousand_kills_over_every_write(tmp_path: Path) -> None:
    """K44 in full."""
    kill_anywhere(tmp_path, soak.KILLS)
