"""A kiosk whose program is killed again and again while it sends: each parcel arrives once, in order."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.sending import Courier
from kiosk.store import open_store
from tests.hub.hubs import Hub
from tests.store.people import GUIFANG, WallClock, application, shipped_calendar

KILLS = 12
ROOT = Path(__file__).parents[2]


def news_of(case_id: str) -> tuple[object, ...]:
    plain = {"epoch": 1, "state": "claimed", "due": "2026-11-16", "outcome": None, "desk": "民政"}
    at = "2026-11-03T02:00:00.000000+00:00"
    return ("east", "east_1", case_id, 2, "claimed", at, json.dumps(plain))


def test_killed_at_random_while_it_sends_and_fetches_nothing_is_lost_and_nothing_doubled(
    hub: Hub, tmp_path: Path
) -> None:
    hub.centre("east")
    address = hub.kiosk("east_1", "east")
    store = open_store(tmp_path / "kiosk", clock=WallClock(), calendar=shipped_calendar())
    store.send_to_hub()
    chance = random.Random(17)
    ids: list[str] = []
    program = [sys.executable, "-m", "tests.hub.courier_program", str(tmp_path / "kiosk"), address]
    with subprocess.Popen(
        program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as couriers:
        assert couriers.stdin is not None and couriers.stdout is not None
        for _ in range(KILLS):
            ids += [store.submit(application()).case_id for _ in range(6)]
            store.withdraw(ids[-1], GUIFANG)
            with hub.owner() as owner, owner.cursor() as asked:
                asked.executemany(
                    "INSERT INTO hub.mailbox (centre, kiosk, case_id, seq, kind, at, body)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                    [news_of(case_id) for case_id in ids[-6:]],
                )
            couriers.stdin.write("go\n")
            pid = int(couriers.stdout.readline())
            # how far it gets is chance, and meant to be
            time.sleep(chance.random() * 0.06)
            os.kill(pid, signal.SIGKILL)
        couriers.stdin.close()
    Courier(store, DirectLink(entering(Entry(address))), WallClock()).round()
    with hub.owner() as owner:
        arrived = owner.execute("SELECT kseq, id FROM hub.parcel ORDER BY n").fetchall()
        assert owner.execute("SELECT count(*) FROM hub.alarm").fetchone() == (0,)
        assert owner.execute("SELECT count(*) FROM hub.quarantine").fetchone() == (0,)
        assert owner.execute("SELECT count(*) FROM hub.mailbox").fetchone() == (0,)
    assert [kseq for kseq, _ in arrived] == list(range(1, KILLS * 7 + 1))
    assert {one for _, one in arrived} >= set(ids)
    kept = store._db.execute("SELECT case_id FROM event WHERE kind = 'claimed'").fetchall()
    assert sorted(row[0] for row in kept) == sorted(ids)
    store.close()
