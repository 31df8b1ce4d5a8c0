"""What a kiosk tells of itself arrives as it is, is one row for ever, and is never about a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.hub.kiosk_troubles import Wrong, troubles, worst_first
from kiosk.hub.link import LinkTrouble, NotKnown
from kiosk.hub.report import Paper, Reader, Report, Sound
from kiosk.hub.sending import Courier
from kiosk.hub.store import HubStore
from kiosk.selftest import report as reports
from kiosk.selftest.finding import Finding, State
from kiosk.store import open_store
from kiosk.text import same
from tests.hub.both_ways import WAYS, NewLink, links
from tests.hub.centre_with_hub import CentreWithHub
from tests.hub.hubs import Hub
from tests.store.people import WANG, HandClock, application, shipped_calendar


@pytest.fixture
def centre(hub: Hub, tmp_path: Path) -> Iterator[CentreWithHub]:
    with ExitStack() as closing:
        yield CentreWithHub(hub, tmp_path, HandClock(), "east", closing)


@pytest.fixture
def desk(centre: CentreWithHub) -> HubStore:
    return centre.desk()


@pytest.fixture(params=WAYS)
def new_link(
    request: pytest.FixtureRequest, hub: Hub, centre: CentreWithHub, tmp_path: Path
) -> Iterator[NewLink]:
    with links(hub, centre.name, tmp_path / "office", request.param) as made:
        yield made


def well() -> Report:
    return Report(
        version="1.2.3",
        said_at=datetime.now(UTC),
        waiting=0,
        oldest=None,
        calls=0,
        reader=Reader.THERE,
        paper=Paper.ENOUGH,
        sound=Sound.ON,
        certificate_ends=datetime.now(UTC) + timedelta(days=200),
        checked_at=datetime.now(UTC) - timedelta(hours=1),
        checked="good",
    )


def wrong(desk: HubStore) -> dict[str, list[Wrong]]:
    found = desk.kiosks()
    return {
        one.kiosk: [it.kind for it in troubles(one, found.now)]
        for one in worst_first(found.kiosks, found.now)
    }


def test_a_report_arrives_as_it_was_told_and_the_next_takes_its_place(
    desk: HubStore, new_link: NewLink, hub: Hub
) -> None:
    link = new_link("east_1")
    link.tell(well())
    told = replace(
        well(), waiting=3, oldest=datetime.now(UTC) - timedelta(hours=2), paper=Paper.OUT, reader=Reader.AWAY,
        calls=1, checked="bad", wants_look="printer sound",
    )  # fmt: skip
    link.tell(told)
    (one,) = desk.kiosks().kiosks
    assert one.report == told
    with hub.owner() as owner:
        assert owner.execute("SELECT count(*) FROM hub.report").fetchone() == (1,)


def test_what_somebody_tried_arrives_with_it_and_is_a_trouble_until_the_next_try(
    desk: HubStore, new_link: NewLink
) -> None:
    link = new_link("east_1")
    link.mail()
    tried = replace(
        well(), tried_at=datetime.now(UTC) - timedelta(days=3), tried="bad", tried_look="printer touch"
    )
    link.tell(tried)
    (one,) = desk.kiosks().kiosks
    assert one.report == tried
    (trouble,) = troubles(one, desk.kiosks().now)
    assert (trouble.kind, trouble.parts) == (Wrong.TRIED_BAD, ("printer", "touch"))
    link.tell(replace(tried, tried="good", tried_look=""))
    assert wrong(desk) == {"east_1": []}


def test_a_hub_that_knows_nothing_of_tries_still_hears_how_the_kiosk_is(
    desk: HubStore, new_link: NewLink, hub: Hub
) -> None:
    link = new_link("east_1")
    with hub.owner() as owner:
        owner.execute("ALTER FUNCTION hub.tell_tried RENAME TO tell_tried_later")
    try:
        for calls in (1, 2):
            link.tell(replace(well(), calls=calls, tried_at=datetime.now(UTC), tried="good"))
            (one,) = desk.kiosks().kiosks
            assert one.report is not None and (one.report.calls, one.report.tried_at) == (calls, None)
    finally:
        with hub.owner() as owner:
            owner.execute("ALTER FUNCTION hub.tell_tried_later RENAME TO tell_tried")


@pytest.mark.parametrize(
    "said", [("2026-11-02", "bad", "张桂芳"), ("2026-11-02", "990101194403050029", ""), ("infinity", "", "")]
)
def test_of_a_try_too_only_words_and_times_are_kept(
    hub: Hub, centre: CentreWithHub, said: tuple[str, ...]
) -> None:
    hub.kiosk("east_1", "east")
    with hub.at_kiosk("east_1") as kiosk:
        kiosk.execute("SELECT hub.tell('1', now(), 0, NULL, 0, '', '', '', NULL, NULL, '', '')")
        with pytest.raises(psycopg.errors.CheckViolation):
            kiosk.execute("SELECT hub.tell_tried(%s, %s, %s)", said)


def test_the_worst_kiosk_stands_first_and_each_says_what_is_wrong(
    desk: HubStore, new_link: NewLink, hub: Hub
) -> None:
    now = datetime.now(UTC)
    said = {
        "east_1": well(),
        "east_2": replace(well(), paper=Paper.LOW, said_at=now + timedelta(minutes=9)),
        "east_3": replace(well(), waiting=2, oldest=now - timedelta(hours=1)),
        "east_4": replace(well(), reader=Reader.AWAY, sound=Sound.AWAY, checked="bad"),
        "east_5": replace(well(), certificate_ends=now + timedelta(days=3), checked="look"),
    }
    for name, report in said.items():
        link = new_link(name)
        link.mail()
        link.tell(report)
    new_link("east_6")
    new_link("east_7").mail()
    silent = new_link("east_8")
    silent.mail()
    silent.tell(replace(well(), paper=Paper.OUT))
    with hub.owner() as owner:
        for table in ("seen", "report"):
            owner.execute(f"UPDATE hub.{table} SET at = at - interval '1 hour' WHERE kiosk = 'east_8'")
    assert list(wrong(desk).items()) == [
        ("east_6", [Wrong.NEVER]),
        ("east_8", [Wrong.SILENT]),
        ("east_4", [Wrong.READER, Wrong.SOUND, Wrong.CHECK_BAD]),
        ("east_3", [Wrong.BEHIND]),
        ("east_2", [Wrong.CLOCK, Wrong.PAPER_LOW]),
        ("east_5", [Wrong.CERTIFICATE, Wrong.CHECK_LOOK]),
        ("east_1", []),
        ("east_7", []),
    ]


def test_a_kiosk_tells_twice_a_minute_and_old_ones_and_old_hubs_go_on(
    desk: HubStore, new_link: NewLink, tmp_path: Path, hub: Hub
) -> None:
    clock = HandClock()
    store = open_store(tmp_path / "east_1", clock=clock, calendar=shipped_calendar())
    store.send_to_hub()
    told: list[Report] = []

    def tell() -> Report:
        told.append(well())
        return told[-1]

    courier = Courier(store, new_link("east_1"), clock, tell)
    for _ in range(12):
        courier.round()
        clock.forward(seconds=10)
    assert len(told) == 4
    assert wrong(desk) == {"east_1": []}
    with hub.owner() as owner:
        owner.execute("ALTER FUNCTION hub.tell RENAME TO tell_later")
    try:
        with pytest.raises(NotKnown):
            new_link("east_2").tell(well())
        courier.round()
        store.submit(application())
        assert courier.round().sent == 1
        assert len(told) == 5
    finally:
        with hub.owner() as owner:
            owner.execute("ALTER FUNCTION hub.tell_later RENAME TO tell")
    store.close()


def test_that_somebody_waits_and_that_somebody_goes_is_told_in_the_same_round(
    desk: HubStore, new_link: NewLink, tmp_path: Path
) -> None:
    clock = HandClock()
    store = open_store(tmp_path / "east_1", clock=clock, calendar=shipped_calendar())
    store.send_to_hub()
    desk.add_account(WANG.name, WANG.role, "a hash that no PIN has")
    courier = Courier(
        store, new_link("east_1"), clock, lambda: replace(well(), calls=len(store.open_calls()))
    )

    def waiting() -> int | None:
        courier.round()
        clock.forward(seconds=3)
        (one,) = desk.kiosks().kiosks
        return one.report.calls if one.report else None

    assert waiting() == 0
    store.call_person("home", clock.now())
    assert waiting() == 1
    (call,) = desk.open_calls()
    desk.answer_call(call.id, WANG)
    assert waiting() == 0
    store.close()


@pytest.mark.parametrize(
    "told",
    [
        {"version": "张桂芳"},
        {"wants_look": "张桂芳 990101194403050029"},
        {"wants_look": "printer " * 200},
        {"paper": "990101194403050029"},
        {"waiting": -1},
    ],
    ids=str,
)
def test_the_hub_keeps_words_and_times_only_whatever_a_kiosk_says(
    desk: HubStore, new_link: NewLink, told: dict[str, str]
) -> None:
    """A kiosk that somebody took over must not leave anything there, and goes on being answered."""
    link = new_link("east_1")
    with pytest.raises(LinkTrouble):
        link.tell(replace(well(), **told))  # type: ignore[arg-type]
    (one,) = desk.kiosks().kiosks
    assert one.report is None
    link.tell(well())


@pytest.mark.parametrize("moment", ["infinity", "-infinity", "20000-01-01", "4000-01-01 BC"])
@pytest.mark.parametrize("place", range(4), ids=["said", "oldest", "certificate", "checked"])
def test_a_moment_that_nobody_could_read_is_not_kept(
    desk: HubStore, hub: Hub, moment: str, place: int
) -> None:
    """One kiosk that somebody took over would keep all the others from being seen."""
    hub.kiosk("east_1", "east")
    said = ["2026-11-02", None, None, None]
    said[place] = moment
    with hub.at_kiosk("east_1") as kiosk:
        tell = "SELECT hub.tell('1', %s, 0, %s, 0, '', '', '', %s, %s, '', '')"
        with pytest.raises(psycopg.errors.CheckViolation):
            kiosk.execute(tell, said)
        kiosk.execute(tell, ["1970-01-01", None, None, None])
    assert at(hub).exit_code == 1
    (one,) = desk.kiosks().kiosks
    assert one.report is not None and one.report.said_at.year == 1970


def test_a_word_of_a_newer_kiosk_is_kept_and_is_no_trouble(desk: HubStore, new_link: NewLink) -> None:
    link = new_link("east_1")
    link.mail()
    link.tell(replace(well(), paper="on_its_way", checked="superb"))
    assert wrong(desk) == {"east_1": []}


def test_nobody_tells_for_another_and_a_kiosk_reads_no_report(hub: Hub, desk: HubStore) -> None:
    hub.kiosk("east_1", "east")
    with hub.at_kiosk("east_1") as kiosk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        kiosk.execute("SELECT * FROM hub.report")
    hub.centre("west")
    with hub.desk("west") as west:
        assert west.execute("SELECT count(*) FROM hub.report").fetchone() == (0,)


def at(hub: Hub, *words: str) -> Result:
    return CliRunner().invoke(main, ["hub", "status", "--database", hub.owner_address(), *words])


@pytest.mark.parametrize("new_link", ["direct"], indirect=True)
def test_the_status_and_the_metrics_tell_the_same(hub: Hub, desk: HubStore, new_link: NewLink) -> None:
    link = new_link("east_1")
    link.mail()
    link.tell(replace(well(), paper=Paper.OUT, waiting=7, calls=1))
    said = at(hub)
    assert said.exit_code == 1
    assert "out of paper\n    east_1 is out of receipt paper: put in a new roll." in said.stdout
    zh = at(hub, "--lang", "zh").stdout
    assert "没收进 0  没取走 0  没纸了\n    east_1 的小票纸用完了" in zh and "heard" not in zh
    text = at(hub, "--metrics").stdout
    labels = 'centre="east",kiosk="east_1"'
    for line in (
        f"bangban_hub_kiosk_alive{{{labels}}} 1",
        f"bangban_hub_kiosk_backlog{{{labels}}} 7",
        f"bangban_hub_kiosk_calls_waiting{{{labels}}} 1",
        f'bangban_hub_kiosk_paper{{{labels},bangban_hub_kiosk_paper="out"}} 1',
        f'bangban_hub_kiosk_paper{{{labels},bangban_hub_kiosk_paper="enough"}} 0',
    ):
        assert f"\n{line}\n" in text
    link.tell(well())
    assert at(hub).exit_code == 0


def test_kiosk_sync_tells_what_the_box_knows_of_itself(hub: Hub, desk: HubStore, tmp_path: Path) -> None:
    """From its notes, its morning check and its store, through the program as it is."""
    from kiosk.sitting.parts import Parts

    address, box = hub.kiosk("east_1", "east"), tmp_path / "box"
    config = tmp_path / "my.toml"
    config.write_text(
        '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
        f'[hub]\naddress = "{address}"\n'
        '[[device]]\npurpose = "identity_card"\nprotocol = "sdt"\nport = "/dev/none"\n'
        '[[device]]\npurpose = "printer"\nprotocol = "escpos"\nport = "/dev/none"\n',
        encoding="utf-8",
    )
    given = ["--config", str(config), "--data", str(box)]
    box.mkdir(mode=0o700)
    parts = Parts(box, HandClock())
    parts.note("reader", Reader.THERE)
    parts.note("paper", Paper.LOW)
    assert CliRunner().invoke(main, [*given, "sync"]).exit_code == 0
    (one,) = desk.kiosks().kiosks
    assert one.report is not None
    assert (one.report.reader, one.report.paper, one.report.checked) == (Reader.THERE, Paper.LOW, "")
    CliRunner().invoke(main, [*given, "check"])
    assert CliRunner().invoke(main, [*given, "sync"]).exit_code == 0
    (one,) = desk.kiosks().kiosks
    assert one.report is not None
    assert (one.report.reader, one.report.paper, one.report.checked) == (Reader.AWAY, Paper.STUCK, "bad")
    assert {"identity_card", "printer"} <= set(one.report.wants_look.split())
    assert one.report.tried_at is None
    reports.keep(
        reports.record([Finding("touch", State.BAD, same("-"))], one.report.said_at),
        box,
        one.report.said_at,
        reports.BY_HAND,
    )
    assert CliRunner().invoke(main, [*given, "sync"]).exit_code == 0
    (one,) = desk.kiosks().kiosks
    assert one.report is not None and (one.report.tried, one.report.tried_look) == ("bad", "touch")
