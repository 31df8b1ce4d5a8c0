"""A case goes from one centre to another: whole, once, under its number, never at two, never at none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from kiosk.cases.corrections import HeardBy
from kiosk.cases.identity import Shown
from kiosk.cases.materials import Standing, standings
from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.retention import Over
from kiosk.cases.states import State, Why
from kiosk.cli import main
from kiosk.flow.source import Source
from kiosk.hub.store import HubStore
from kiosk.security.device_key import device_key
from kiosk.security.envelope import recipients
from kiosk.services.proof import CardRole
from kiosk.store import StoreTrouble, Trouble
from kiosk.store.statements import CASE_BODY
from kiosk.store.verifying import Trusted
from tests.hub.hubs import Hub
from tests.hub.two_centres import LIU, PAPER, WEST, WEST_PHONE, TwoCentres, two_centres
from tests.store.people import GUIFANG, WANG, HandClock, application

SITE = '[site]\nname = { zh = "南街道", en = "Nanjie" }\nphone = "000-1"\n'


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def two(hub: Hub, tmp_path: Path, clock: HandClock) -> Iterator[TwoCentres]:
    with ExitStack() as closing:
        yield two_centres(hub, tmp_path, clock, closing)


def open_at(desk: HubStore) -> list[str]:
    return [one.case_id for one in desk.board().cases]


def test_a_case_that_was_handed_over_lies_open_at_the_other_centre_under_its_number(two: TwoCentres) -> None:
    case = two.handed_over(papers=2)
    before = two.kiosk.store.progress_of(case)
    (line,) = two.west.desk.board().cases
    assert (line.number, line.ticket, line.deadline.due) == (before.number, before.ticket, before.due)
    assert line.state is State.TRANSFERRED
    assert two.west.desk.case_id_of(before.number) == case
    assert open_at(two.east.desk) == []
    view = two.west.desk.case(case)
    assert view.submission.answers == application().answers
    assert view.submission.signature == application().signature
    assert [two.west.desk.look_at(case, LIU, n) for n in (1, 2)] == [PAPER, PAPER]
    assert view.events[-1].words == "她搬到河西了，当面说好的。"


def test_the_person_reads_at_the_kiosk_who_has_it_now_and_whom_to_call(two: TwoCentres) -> None:
    case = two.handed_over()
    two.kiosk.exchange()
    told = two.kiosk.store.progress_of(case)
    assert told.stage is State.HANDED_OVER
    assert told.result is not None and WEST["zh"] in told.result and WEST_PHONE in told.result


def test_the_other_centre_is_told_nothing_of_who_worked_on_it_nor_a_name_that_only_the_first_can_read(
    two: TwoCentres, hub: Hub
) -> None:
    case = two.handed_in()
    claim = two.east.desk.claim(case, WANG)
    two.east.desk.see_person(case, WANG, claim.epoch, CardRole.SUBJECT, Shown.ID_CARD)
    two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")
    two.west.desk.take_in()
    view = two.west.desk.case(case)
    assert view.submission.person_key is None
    assert {event.actor for event in view.events} == {"resident", "east"}
    assert [sighting.by for sighting in view.sightings] == ["east"]
    with hub.desk("west") as west:
        rows = west.execute("SELECT person_key, agent_key, operator FROM office.cases").fetchall()
    assert rows == [(None, None, None)]


def test_what_the_person_brought_stays_theirs_until_somebody_has_looked_at_it(two: TwoCentres) -> None:
    case = two.handed_in(papers=1)
    claim = two.east.desk.claim(case, WANG)
    two.east.desk.attach(case, WANG, "id_card", PAPER, 10)
    two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")
    two.west.desk.take_in()
    view = two.west.desk.case(case)
    assert [(one.material, one.by) for one in view.attachments] == [
        ("household_book", "resident"),
        ("id_card", "east"),
    ]
    assert standings((one.kind, one.note, one.role) for one in view.events) == {"id_card": Standing.KEPT}


def test_only_the_other_centre_opens_what_was_sealed_for_it(two: TwoCentres) -> None:
    case = two.handed_over()
    two.west.desk.take_in()
    with two.west.desk._reading() as db:
        sealed = db.execute(CASE_BODY, (case,)).fetchone()["sealed"]
    assert recipients(sealed) == (two.west.pair.id,)
    two.west.sign_out()
    with pytest.raises(StoreTrouble, match="sealed"):
        two.west.desk.case(case)


def test_what_was_promised_still_holds_after_a_pause_at_the_first_centre(
    two: TwoCentres, clock: HandClock
) -> None:
    case = two.handed_in()
    claim = two.east.desk.claim(case, WANG)
    two.east.desk.ask_info(case, WANG, claim.epoch, "户口本")
    clock.forward(days=3)
    claim = two.east.desk.receive_info(case, WANG, "带来了")
    due = two.east.desk.case(case).summary.deadline.due
    two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")
    (line,) = two.west.desk.board().cases
    assert line.deadline.due == due > two.kiosk.store.progress_of(case).due


def test_an_answer_that_staff_had_put_right_stands_at_the_other_centre_with_the_first_version(
    two: TwoCentres,
) -> None:
    case = two.handed_in()
    claim = two.east.desk.claim(case, WANG)
    before = two.east.desk.case(case).answers[0]
    after = replace(before, value="李桂芳", shown={"zh": "李桂芳", "en": "李桂芳"}, source=Source.STAFF)
    two.east.desk.correct(case, WANG, claim.epoch, after, "看错了一个字")
    two.east.desk.note_heard(case, WANG, claim.epoch, HeardBy.COUNTER)
    two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")
    two.west.desk.take_in()
    view = two.west.desk.case(case)
    assert view.answers[0].value == "李桂芳"
    assert view.submission.answers[0] == before
    (kept,) = view.corrections
    assert (kept.reason, kept.by) == ("看错了一个字", "east")


def test_both_books_hold_together_after_it(two: TwoCentres, tmp_path: Path) -> None:
    two.handed_over(papers=1)
    two.west.desk.take_in()
    for name, desk in (("east", two.east.desk), ("west", two.west.desk)):
        own = device_key(tmp_path / f"{name} desk 1")
        assert desk.verify(Trusted({own.id: own.public})).good, name


def test_which_key_it_was_sealed_to_stands_in_the_book_of_the_house(two: TwoCentres) -> None:
    two.handed_over()
    lines = [(line.actor, line.note) for line in two.east.desk.house_lines() if line.kind == "sealed_for"]
    assert lines == [(WANG.name, f"west {two.west.pair.id.hex()}")]


def test_what_people_are_told_of_a_centre_stands_in_the_settings_of_its_desk(
    two: TwoCentres, hub: Hub, tmp_path: Path
) -> None:
    config = tmp_path / "south.toml"
    site = SITE.replace("[site]", '[site]\naddress = { zh = "南街一号", en = "1 Nan Road" }')
    config.write_text(f'{site}[hub]\naddress = "{hub.centre("south")}"\n', encoding="utf-8")
    given = ["--config", str(config), "--data", str(tmp_path / "south desk")]
    assert CliRunner().invoke(main, [*given, "case", "list"]).exit_code == 0
    with hub.owner() as owner:
        owner.execute("UPDATE office.centre_key SET protected = 1 WHERE centre = 'south'")
    (there,) = (one for one in two.east.desk.neighbours(two.handed_in()) if one.centre == "south")
    assert "南街一号" in there.whither("zh") and "1 Nan Road" in there.whither("en")


def test_without_an_open_key_nothing_is_handed_over(two: TwoCentres) -> None:
    case = two.handed_in()
    claim = two.east.desk.claim(case, WANG)
    two.east.sign_out()
    with pytest.raises(StoreTrouble, match="sealed"):
        two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")
    assert open_at(two.west.desk) == []
    assert open_at(two.east.desk) == [case]


def test_only_to_a_centre_whose_staff_hold_a_key_and_never_to_oneself(two: TwoCentres, hub: Hub) -> None:
    case = two.handed_in()
    claim = two.east.desk.claim(case, WANG)
    hub.centre("south")
    assert [one.centre for one in two.east.desk.neighbours(case)] == ["west"]
    for centre in ("east", "south", "nowhere"):
        with pytest.raises(IllegalMove) as refused:
            two.east.desk.hand_over(case, WANG, claim.epoch, centre, "搬家")
        assert refused.value.why is Why.CENTRE


def test_given_back_it_is_open_again_at_the_first_centre_and_gone_at_the_other(two: TwoCentres) -> None:
    case = two.handed_over(papers=1)
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    assert two.west.desk.between(case).acts == {Act.GIVE_BACK}
    two.west.desk.give_back(case, LIU, claim.epoch, "她的户口还在河东。")
    assert open_at(two.west.desk) == []
    (line,) = two.east.desk.board().cases
    assert (line.case_id, line.state) == (case, State.QUEUED)
    told = two.east.desk.case(case).events[-1]
    assert (told.actor, told.words) == ("west", "她的户口还在河东。")
    with pytest.raises(StoreTrouble, match="erased"):
        two.west.desk.case(case)
    two.kiosk.exchange()
    assert two.kiosk.store.progress_of(case).stage is State.QUEUED


def test_where_it_was_given_back_it_does_not_go_again(two: TwoCentres) -> None:
    case = two.handed_over()
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    two.west.desk.give_back(case, LIU, claim.epoch, "不归我们。")
    assert open_at(two.east.desk) == [case]
    assert two.east.desk.neighbours(case) == ()


def test_whoever_has_begun_to_deal_with_the_person_keeps_it(two: TwoCentres) -> None:
    case = two.handed_over()
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    two.west.desk.ask_info(case, LIU, claim.epoch, "户口本")
    claim = two.west.desk.receive_info(case, LIU, "带来了")
    assert two.west.desk.between(case).acts == frozenset()
    with pytest.raises(IllegalMove) as refused:
        two.west.desk.give_back(case, LIU, claim.epoch, "还是不归我们。")
    assert refused.value.why is Why.TOUCHED


def test_what_came_from_another_centre_goes_no_further(two: TwoCentres) -> None:
    case = two.handed_over()
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    with pytest.raises(IllegalMove) as refused:
        two.west.desk.hand_over(case, LIU, claim.epoch, "east", "不归我们。")
    assert refused.value.why is Why.CAME


def test_as_long_as_nobody_has_taken_it_in_it_can_be_had_back(two: TwoCentres) -> None:
    case = two.handed_over()
    assert two.east.desk.between(case).acts == {Act.TAKE_BACK}
    two.east.desk.take_back(case, WANG, "点错了。")
    assert (open_at(two.west.desk), open_at(two.east.desk)) == ([], [case])


def test_once_it_was_taken_in_it_cannot_be_had_back(two: TwoCentres) -> None:
    case = two.handed_over()
    assert open_at(two.west.desk) == [case]
    with pytest.raises(IllegalMove) as refused:
        two.east.desk.take_back(case, WANG, "点错了。")
    assert refused.value.why is Why.GONE
    assert open_at(two.east.desk) == []


def test_taken_back_and_taken_in_at_the_same_moment_one_of_them_wins(two: TwoCentres, hub: Hub) -> None:
    """Again and again: each desk on a thread of its own, let go at once."""
    ends = set[str]()
    for _ in range(12):
        case = two.handed_over()
        start = threading.Barrier(2)

        def take_back(case: str = case, start: threading.Barrier = start) -> None:
            start.wait(60)
            with suppress(IllegalMove, StoreTrouble):
                two.east.desk.take_back(case, WANG, "点错了。")

        thread = threading.Thread(target=take_back)
        thread.start()
        start.wait(60)
        with suppress(StoreTrouble):
            # on a busy machine either waits for the other for longer than it has patience
            two.west.desk.take_in()
        thread.join()
        two.west.desk.take_in()
        ends.add(whole_at(two, hub, case))
    assert ends <= {"east", "west"}


def withdrawn_at_the_kiosk(two: TwoCentres, case: str) -> None:
    """Before the kiosk has heard that it was handed over."""
    two.kiosk.store.withdraw(case, GUIFANG)
    two.kiosk.exchange()


def test_withdrawn_on_the_way_it_is_withdrawn_at_the_first_centre_and_never_comes_to_the_other(
    two: TwoCentres,
) -> None:
    case = two.handed_over()
    withdrawn_at_the_kiosk(two, case)
    two.east.desk.take_in()
    assert two.east.desk.case(case).summary.state is State.WITHDRAWN
    assert open_at(two.west.desk) == []
    two.kiosk.exchange()
    assert two.kiosk.store.progress_of(case).stage is State.WITHDRAWN


def test_withdrawn_after_the_other_centre_has_it_the_word_is_passed_on(two: TwoCentres) -> None:
    case = two.handed_over()
    assert open_at(two.west.desk) == [case]
    withdrawn_at_the_kiosk(two, case)
    two.east.desk.take_in()
    two.west.desk.take_in()
    assert two.west.desk.case(case).summary.state is State.WITHDRAWN
    two.east.desk.take_in()
    two.kiosk.exchange()
    assert two.kiosk.store.progress_of(case).stage is State.WITHDRAWN


def test_withdrawn_after_the_other_centre_has_decided_it_stays_decided_and_the_person_reads_whom_to_ask(
    two: TwoCentres,
) -> None:
    case = two.handed_over()
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    two.west.desk.reject(case, LIU, claim.epoch, "年龄不到。")
    withdrawn_at_the_kiosk(two, case)
    two.east.desk.take_in()
    two.west.desk.take_in()
    two.east.desk.take_in()
    two.kiosk.exchange()
    assert two.west.desk.case(case).summary.state is State.DECIDED
    told = two.kiosk.store.progress_of(case)
    assert told.stage is State.HANDED_OVER and told.result is not None and WEST_PHONE in told.result


def test_withdrawn_while_it_is_given_back_it_ends_withdrawn(two: TwoCentres) -> None:
    case = two.handed_over()
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    withdrawn_at_the_kiosk(two, case)
    two.east.desk.take_in()
    two.west.desk.give_back(case, LIU, claim.epoch, "不归我们。")
    two.east.desk.take_in()
    assert two.east.desk.case(case).summary.state is State.WITHDRAWN


def test_withdrawn_after_it_was_given_back_it_ends_withdrawn(two: TwoCentres) -> None:
    """No desk of the first centre has looked in between."""
    case = two.handed_over()
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    two.west.desk.give_back(case, LIU, claim.epoch, "不归我们。")
    withdrawn_at_the_kiosk(two, case)
    two.east.desk.take_in()
    assert two.east.desk.case(case).summary.state is State.WITHDRAWN
    two.kiosk.exchange()
    assert two.kiosk.store.progress_of(case).stage is State.WITHDRAWN


def test_withdrawn_at_the_very_moment_of_giving_back_it_ends_withdrawn(
    two: TwoCentres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other centre gives it back after the first has looked whether it did."""
    case = two.handed_over()
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    withdrawn_at_the_kiosk(two, case)
    withdraw = two.east.desk.withdraw

    def given_back_before(case_id: str, person_key: str) -> None:
        two.west.desk.give_back(case, LIU, claim.epoch, "不归我们。")
        withdraw(case_id, person_key)

    monkeypatch.setattr(two.east.desk, "withdraw", given_back_before)
    two.east.desk.take_in()
    assert two.east.desk.case(case).summary.state is State.WITHDRAWN
    assert open_at(two.east.desk) == open_at(two.west.desk) == []


def test_given_back_without_a_word_it_comes_back_and_holds_up_nobody(two: TwoCentres, hub: Hub) -> None:
    """By whoever has the other centre's password and no use for our program."""
    case = two.handed_over()
    two.west.desk.take_in()
    with hub.desk("west") as west:
        west.execute("SELECT hub.give_back(%s, ' \u3000')", (case,))
    assert open_at(two.east.desk) == [case]


def test_what_the_other_centre_cannot_open_comes_back_by_itself(two: TwoCentres, hub: Hub) -> None:
    case = two.handed_over()
    with hub.owner() as owner:
        owner.execute("UPDATE hub.handover_part SET body = 'something else'")
    assert open_at(two.west.desk) == []
    assert open_at(two.east.desk) == [case]
    # it never was there: it can go once more
    claim = two.east.desk.claim(case, WANG)
    two.east.desk.hand_over(case, WANG, claim.epoch, "west", "再转一次")
    assert open_at(two.west.desk) == [case]


def test_what_is_on_its_way_is_not_erased_and_what_has_arrived_is(two: TwoCentres, clock: HandClock) -> None:
    case = two.handed_over()
    clock.forward(days=3000)
    services = {"elderly-allowance": 30}
    assert case not in [one.case_id for one in two.east.desk.times(services).due]
    assert open_at(two.west.desk) == [case]
    assert [one.case_id for one in two.east.desk.times(services).due] == [case]
    two.east.desk.erase(two.east.desk.times(services).due)
    # the first centre keeps nothing of it, so it cannot go back there
    assert two.west.desk.between(case).acts == frozenset()


def test_what_was_given_back_after_long_is_not_erased_before_the_first_centre_has_it_again(
    two: TwoCentres, clock: HandClock
) -> None:
    """It is kept nowhere else any more. Neither at night nor where it came back while somebody was at it."""
    case = two.handed_over()
    two.west.desk.take_in()
    clock.forward(days=3000)
    services = {"elderly-allowance": 30}
    due = two.east.desk.times(services).due
    assert [one.case_id for one in due] == [case]
    claim = two.west.desk.next_case(LIU)
    assert claim is not None
    two.west.desk.give_back(case, LIU, claim.epoch, "不归我们。")
    assert two.east.desk.times(services).due == ()
    with pytest.raises(StoreTrouble, match="busy"):
        two.east.desk.erase(due)
    assert open_at(two.east.desk) == [case]
    assert two.east.desk.case(case).submission.answers == application().answers


def test_erased_at_the_first_centre_while_on_its_way_it_arrives_and_does_not_come_back(
    two: TwoCentres,
) -> None:
    case = two.handed_over()
    two.east.desk.erase((Over(case, "", None),))
    with pytest.raises(IllegalMove):
        two.east.desk.take_back(case, WANG, "点错了。")
    claim = two.west.desk.next_case(LIU)
    assert claim is not None and claim.case_id == case
    assert two.west.desk.case(case).submission.answers == application().answers
    with pytest.raises(IllegalMove) as refused:
        two.west.desk.give_back(case, LIU, claim.epoch, "不归我们。")
    assert refused.value.why is Why.TOUCHED


def test_one_that_cannot_be_taken_in_now_keeps_none_from_arriving_before_it(
    two: TwoCentres, hub: Hub
) -> None:
    """Each is kept by itself: with its pictures it may take a slow line its time."""
    first, second = two.handed_over(papers=2), two.handed_over()
    two.west.desk._patience = 0.2
    with hub.owner() as owner, owner.transaction():
        owner.execute("SELECT FROM hub.handover WHERE case_id = %s FOR UPDATE", (second,))
        with pytest.raises(StoreTrouble, match="busy"):
            two.west.desk.take_in()
        assert open_at(two.west.desk) == [first]
    assert set(open_at(two.west.desk)) == {first, second}


# ── the walls ──

PART_OF_ANOTHER = """
INSERT INTO hub.handover_part (centre, id, n, to_centre, body) VALUES ('west', '1', 0, 'west', '')
"""


def test_no_desk_writes_a_handover_itself_or_into_another_centre(two: TwoCentres, hub: Hub) -> None:
    two.handed_over()
    with hub.desk("east") as east, hub.desk("west") as west:
        for desk, act in (
            (east, "UPDATE hub.handover SET taken_at = NULL"),
            (east, "INSERT INTO hub.handover (id, to_centre, case_id) VALUES ('1', 'west', '1')"),
            (west, "UPDATE hub.handover SET back_at = now()"),
            (west, "DELETE FROM hub.handover_part"),
            (east, PART_OF_ANOTHER),
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                desk.execute(act)


def test_a_third_centre_sees_and_takes_nothing_of_it(two: TwoCentres, hub: Hub) -> None:
    two.handed_over()
    hub.centre("south")
    with hub.desk("south") as south:
        assert south.execute("SELECT count(*) FROM hub.handover").fetchone() == (0,)
        assert south.execute("SELECT count(*) FROM hub.handover_part").fetchone() == (0,)
        with hub.owner() as owner:
            ids = owner.execute("SELECT id FROM hub.handover").fetchall()
        for (one,) in ids:
            assert south.execute("SELECT hub.take_handover('east', %s)", (one,)).fetchone() == (False,)
            assert south.execute("SELECT hub.refuse_handover('east', %s, '')", (one,)).fetchone() == (False,)
    assert len(open_at(two.west.desk)) == 1


def test_of_other_centres_a_desk_reads_what_people_are_told_and_what_to_seal_to_and_no_more(
    two: TwoCentres, hub: Hub
) -> None:
    with hub.desk("east") as east:
        rows = east.execute("SELECT * FROM hub.neighbours()").fetchall()
        assert [(row[0], bytes(row[7])) for row in rows] == [("west", two.west.pair.public)]
        seen = east.execute("SELECT count(*) FROM office.centre_key WHERE centre <> 'east'").fetchone()
        assert seen == (0,)


RUBBISH = ("", "{", "[]", '"x"', "1" * 5000, '{"zh": 5}', '{"zh": null}', '{"zh": {"a": "b"}}', "[" * 100_000)


@pytest.mark.parametrize("column", ["name", "address"])
def test_what_a_centre_says_of_itself_keeps_no_other_from_its_cases(
    two: TwoCentres, hub: Hub, column: str
) -> None:
    """By whoever has its password and no use for our program; every desk reads it with every case."""
    case = two.handed_in()
    claim = two.east.desk.claim(case, WANG)
    for rubbish in RUBBISH:
        with hub.desk("west") as west, suppress(psycopg.errors.CheckViolation):
            west.execute(f"UPDATE hub.place SET {column} = %s", (rubbish,))
        assert two.east.desk.between(case).acts == {Act.HAND_OVER}, rubbish[:20]
        (there,) = two.east.desk.neighbours(case)
        assert there.whither("zh").endswith(WEST_PHONE) and len(there.whither("zh")) < 2500
    two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")
    assert open_at(two.west.desk) == [case]


def test_a_centre_whose_key_is_none_is_offered_nothing(two: TwoCentres, hub: Hub) -> None:
    with hub.desk("west") as west:
        west.execute("UPDATE office.centre_key SET public = 'short'")
    case = two.handed_in()
    assert two.east.desk.neighbours(case) == ()
    assert two.east.desk.between(case).acts == frozenset()


# ── interrupted ──


def cut_after(desk: HubStore, statements: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line of this desk breaks in the middle of an action, after so many statements."""
    engine: Any = desk._engine
    left = [statements]
    begin = engine.begin_writing

    def counted(patience: float) -> Any:
        db = begin(patience)
        execute = db.execute

        def one(statement: str, values: Any = ()) -> Any:
            if not left[0]:
                db.raw.close()
                left[0] = -1
            left[0] -= 1
            return execute(statement, values)

        db.execute = one
        return db

    monkeypatch.setattr(engine, "begin_writing", counted)


def whole_at(two: TwoCentres, hub: Hub, case: str) -> str:
    """Where it is open, or on its way; exactly one."""
    asked = """
        SELECT centre FROM office.cases WHERE id = %(case)s
           AND state NOT IN ('handed_over', 'withdrawn')
        UNION ALL SELECT 'on the way' FROM hub.handover WHERE case_id = %(case)s
           AND taken_at IS NULL AND called_back_at IS NULL AND back_at IS NULL
        UNION ALL SELECT 'on the way back' FROM hub.handover WHERE case_id = %(case)s
           AND back_at IS NOT NULL AND noticed_at IS NULL"""
    with hub.owner() as owner:
        ((where,),) = owner.execute(asked, {"case": case}).fetchall()
    return str(where)


Step = Callable[[TwoCentres, str], None]


def _hand_over(two: TwoCentres, case: str) -> None:
    claim = two.east.desk.claim(case, WANG)
    two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")


def _take_in(two: TwoCentres, case: str) -> None:
    two.west.desk.take_in()


def _give_back(two: TwoCentres, case: str) -> None:
    claim = two.west.desk.claim(case, LIU)
    two.west.desk.give_back(case, LIU, claim.epoch, "不归我们。")


def _notice(two: TwoCentres, case: str) -> None:
    two.east.desk.take_in()


WAY: tuple[tuple[Step, str], ...] = (
    (_hand_over, "on the way"),
    (_take_in, "west"),
    (_give_back, "on the way back"),
    (_notice, "east"),
)


@pytest.mark.parametrize("place", range(len(WAY)), ids=["hand_over", "take_in", "give_back", "notice"])
def test_cut_at_any_statement_it_is_at_exactly_one_centre_and_goes_on_from_there(
    place: int, two: TwoCentres, hub: Hub
) -> None:
    """The line breaks after each statement of the step, one after another, until it goes through."""
    case = two.handed_in(papers=1)
    for step, led in WAY[:place]:
        step(two, case)
        assert whole_at(two, hub, case) == led
    before = whole_at(two, hub, case)
    step, led = WAY[place]
    desk = two.west.desk if place in {1, 2} else two.east.desk
    cuts = 0
    while whole_at(two, hub, case) == before:
        with pytest.MonkeyPatch.context() as patched, suppress(StoreTrouble):
            cut_after(desk, cuts, patched)
            step(two, case)
        assert whole_at(two, hub, case) in {before, led}
        cuts += 1
    assert cuts > 5
    assert whole_at(two, hub, case) == led


def test_where_the_answer_is_lost_it_was_handed_over_once(two: TwoCentres, hub: Hub) -> None:
    """The hub has kept it, and the desk does not hear of it: it tries again."""
    case = two.handed_in()
    claim = two.east.desk.claim(case, WANG)
    engine: Any = two.east.desk._engine
    kept, begin, writes = engine.commit, engine.begin_writing, list[bool]()

    def begun(patience: float) -> Any:
        writes.append(True)
        return begin(patience)

    def unheard() -> None:
        kept()
        if writes:
            engine._raw.close()
            raise StoreTrouble(Trouble.AWAY, "cut")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine, "begin_writing", begun)
        patched.setattr(engine, "commit", unheard)
        with pytest.raises(StoreTrouble):
            two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")
    with pytest.raises(IllegalMove) as refused:
        two.east.desk.hand_over(case, WANG, claim.epoch, "west", "搬家")
    assert refused.value.why is Why.STATE
    assert whole_at(two, hub, case) == "on the way"
    assert open_at(two.west.desk) == [case]
