"""One set of services, one calendar for all boxes: fetched by each, and believed by its signature alone."""

from __future__ import annotations

import datetime
import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from kiosk.cases.states import Role
from kiosk.cli import main
from kiosk.editions.edition import Holding, Kind, Refused, Signed, Why, files_in, opened
from kiosk.editions.keeping import Editions
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.fetching import Fetching
from kiosk.hub.https import HttpsLink
from kiosk.hub.link import Fault, Link, LinkTrouble, NotKnown
from kiosk.hub.members import Kind as Member
from kiosk.hub.members import revoke
from kiosk.hub.speaking_for import SpeakingFor
from kiosk.hub.store import open_hub_store
from kiosk.store import open_store
from tests.editions.publisher import edition, publisher_key, stall, year
from tests.hub.https_hub import open_office, serving
from tests.hub.hubs import Hub
from tests.store.people import HandClock, application, shipped_calendar

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
TODAY = datetime.date(2026, 11, 2)
Box = Callable[..., Result]


def run(config: Path, data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--config", str(config), "--data", str(data), *words])


@pytest.fixture
def east(hub: Hub) -> Hub:
    hub.centre("east")
    hub.kiosk("east_1", "east")
    return hub


@pytest.fixture
def publish(east: Hub, tmp_path: Path) -> Box:
    """`kiosk hub publish` by a district, on its own computer."""
    config = tmp_path / "district.toml"
    address = east.member(Member.DISTRICT, "north")
    config.write_text(f'{SITE}[hub]\naddress = "{address}"\n', encoding="utf-8")
    publisher_key(tmp_path)

    def published(kind: str, folder: Path, *words: str, key: str = "publisher.key") -> Result:
        given = ["hub", "publish", kind, str(folder), "--key", str(tmp_path / key), "--lang", "en", *words]
        return run(config, tmp_path / "nowhere", *given)

    return published


def settings(hub: Hub, folder: Path, name: str, address: str, more: str = "") -> Path:
    """The kiosk.toml of a box that knows the publisher."""
    config = folder / f"{name}.toml"
    keys = json.dumps([publisher_key(folder).public.hex()])
    config.write_text(
        f'{SITE}{more}[hub]\naddress = "{address}"\npublisher_keys = {keys}\n', encoding="utf-8"
    )
    return config


@pytest.fixture
def box(east: Hub, tmp_path: Path) -> Box:
    """`kiosk` on the kiosk east_1."""
    config = settings(east, tmp_path, "kiosk", east.address(Member.KIOSK, "east_1"))
    return lambda *words: run(config, tmp_path / "box", *words)


def sync(box: Box) -> object:
    done = json.loads(box("sync", "--json").output)
    assert done["fault"] is None
    return done["published"]


def offered(box: Box) -> set[str]:
    """What `kiosk service check` finds on this box: the ids of its services."""
    return {word for word in box("service", "stories").output.split() if word in {"market-stall", "own"}}


def told(box: Box, part: str) -> list[tuple[str, str]]:
    found = json.loads(box("check", "--json", "--no-report").output)["findings"]
    return [(one["state"], one["en"]) for one in found if one["part"] == part]


def test_a_box_takes_what_was_published_and_offers_it(publish: Box, box: Box, tmp_path: Path) -> None:
    assert offered(box) == set()
    said = publish("services", stall(tmp_path / "new"))
    assert said.exit_code == 0 and "published, files: 2" in said.output
    assert sync(box) == [{"kind": "services", "why_not": None}]
    assert offered(box) == {"market-stall"}
    assert sync(box) == []
    (state, words), *rest = told(box, "published_services")
    assert state == "good" and words.endswith(", in use") and rest == []
    assert told(box, "services") == [("good", "1 services are offered")]


def test_a_calendar_decides_about_working_days_from_the_next_opening_on(
    publish: Box, box: Box, tmp_path: Path
) -> None:
    from kiosk.cli._editions import calendar_of
    from kiosk.config import load_settings

    (day, spring) = datetime.date(2027, 3, 10), datetime.date(2026, 2, 17)
    assert publish("calendar", year(tmp_path / "new", 2027, day.isoformat())).exit_code == 0
    assert sync(box) == [{"kind": "calendar", "why_not": None}]
    calendar = calendar_of(load_settings(tmp_path / "kiosk.toml"), tmp_path / "box")
    assert not calendar.is_workday(day) and calendar.knows(day)
    assert not calendar.is_workday(spring), "years that were not published stay"


def test_a_set_that_somebody_else_laid_down_changes_nothing_and_is_told(
    publish: Box, box: Box, east: Hub, tmp_path: Path
) -> None:
    """Whoever rules the database lays down a set of their own."""
    publish("services", stall(tmp_path / "new"))
    sync(box)
    forged = edition(stall(tmp_path / "bad", id_="own"), publisher_key(tmp_path, "stranger.key"), 2**40)
    with east.owner() as owner:
        owner.execute(
            "INSERT INTO hub.edition (kind, digest, body, signature) VALUES ('services', %s, %s, %s)",
            (forged.digest, forged.body, forged.signature),
        )
    assert sync(box) == [{"kind": "services", "why_not": "signature"}]
    assert offered(box) == {"market-stall"}
    assert sync(box) == [], "it is not fetched over and over"
    _good, (state, words) = told(box, "published_services")
    assert state == "look" and "not signed by anybody this box knows" in words
    said = status(east)
    assert said.exit_code == 1 and "in use at 0 of 1 kiosks" in said.stdout
    assert "not taken: not signed with a key it knows" in said.stdout
    assert publish("services", stall(tmp_path / "newer")).exit_code == 0
    assert sync(box) == [{"kind": "services", "why_not": None}], "the next good one counts again"
    assert "in use at 1 of 1 kiosks" in status(east).stdout


def status(hub: Hub) -> Result:
    return CliRunner().invoke(main, ["hub", "status", "--database", hub.owner_address()])


def test_an_older_set_that_is_laid_down_again_is_not_taken(
    publish: Box, box: Box, east: Hub, tmp_path: Path
) -> None:
    publish("services", stall(tmp_path / "one"))
    sync(box)
    publish("services", stall(tmp_path / "two", "新的"))
    sync(box)
    with east.owner() as owner:
        owner.execute(
            "INSERT INTO hub.edition (kind, digest, body, signature)"
            " SELECT kind, digest, body, signature FROM hub.edition ORDER BY n LIMIT 1"
        )
    assert sync(box) == [{"kind": "services", "why_not": "older"}]
    assert publish("services", stall(tmp_path / "one again")).exit_code == 0
    assert sync(box) == [{"kind": "services", "why_not": None}], "signed anew, the old files are taken"


def test_what_has_faults_is_neither_published_nor_used(
    publish: Box, box: Box, east: Hub, tmp_path: Path
) -> None:
    folder = stall(tmp_path / "bad")
    path = folder / "market-stall.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("ask.zh", "aks.zh", 1), encoding="utf-8")
    said = publish("services", folder)
    assert said.exit_code == 1 and "market-stall.toml:" in said.output
    bad = edition(folder, publisher_key(tmp_path), 1)
    with east.owner() as owner:
        owner.execute("SELECT hub.publish('services', %s, %s)", (bad.body, bad.signature))
    assert sync(box) == [{"kind": "services", "why_not": "unsound"}]
    _none, (state, words) = told(box, "published_services")
    assert state == "look" and "market-stall.toml" in words


def test_a_live_service_that_nobody_answers_for_is_not_published(publish: Box, tmp_path: Path) -> None:
    folder = stall(tmp_path / "new")
    path = folder / "market-stall.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("一个摊位", "两个摊位"), encoding="utf-8")
    said = publish("services", folder)
    assert said.exit_code == 1 and "nobody has signed it off" in said.output


def test_the_hub_keeps_the_last_ten(publish: Box, east: Hub, tmp_path: Path) -> None:
    for number in range(12):
        publish("calendar", year(tmp_path / f"{number}", 2027, f"2027-01-{number + 1:02}"))
    with east.owner() as owner:
        assert owner.execute("SELECT count(*) FROM hub.edition").fetchone() == (10,)


def test_the_way_back_and_forth_on_one_box(publish: Box, box: Box, east: Hub, tmp_path: Path) -> None:
    publish("services", stall(tmp_path / "new"))
    sync(box)
    assert "is in use again" in box("edition", "back", "services").output
    assert offered(box) == set() and sync(box) == []
    assert "went back" in status(east).stdout
    _none, (_look, words) = told(box, "published_services")
    assert "kiosk edition again services" in words
    assert box("edition", "again", "services").exit_code == 0
    assert sync(box) == [{"kind": "services", "why_not": None}] and offered(box) == {"market-stall"}


def test_a_sites_own_services_stay_beside_the_published_ones(publish: Box, east: Hub, tmp_path: Path) -> None:
    stall(tmp_path / "mine", "自己的", id_="own")
    stall(tmp_path / "mine", "自己的摆摊", id_="market-stall")
    more = f'[services]\nfolder = "{tmp_path / "mine"}"\n'
    config = settings(east, tmp_path, "own", east.address(Member.KIOSK, "east_1"), more)
    publish("services", stall(tmp_path / "new"))

    def own(*words: str) -> Result:
        return run(config, tmp_path / "own box", *words)

    assert sync(own) == [{"kind": "services", "why_not": None}]
    assert offered(own) == {"market-stall", "own"}
    assert told(own, "services") == [("good", "2 services are offered")]
    _good, (state, words) = told(own, "published_services")
    assert state == "look" and words.split("used: ")[1].startswith("market-stall. ")


def test_a_box_that_knows_no_publisher_asks_for_nothing(publish: Box, east: Hub, tmp_path: Path) -> None:
    config = tmp_path / "plain.toml"
    config.write_text(f'{SITE}[hub]\naddress = "{east.address(Member.KIOSK, "east_1")}"\n', encoding="utf-8")
    publish("services", stall(tmp_path / "new"))

    def plain(*words: str) -> Result:
        return run(config, tmp_path / "plain box", *words)

    assert sync(plain) == [] and not (tmp_path / "plain box" / "editions").exists()
    assert told(plain, "published_services") == []
    assert "never asked" in status(east).stdout


def test_a_desk_fetches_it_too(publish: Box, east: Hub, tmp_path: Path) -> None:
    config = settings(east, tmp_path, "desk", east.address(Member.DESK, "east"))
    publish("services", stall(tmp_path / "new"))

    def desk(*words: str) -> Result:
        return run(config, tmp_path / "desk box", *words)

    assert sync(desk) == [{"kind": "services", "why_not": None}]
    assert offered(desk) == {"market-stall"}
    assert "Published services: of 2" in desk("hub", "status").output


def test_a_desk_that_is_open_fetches_it_by_itself(publish: Box, east: Hub, tmp_path: Path) -> None:
    config = settings(east, tmp_path, "desk", east.address(Member.DESK, "east"))
    publish("services", stall(tmp_path / "new"))
    data = tmp_path / "desk box"
    store = open_hub_store(
        east.address(Member.DESK, "east"), data, clock=HandClock(), calendar=shipped_calendar()
    )
    store.add_account("li", Role.STAFF, "never used")
    store.close()
    outside, inside = pty.openpty()
    command = [sys.executable, "-m", "kiosk.cli", "--config", str(config), "--data", str(data), "desk"]
    environment = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, env=environment)
    os.close(inside)
    try:
        until = time.monotonic() + 60
        while not (data / "editions" / "services" / "in-use.json").exists():
            assert process.poll() is None and time.monotonic() < until
            if select.select([outside], [], [], 0.2)[0]:
                os.read(outside, 65536)
    finally:
        process.kill()
        process.wait()
        os.close(outside)
    assert offered(lambda *words: run(config, data, *words)) == {"market-stall"}


def test_what_runs_beside_the_kiosk_goes_on_sending_with_the_new_calendar(
    publish: Box, east: Hub, tmp_path: Path
) -> None:
    config = settings(east, tmp_path, "kiosk", east.address(Member.KIOSK, "east_1"))
    publish("calendar", year(tmp_path / "new", 2027, "2027-03-10"))
    data = tmp_path / "box"
    store = open_store(data, clock=HandClock(), calendar=shipped_calendar())
    store.send_to_hub()
    command = [
        sys.executable,
        "-m",
        "kiosk.cli",
        "--config",
        str(config),
        "--data",
        str(data),
        "sync",
        "--watch",
    ]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        comes(process, (data / "editions" / "calendar" / "in-use.json").exists)
        store.submit(application())
        with east.owner() as owner:
            comes(process, lambda: owner.execute("SELECT count(*) FROM hub.parcel").fetchone() == (1,))
    finally:
        process.kill()
        process.wait()
        store.close()


def comes(process: subprocess.Popen[bytes], there: Callable[[], bool]) -> None:
    """Returns once it is so; what brings it must go on meanwhile."""
    until = time.monotonic() + 60
    while not there():
        assert time.monotonic() < until
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"it ended with {process.wait(0.1)}")


@pytest.mark.parametrize("who", ["kiosk", "desk"])
def test_who_may_fetch_may_not_publish(who: str, east: Hub, tmp_path: Path) -> None:
    member, name = (Member.KIOSK, "east_1") if who == "kiosk" else (Member.DESK, "east")
    config = settings(east, tmp_path, who, east.address(member, name))
    given = ["--key", str(tmp_path / "publisher.key")]
    said = run(config, tmp_path / "box", "hub", "publish", "services", str(stall(tmp_path / "new")), *given)
    assert said.exit_code == 1 and "may not do that" in said.output


def test_a_district_that_was_sent_away_publishes_no_more(publish: Box, east: Hub, tmp_path: Path) -> None:
    with east.connect(Member.DISTRICT, "north") as open_before, east.owner() as owner:
        owner.execute("UPDATE hub.member SET revoked_at = now() WHERE role = 'bb_district_north'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            open_before.execute("SELECT hub.publish('services', 'x', %s)", (bytes(64),))
        revoke(owner, Member.DISTRICT, "north")
    assert publish("services", stall(tmp_path / "new")).exit_code == 1


def test_whoever_looks_after_the_database_publishes_too(publish: Box, east: Hub, tmp_path: Path) -> None:
    said = publish("services", stall(tmp_path / "new"), "--database", east.owner_address())
    assert said.exit_code == 0, said.output


def test_a_key_is_made_once_and_shown_by_its_public_half(tmp_path: Path) -> None:
    made = [CliRunner().invoke(main, ["hub", "publish", "key", str(tmp_path / "k")]).output for _ in range(2)]
    assert made[0] == made[1] and len(bytes.fromhex(made[0].strip())) == 32
    assert (tmp_path / "k").stat().st_mode & 0o077 == 0


@contextmanager
def links(hub: Hub, folder: Path, way: str) -> Iterator[Link]:
    """A kiosk's link to the hub, directly or through its HTTPS program."""
    if way == "direct":
        link: Link = DirectLink(entering(Entry(hub.address(Member.KIOSK, "east_1"))))
        yield link
        link.close()
        return
    speaking = SpeakingFor(entering(Entry(hub.member(Member.SERVER, "front"))))
    office = open_office(folder / "office")
    with serving(office, speaking) as address:
        link = HttpsLink(address, office.papers("bb_kiosk_east_1"))
        yield link
        link.close()
    speaking.close()


@pytest.mark.parametrize("way", ["direct", "https"])
def test_both_ways_carry_it_byte_for_byte(way: str, publish: Box, east: Hub, tmp_path: Path) -> None:
    folder = stall(tmp_path / "new")
    publish("services", folder)
    with links(east, tmp_path, way) as link:
        came = link.edition(Holding(Kind.SERVICES))
        assert came is not None
        assert link.edition(Holding(Kind.CALENDAR)) is None
        assert link.edition(Holding(Kind.SERVICES, came.digest)) is None
        assert link.edition(Holding(Kind.SERVICES, b"", came.digest, "unsound")) is None
        assert said_at_hub(east) == [("east_1", b"", came.digest, "unsound")]
        known = [publisher_key(tmp_path).public]
        assert opened(came, Kind.SERVICES, known).files == files_in(folder, Kind.SERVICES)
        kept = Editions(tmp_path / "box", Kind.SERVICES, known)
        assert [one.why for one in Fetching(link, [kept], HandClock(), lambda: TODAY).look()] == [None]
        assert kept.whole() and kept.folder()
    assert said_at_hub(east) == [("east_1", came.digest, b"", "")]


def said_at_hub(hub: Hub) -> list[tuple[object, ...]]:
    """What kiosks have said of themselves."""
    with hub.owner() as owner:
        asked = "SELECT kiosk, held, left_out, why FROM hub.edition_at WHERE kind = 'services'"
        return owner.execute(asked).fetchall()


def test_a_hub_cannot_bring_back_what_somebody_here_went_back_from(tmp_path: Path) -> None:
    """Whoever rules over it hands the same out again, though the box says that it was left."""
    key = publisher_key(tmp_path)
    came = edition(stall(tmp_path / "new"), key, 1)
    kept = Editions(tmp_path / "box", Kind.SERVICES, (key.public,))

    class Stubborn:
        def edition(self, holding: Holding) -> Signed:
            return came

    fetching = Fetching(Stubborn(), [kept], HandClock(), lambda: TODAY)
    assert [one.why for one in fetching.fetch()] == [None]
    assert kept.back()
    assert fetching.fetch() == () and kept.folder() is None
    with suppress(Refused):
        kept.take(edition(stall(tmp_path / "bad"), publisher_key(tmp_path, "stranger.key"), 2), TODAY)
    assert [one.why for one in fetching.fetch()] == [Why.BY_HAND], "nor with something else in between"
    assert kept.folder() is None and fetching.fetch() == ()
    assert kept.again()
    assert [one.why for one in fetching.fetch()] == [None] and kept.folder() is not None


def test_where_nothing_comes_through_it_is_tried_ever_less_often(tmp_path: Path) -> None:
    """Each try in vain may take a minute, in which nothing that people hand in goes."""
    key, clock, tries = publisher_key(tmp_path), HandClock(), list[float]()
    kept = Editions(tmp_path / "box", Kind.SERVICES, (key.public,))
    came = edition(stall(tmp_path / "new"), key, 1)

    class Slow:
        fault = True

        def edition(self, holding: Holding) -> Signed | None:
            tries.append(clock.monotonic())
            if self.fault:
                raise LinkTrouble(Fault.AWAY, "slow")
            return came if not holding.held else None

    link = Slow()
    fetching = Fetching(link, [kept], clock, lambda: TODAY)
    begun = clock.monotonic()
    for _ in range(120):
        assert fetching.look() == ()
        clock.forward(seconds=30)
    assert [round(at - begun) // 60 for at in tries] == [0, 1, 3, 7, 15, 25, 35, 45, 55]
    link.fault = False
    clock.forward(minutes=10)
    assert [one.why for one in fetching.look()] == [None]


@pytest.mark.parametrize("way", ["direct", "https"])
def test_a_hub_from_before_editions_is_asked_seldom_and_all_else_goes_on(
    way: str, east: Hub, tmp_path: Path
) -> None:
    kept = Editions(tmp_path / "box", Kind.SERVICES, (publisher_key(tmp_path).public,))
    clock = HandClock()
    with east.owner() as owner:
        owner.execute("ALTER FUNCTION hub.newest_edition(text, bytea, bytea, text) RENAME TO not_yet")
    try:
        with links(east, tmp_path, way) as link:
            with pytest.raises(NotKnown):
                link.edition(Holding(Kind.SERVICES))
            assert Fetching(link, [kept], clock, lambda: TODAY).look() == ()
            assert link.mail() == []
    finally:
        with east.owner() as owner:
            owner.execute("ALTER FUNCTION hub.not_yet(text, bytea, bytea, text) RENAME TO newest_edition")
