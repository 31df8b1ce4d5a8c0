"""Whatever people do in whatever order, with crashes between: the store agrees with a simple model of it."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import OPEN, Actor, State
from kiosk.store import Store, open_store
from tests.store.people import CHEN, GUIFANG, WANG, HandClock, application, shipped_calendar

CALENDAR = shipped_calendar()
ACTORS = st.sampled_from([WANG, CHEN])
CASES = st.integers(0, 4)
STALENESS = st.sampled_from([0, 0, 0, 1])
IN_HAND = {State.CLAIMED, State.CHECKING}
WORDS = st.sampled_from(["", "户口本", "批准"])


@dataclass
class Known:
    """What the model knows about a case."""

    case_id: str
    state: State = State.QUEUED
    holder: Actor | None = None
    epoch: int = 0
    lease_until: datetime | None = None
    side_notes: int = 0
    said: str | None = None


class House(RuleBasedStateMachine):
    """A kiosk and two staff members over the real file."""

    @initialize()
    def opens(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="house-"))
        self.clock = HandClock()
        self.known: list[Known] = []
        self.stores: list[Store] = []
        self.crash()

    @rule()
    def crash(self) -> None:
        """The program ends without a word and is started again."""
        self.stores.append(open_store(self.folder, clock=self.clock, calendar=CALENDAR))

    @property
    def store(self) -> Store:
        return self.stores[-1]

    @rule(minutes=st.sampled_from([1, 29, 31]))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @precondition(lambda self: len(self.known) < 5)
    @rule(twice=st.booleans())
    def submit(self, twice: bool) -> None:
        sent = application()
        receipt = self.store.submit(sent)
        self.known.append(Known(sent.id))
        assert receipt.ticket == f"A{len(self.known):03d}"
        if twice:
            self.crash()
            assert self.store.submit(sent) == receipt

    @precondition(lambda self: self.known)
    @rule(n=CASES, actor=ACTORS)
    def claim(self, n: int, actor: Actor) -> None:
        case = self.known[n % len(self.known)]
        lapsed = case.lease_until is not None and case.lease_until <= self.clock.now()
        free = case.holder in {None, actor} or lapsed
        legal = case.state in {State.QUEUED, *IN_HAND} and free
        try:
            claim = self.store.claim(case.case_id, actor)
        except IllegalMove:
            assert not legal
            return
        assert legal
        self._taken(case, actor, claim.epoch)
        case.state = State.CLAIMED if case.state is State.QUEUED else case.state

    @precondition(lambda self: self.known)
    @rule(n=CASES, actor=ACTORS, words=WORDS)
    def receive(self, n: int, actor: Actor, words: str) -> None:
        case = self.known[n % len(self.known)]
        legal = case.state is State.NEEDS_INFO and bool(words)
        try:
            claim = self.store.receive_info(case.case_id, actor, words)
        except IllegalMove:
            assert not legal
            return
        assert legal
        self._taken(case, actor, claim.epoch)
        case.state = State.CHECKING

    def _taken(self, case: Known, actor: Actor, epoch: int) -> None:
        assert epoch == case.epoch + 1
        case.holder, case.epoch = actor, epoch
        case.lease_until = self.clock.now() + timedelta(minutes=30)

    @precondition(lambda self: self.known)
    @rule(
        n=CASES,
        actor=ACTORS,
        behind=STALENESS,
        words=WORDS,
        act=st.sampled_from(["complete", "reject", "ask_info", "release"]),
    )
    def save(self, n: int, actor: Actor, behind: int, words: str, act: str) -> None:
        case = self.known[n % len(self.known)]
        held = case.state in IN_HAND and case.holder == actor and behind == 0
        legal = held and (bool(words) or act == "release")
        try:
            getattr(self.store, act)(case.case_id, actor, case.epoch - behind, words)
        except IllegalMove:
            assert not legal
            case.side_notes += bool(words) and not held
            return
        assert legal
        case.holder = case.lease_until = None
        case.state = {
            "complete": State.DECIDED,
            "reject": State.DECIDED,
            "ask_info": State.NEEDS_INFO,
            "release": State.QUEUED,
        }[act]
        if act in {"complete", "reject"}:
            case.said = words

    @precondition(lambda self: self.known)
    @rule(n=CASES)
    def withdraw(self, n: int) -> None:
        case = self.known[n % len(self.known)]
        try:
            self.store.withdraw(case.case_id, GUIFANG)
        except IllegalMove:
            assert case.state not in OPEN
            return
        assert case.state in OPEN
        case.state, case.holder, case.lease_until = State.WITHDRAWN, None, None

    @invariant()
    def the_store_agrees(self) -> None:
        if not self.known:
            return
        waiting = {case.case_id for case in self.store.open_cases(self.clock.now())}
        assert waiting == {case.case_id for case in self.known if case.state in OPEN}
        progress = {case.case_id: case for case in self.store.cases_of(GUIFANG)}
        for case in self.known:
            file = self.store.case(case.case_id)
            holder = case.holder.name if case.holder else None
            assert (file.summary.state, file.summary.holder) == (case.state, holder)
            assert file.summary.epoch == case.epoch
            assert len(file.side_notes) == case.side_notes
            assert progress[case.case_id].result == case.said
            assert [event.seq for event in file.events] == list(range(1, len(file.events) + 1))

    def teardown(self) -> None:
        for store in getattr(self, "stores", []):
            store.close()
        shutil.rmtree(self.folder)


TestHouse = House.TestCase
TestHouse.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
