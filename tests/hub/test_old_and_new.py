"""Old and new programs at one hub: what both know goes on, whichever of them was brought up to date first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.parcels import MOST, News, Parcel, Receipt, Unread
from kiosk.cases.states import Outcome, State
from kiosk.cli import main
from kiosk.config import Hub as HubSettings
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.mail_body import read_mail
from kiosk.hub.ringing import NEWER_HUB
from kiosk.hub.sending import Courier, received
from kiosk.hub.steps import Part, Step, apply, steps_in
from kiosk.security.centre_keys import new_pair
from kiosk.selftest.hub import hub as check
from kiosk.store import Store, open_store
from tests.hub.centre_with_hub import CentreWithHub
from tests.hub.cluster import Cluster
from tests.hub.hubs import Hub, emptied
from tests.hub.test_reports import well
from tests.store.people import WANG, HandClock, application, shipped_calendar

STEPS = steps_in()
FIRST_SHIPPED = 3
"""So many files a hub needs before any kiosk can hand in. What follows them a kiosk may find missing."""
BEFORE = [pytest.param(n, id=f"up to {STEPS[n - 1].name[:2]}") for n in range(FIRST_SHIPPED, len(STEPS))]
NEXT = Step(
    "98_next.pre.sql",
    Part.PRE,
    "ALTER TABLE office.cases ADD COLUMN mood text; CREATE TABLE hub.moods (n int)",
)
AFTER_ALL = Step("98_next.post.sql", Part.POST, "ALTER TABLE office.cases DROP COLUMN mood")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def calendar() -> WorkCalendar:
    return shipped_calendar()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock, calendar: WorkCalendar) -> Iterator[Store]:
    """Of a kiosk."""
    opened = open_store(tmp_path / "east_1", clock=clock, calendar=calendar)
    opened.send_to_hub()
    yield opened
    opened.close()


# ── a kiosk that nobody has brought up to date ──


class FirstKiosk:
    """What the first program asked a hub, in its words, whatever becomes of ours."""

    OFFER = """
    SELECT id, hash, kseq, received_at, set_aside
    FROM hub.offer(%s::bigint[], %s::text[], %s::text[], %s::text[], %b::bytea[], %b::bytea[])
    """
    MAIL = "SELECT id, case_id, seq, kind, at, body FROM hub.mail(%s, %s)"
    ACKNOWLEDGE = "SELECT hub.acknowledge(%s::bigint[])"
    KEY = "SELECT centre, id, public, protected FROM hub.key()"

    def __init__(self, address: str) -> None:
        self.db: psycopg.Connection[Any] = psycopg.connect(address, autocommit=True)

    def key(self) -> tuple[Any, ...]:
        (row,) = self.db.execute(self.KEY)
        return tuple(row)

    def offer(self, parcels: Sequence[Parcel]) -> list[Receipt]:
        columns = zip(
            *((p.kseq, p.id, p.kind.value, p.case_id, p.hash, p.body) for p in parcels), strict=True
        )
        rows = self.db.execute(self.OFFER, [list(column) for column in columns], binary=True).fetchall()
        return [Receipt(row[0], bytes(row[1]), *row[2:]) for row in rows]

    def mail(self) -> list[News | Unread]:
        return [read_mail(row) for row in self.db.execute(self.MAIL, (MOST, 0)).fetchall()]

    def acknowledge(self, ids: Sequence[int]) -> None:
        self.db.execute(self.ACKNOWLEDGE, (list(ids),))


def test_a_kiosk_of_the_first_program_hands_in_and_hears_the_decision_at_a_hub_of_today(
    hub: Hub, tmp_path: Path, clock: HandClock
) -> None:
    with ExitStack() as closing:
        centre = CentreWithHub(hub, tmp_path, clock, "east", closing)
        desk, kiosk = centre.desk(), centre.kiosk()
        old = FirstKiosk(hub.kiosk("east_2", "east"))
        closing.callback(old.db.close)
        assert old.key()[0] and len(old.key()[2]) == 32
        case = kiosk.store.submit(application()).case_id
        parcels = kiosk.store.parcels_waiting()
        receipts = received(parcels, old.offer(parcels))
        kiosk.store.parcels_sent(receipts)
        assert not kiosk.store.anything_for_hub()
        claim = desk.next_case(WANG)
        assert claim is not None and claim.case_id == case
        desk.complete(case, WANG, claim.epoch, "每月一百元")
        news = [one for one in old.mail() if isinstance(one, News)]
        old.acknowledge(kiosk.store.take_news(news))
        assert old.mail() == []
        told = kiosk.store.progress_of(case)
        assert (told.stage, told.outcome, told.result) == (State.DECIDED, Outcome.GRANTED, "每月一百元")


# ── a hub that nobody has brought up to date ──


@contextmanager
def hub_of(cluster: Cluster, files: Path, steps: Sequence[Step]) -> Iterator[Hub]:
    """A database of its own, with these steps."""
    database = f"of_its_own_{len(steps)}"
    with cluster.as_owner() as owner:
        owner.execute(f"CREATE DATABASE {database}")
    made = Hub(cluster, database, files)
    with made.owner() as owner:
        apply(owner, steps)
    yield made
    with made.owner() as owner:
        emptied(owner)
    with cluster.as_owner() as owner:
        owner.execute(f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture
def old_hub(request: pytest.FixtureRequest, cluster: Cluster, tmp_path: Path) -> Iterator[Hub]:
    """As it was when it had so many steps."""
    with hub_of(cluster, tmp_path, STEPS[: request.param]) as made:
        yield made


@pytest.mark.parametrize("old_hub", BEFORE, indirect=True)
def test_a_kiosk_of_today_does_at_an_older_hub_what_both_know_and_the_rest_once_it_is_renewed(
    old_hub: Hub, store: Store, clock: HandClock
) -> None:
    old_hub.centre("east")
    _older_desk_made_a_key(old_hub)
    link = DirectLink(entering(Entry(old_hub.kiosk("east_1", "east"))))
    courier = Courier(store, link, clock, well)
    courier.round()
    store.call_person("home", clock.now())
    case = store.submit(application()).case_id
    assert courier.round().sent == 1
    _older_desk_decided(old_hub, case)
    assert courier.round().news == 1
    assert store.progress_of(case).stage is State.DECIDED
    with old_hub.owner() as owner:
        assert owner.execute("SELECT count(*) FROM hub.mailbox").fetchone() == (0,)
        apply(owner, STEPS)
    clock.forward(seconds=NEWER_HUB + 1)
    courier.round()
    with old_hub.owner() as owner:
        assert owner.execute("SELECT version FROM hub.report").fetchall() == [(well().version,)]
    link.close()


def _older_desk_made_a_key(hub: Hub) -> None:
    pair = new_pair()
    with hub.owner() as owner:
        owner.execute("INSERT INTO office.centre (centre, one, id) VALUES ('east', 1, 'c-east')")
        owner.execute(
            "INSERT INTO office.centre_key (centre, id, public, made_at, protected)"
            " VALUES ('east', %s, %s, '', 1)",
            (pair.id, pair.public),
        )


def _older_desk_decided(hub: Hub, case: str) -> None:
    body = (
        '{"epoch": 1, "state": "decided", "due": "2026-11-16", "outcome": "granted", "missing": null,'
        ' "result": "每月一百元", "desk": "民政", "reference": null, "goes_on_in": null, "held_from": null,'
        ' "wake_on": null, "answers": "", "reply": null}'
    )
    with hub.owner() as owner:
        owner.execute(
            "INSERT INTO hub.mailbox (centre, kiosk, case_id, seq, kind, at, body)"
            " VALUES ('east', 'east_1', %s, 3, 'completed', '2026-11-02T02:00:00.000000+00:00', %s)",
            (case, body),
        )


# ── desks, and what they are told ──


@pytest.mark.parametrize("old_hub", BEFORE[-1:], indirect=True)
def test_the_check_of_a_desk_says_in_words_that_its_hub_is_older_and_what_to_do(
    old_hub: Hub, tmp_path: Path, clock: HandClock, calendar: WorkCalendar
) -> None:
    address = old_hub.centre("east")
    (found,) = check(HubSettings(address=address), tmp_path / "desk", clock, calendar, encrypt=False)
    assert "kiosk hub init" in found.words.show("zh") and "older version" in found.words.show("en")


@pytest.mark.parametrize("old_hub", BEFORE, indirect=True)
def test_the_standing_of_an_older_hub_says_what_has_to_be_applied(old_hub: Hub) -> None:
    def status(*words: str) -> Result:
        return CliRunner().invoke(main, ["hub", "status", "--database", old_hub.owner_address(), *words])

    said = status()
    assert said.exit_code == 1 and said.stdout.count("kiosk hub init") >= 1
    assert f"not applied yet: {STEPS[-1].name}" in said.stdout
    assert "bangban_hub_schema_pending " in status("--metrics").stdout
    with old_hub.owner() as owner:
        apply(owner, STEPS)
    assert status().exit_code == 0


def test_a_desk_of_today_works_at_a_newer_hub_until_all_are_to_be_renewed_and_is_then_told(
    cluster: Cluster, tmp_path: Path, clock: HandClock, calendar: WorkCalendar
) -> None:
    with hub_of(cluster, tmp_path, STEPS) as newer:
        _works_until_told(newer, tmp_path, clock, calendar)


def _works_until_told(newer: Hub, tmp_path: Path, clock: HandClock, calendar: WorkCalendar) -> None:
    with newer.owner() as owner:
        apply(owner, (*STEPS, NEXT, AFTER_ALL))
    with ExitStack() as closing:
        centre = CentreWithHub(newer, tmp_path, clock, "east", closing)
        desk, kiosk = centre.desk(), centre.kiosk()
        case = kiosk.store.submit(application()).case_id
        kiosk.exchange()
        claim = desk.next_case(WANG)
        assert claim is not None and claim.case_id == case
    with newer.owner() as owner:
        apply(owner, (*STEPS, NEXT, AFTER_ALL), all_updated=True)
    (found,) = check(HubSettings(address=centre.address), tmp_path / "desk", clock, calendar, encrypt=False)
    assert "newer version" in found.words.show("en") and "更新" in found.words.show("zh")
