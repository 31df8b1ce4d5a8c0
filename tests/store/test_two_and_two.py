"""Two kiosks and two desks on one store, one that freezes with a case in hand: nothing held twice (K44)."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Actor, State, Why
from kiosk.store import Store, open_store
from tests.store.children import Say, start
from tests.store.people import CHEN, WANG, HandClock, WallClock, application, shipped_calendar

CALENDAR = shipped_calendar()
EACH = 30


def opened(folder: Path) -> Store:
    return open_store(folder, clock=WallClock(), calendar=CALENDAR)


def test_two_kiosks_and_two_desks_lose_nothing_and_hold_nothing_twice(tmp_path: Path) -> None:
    opened(tmp_path).close()
    kiosks = [start(partial(_hand_in, tmp_path)) for _ in range(2)]
    desks = [start(partial(_work, tmp_path, actor)) for actor in (WANG, CHEN)]
    handed_in = [line for child in kiosks for line in child.finish()]
    decided = [line for child in desks for line in child.finish()]
    assert len(set(handed_in)) == 2 * EACH
    assert sorted(decided) == sorted(handed_in)
    store = opened(tmp_path)
    store.check()
    cases = store.all_cases(datetime.now(UTC))
    assert {case.state for case in cases} == {State.DECIDED}
    assert len({case.ticket for case in cases}) == 2 * EACH
    for kind in ("submitted", "claimed", "rejected"):
        count = store._db.execute("SELECT count(*) FROM event WHERE kind = ?", (kind,)).fetchone()[0]
        assert count == 2 * EACH, kind
    store.close()
    print(f"2 kiosks, 2 desks: {2 * EACH} cases handed in and decided, 0 lost, 0 doubled, 0 held twice")


def _hand_in(folder: Path, say: Say) -> None:
    store = opened(folder)
    for _ in range(EACH):
        say(store.submit(application()).case_id)


def _work(folder: Path, actor: Actor, say: Say) -> None:
    """Takes what waits until every case of both kiosks is decided."""
    store = opened(folder)
    while store.counts().get(State.DECIDED, 0) < 2 * EACH:
        for case in store.open_cases(datetime.now(UTC)):
            try:
                held = store.claim(case.case_id, actor)
            except IllegalMove:
                continue
            store.reject(case.case_id, actor, held.epoch, "不满八十岁")
            say(case.case_id)


def test_who_freezes_with_a_case_in_hand_finds_it_in_other_hands_and_keeps_their_words(
    tmp_path: Path,
) -> None:
    """K39: the lease runs out, somebody else decides, and the late save is refused with its text kept."""
    store = opened(tmp_path)
    case_id = store.submit(application()).case_id
    store.close()
    frozen = start(partial(_freeze_with, tmp_path, case_id))
    assert next(frozen.lines).strip() == "held"
    assert os.WIFSTOPPED(os.waitpid(frozen.pid, os.WUNTRACED)[1])
    later = open_store(tmp_path, clock=HandClock(datetime.now(UTC) + timedelta(hours=2)), calendar=CALENDAR)
    held = later.claim(case_id, CHEN, "王丽的电脑不动了")
    later.reject(case_id, CHEN, held.epoch, "户口不在本市")
    os.kill(frozen.pid, signal.SIGCONT)
    assert frozen.finish() == [f"refused {Why.STATE}"]
    view = later.case(case_id)
    assert view.summary.state is State.DECIDED
    assert [event.kind for event in view.events].count("rejected") == 1
    assert [note.text for note in view.side_notes] == ["写了半天的话"]
    later.check()
    later.close()


def _freeze_with(folder: Path, case_id: str, say: Say) -> None:
    store = opened(folder)
    held = store.claim(case_id, WANG)
    say("held")
    os.kill(os.getpid(), signal.SIGSTOP)
    try:
        store.reject(case_id, WANG, held.epoch, "写了半天的话")
    except IllegalMove as refused:
        say(f"refused {refused.why}")
