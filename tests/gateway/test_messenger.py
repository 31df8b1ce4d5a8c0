"""From the outbox to the telephone, over real stores, processes and a real gateway: once, whatever falls."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx  # noqa: F401 - loaded before anything forks
import pytest

from kiosk.cases.messages import SETTLED
from kiosk.cases.telling import Came
from kiosk.gateway.http_gateway import HttpGateway
from kiosk.gateway.messenger import Did, Messenger
from kiosk.store import Store, StoreTrouble, open_store
from kiosk.store.outbox import TAKEN_FOR, Outgoing
from kiosk.text import Text
from tests.desk_screens.desk_site import shelf
from tests.desk_screens.test_desk_telling import PHONE, with_phone
from tests.gateway.ringing import Mood, RingingGateway
from tests.store.children import Say, start
from tests.store.people import GUIFANG, WANG, HandClock, shipped_calendar

WORDS = Text({"zh": "有新消息，请来电话。", "en": "There is news, please call."})


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    """Decided an hour ago."""
    opened = open_store(tmp_path / "state", clock=clock, calendar=shipped_calendar())
    opened.submit(with_phone())
    opened.complete("case-1", WANG, opened.claim("case-1", WANG).epoch, "好了")
    clock.at += SETTLED
    yield opened
    opened.close()


def messenger(url: str, timeout: float = 8.0) -> Messenger:
    return Messenger(HttpGateway(url, "", timeout), WORDS, shelf)


def once(messenger: Messenger, store: Store) -> Did:
    """As a desk does it, without the screen between the steps."""
    found = messenger.take(store)
    if found is None:
        return Did.NOTHING
    outgoing, message = found
    return messenger.note(store, outgoing, messenger.send(message) if message else None)


def kinds(store: Store) -> list[str]:
    return [event.kind for event in store.case("case-1").events]


def test_a_message_rings_once(store: Store) -> None:
    with RingingGateway() as ringing:
        assert once(messenger(ringing.url), store) is Did.SENT
        assert once(messenger(ringing.url), store) is Did.NOTHING
    assert [body["to"] for body in ringing.sent.values()] == [PHONE]


def test_a_lost_answer_is_asked_for_again_and_nothing_rings_twice(store: Store, clock: HandClock) -> None:
    with RingingGateway(Mood.SLOW) as ringing:
        assert once(messenger(ringing.url, 1.0), store) is Did.LATER
        ringing.mood = Mood.GOOD
        clock.at += timedelta(minutes=3)
        assert once(messenger(ringing.url), store) is Did.SENT
        assert (len(ringing.asked), len(ringing.sent)) == (2, 1)
    assert kinds(store).count(Came.MESSAGE) == 1


def _send_and_fall(folder: Path, at: HandClock, url: str, say: Say) -> None:
    """The plug is pulled after the gateway has it and before anything is noted."""
    own = open_store(folder, clock=at, calendar=shipped_calendar())
    found = messenger(url).take(own)
    assert found is not None and found[1] is not None
    say(messenger(url).send(found[1]))
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_desk_killed_between_sending_and_noting_makes_no_telephone_ring_twice(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    with RingingGateway() as ringing:
        child = start(partial(_send_and_fall, tmp_path / "state", clock, ringing.url))
        assert [line.strip() for line in child.lines] == ["yes"]
        child.lines.close()
        _, status = os.waitpid(child.pid, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert once(messenger(ringing.url), store) is Did.NOTHING, "it may still be at work"
        clock.at += TAKEN_FOR
        assert once(messenger(ringing.url), store) is Did.SENT
        assert (len(ringing.asked), len(ringing.sent)) == (2, 1)
    assert kinds(store).count(Came.MESSAGE) == 1


def test_who_took_a_consent_back_gets_no_message(store: Store) -> None:
    consent = store.standing_consents("case-1")[0].id
    store.withdraw_consent("case-1", GUIFANG, consent)
    with RingingGateway() as ringing:
        assert once(messenger(ringing.url), store) in {Did.FAILED, Did.NOTHING}
    assert ringing.asked == []


def test_a_stranger_gets_no_message_also_where_something_else_was_put_right(
    store: Store, clock: HandClock
) -> None:
    """K42: until the number itself is another one."""
    store.note_telling("case-1", WANG, Came.WRONG_NUMBER)
    store.reopen("case-1", WANG, "算错了")
    epoch = store.claim("case-1", WANG).epoch
    hukou = next(one for one in store.case("case-1").answers if one.field == "hukou")
    other = replace(hukou, value="elsewhere", shown={"zh": "外区"})
    store.correct("case-1", WANG, epoch, other, "看了户口簿")
    store.reject("case-1", WANG, epoch, "户口在外区")
    clock.at += SETTLED
    with RingingGateway() as ringing:
        assert once(messenger(ringing.url), store) in {Did.FAILED, Did.NOTHING}
    assert ringing.asked == []


def test_a_desk_locked_just_as_the_number_is_read_leaves_the_message_to_a_later_look(
    store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what can never be read is given up."""
    keys, take = dict(store.keyring.centre), store.take_message

    def taken_and_locked() -> Outgoing | None:
        message = take()
        store.keyring.lie_open({})
        return message

    with RingingGateway() as ringing:
        with monkeypatch.context() as just_then:
            just_then.setattr(store, "take_message", taken_and_locked)
            with pytest.raises(StoreTrouble):
                once(messenger(ringing.url), store)
        store.keyring.lie_open(keys)
        clock.at += TAKEN_FOR
        assert once(messenger(ringing.url), store) is Did.SENT
        assert len(ringing.sent) == 1


def test_without_the_keys_nothing_is_even_taken(store: Store) -> None:
    """K44."""
    store.keyring.lie_open({})
    with RingingGateway() as ringing:
        assert once(messenger(ringing.url), store) is Did.NOTHING
    assert store._db.execute("SELECT count(*) FROM message").fetchone()[0] == 0
