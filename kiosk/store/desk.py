"""The daily work on cases: claims that expire, saves that are fenced, every act with its event."""

from __future__ import annotations

from datetime import date

from kiosk.cases.identity import SEEN, Shown, Sighting
from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.roles import Right, may, may_see
from kiosk.cases.states import RESIDENT, Actor, State, Why
from kiosk.cases.views import Claim
from kiosk.services.proof import CardRole
from kiosk.store import statements
from kiosk.store.identity import add_sighting, people_of
from kiosk.store.moving import Attempt, Moving, found, holds


class Desk(Moving):
    """Each method is one transaction with its event. Refusals raise IllegalMove and change nothing,

    except that the text of a save under a lost claim is kept as a side note.
    """

    def claim(self, case_id: str, actor: Actor, why: str = "") -> Claim:
        """Take the case for half an hour; also one whose holder let the lease run out.

        `why` this one and not the next of the queue.
        """
        return self._taken(Attempt(Act.CLAIM, case_id, actor, words=why))

    def renew(self, case_id: str, actor: Actor, epoch: int) -> Claim:
        """Keep the case while working on it; ticking and looking do this too."""
        with self._writing() as db:
            self._held(db, case_id, actor, epoch)
            return self._renewed(db, case_id, epoch)

    def put_down(self, case_id: str, actor: Actor, epoch: int) -> None:
        """Out of hand, still the actor's: somebody else may work on it meanwhile."""
        self._do(Attempt(Act.PUT_DOWN, case_id, actor, epoch))

    def release(self, case_id: str, actor: Actor, epoch: int, reason: str = "") -> None:
        """Give the case back to the queue."""
        self._do(Attempt(Act.RELEASE, case_id, actor, epoch, reason))

    def begin_check(self, case_id: str, actor: Actor, epoch: int) -> None:
        """Begin to look whether all is there and right."""
        self._do(Attempt(Act.CHECK, case_id, actor, epoch))

    def ask_info(
        self, case_id: str, actor: Actor, epoch: int, items: str, wake_on: date | None = None
    ) -> None:
        """Ask the resident for everything that is missing, at once; the promised time stands still.

        `wake_on`: the day on which staff look whether it has come.
        """
        self._do(Attempt(Act.ASK_INFO, case_id, actor, epoch, items, day=wake_on))

    def receive_info(self, case_id: str, actor: Actor, text: str) -> Claim:
        """What was missing has come (`text` says what); the time goes on and the actor holds the case."""
        return self._taken(Attempt(Act.RECEIVE_INFO, case_id, actor, words=text))

    def accept(self, case_id: str, actor: Actor, epoch: int) -> None:
        """Everything is there: the case is taken on."""
        self._do(Attempt(Act.ACCEPT, case_id, actor, epoch))

    def hold(self, case_id: str, actor: Actor, epoch: int, reason: str, until: date) -> None:
        """Nothing can be done before that workday; it then comes up by itself."""
        self._do(Attempt(Act.HOLD, case_id, actor, epoch, reason, day=until))

    def wake(self, case_id: str, actor: Actor, reason: str) -> None:
        """The hold is over, before its day."""
        self._do(Attempt(Act.WAKE, case_id, actor, words=reason))

    def complete(self, case_id: str, actor: Actor, epoch: int, result: str) -> None:
        """Granted; `result` is what the resident reads."""
        self._do(Attempt(Act.COMPLETE, case_id, actor, epoch, result))

    def reject(self, case_id: str, actor: Actor, epoch: int, reason: str) -> None:
        """Not granted; `reason` is what the resident reads and must not be empty."""
        self._do(Attempt(Act.REJECT, case_id, actor, epoch, reason))

    def tell(self, case_id: str, actor: Actor, how: str) -> None:
        """The resident knows how it came out."""
        self._do(Attempt(Act.TELL, case_id, actor, words=how))

    def close_case(self, case_id: str, actor: Actor) -> None:
        """Nothing is left to do."""
        self._do(Attempt(Act.CLOSE, case_id, actor))

    def reopen(self, case_id: str, actor: Actor, reason: str) -> None:
        """Decided wrongly, or on what was not true: back into the queue, with a new clock."""
        self._do(Attempt(Act.REOPEN, case_id, actor, words=reason))

    def transfer(self, case_id: str, actor: Actor, epoch: int, desk: str, reason: str) -> None:
        """Another desk does this; it finds the case in its queue."""
        self._do(Attempt(Act.TRANSFER, case_id, actor, epoch, reason, desk=desk))

    def merge(self, case_id: str, actor: Actor, epoch: int, into: str, reason: str) -> None:
        """The same person handed the same in twice: it goes on in the case `into`."""
        self._do(Attempt(Act.MERGE, case_id, actor, epoch, reason, goes_on_in=into))

    def withdraw_for(self, case_id: str, actor: Actor, epoch: int, reason: str) -> None:
        """The resident asked at the counter, on the telephone or by letter to take it back."""
        self._do(Attempt(Act.WITHDRAW_FOR, case_id, actor, epoch, reason))

    def withdraw(self, case_id: str, person_key: str) -> None:
        """The resident takes the application back, at any time before it is decided."""
        self._do(Attempt(Act.WITHDRAW, case_id, RESIDENT, person_key=person_key))

    def hear(self, case_id: str, person_key: str) -> None:
        """The resident has read at the kiosk how it came out."""
        self._do(Attempt(Act.HEAR, case_id, RESIDENT, person_key=person_key))

    def tick_field(self, case_id: str, field: str, actor: Actor, epoch: int, *, ticked: bool = True) -> None:
        """Note that a field has been copied into the official form (or was not, after all)."""
        with self._writing() as db:
            self._held(db, case_id, actor, epoch)
            db.execute(statements.TICK if ticked else statements.UNTICK, (case_id, field))
            self._add_event(
                db, case_id, self._clock.now(), actor, "ticked" if ticked else "unticked", epoch, field
            )
            self._renewed(db, case_id, epoch)

    def see_person(
        self, case_id: str, actor: Actor, epoch: int, role: CardRole, shown: Shown, note: str = ""
    ) -> None:
        """Note that the actor has seen this person of the case together with a document.

        Another paper than an identity card is named in `note`; without it IllegalMove TEXT. Nobody can be
        seen who is not of the case: UNKNOWN.
        """
        with self._writing() as db:
            self._held(db, case_id, actor, epoch, Right.IDENTITY)
            if shown is Shown.OTHER and not note.strip():
                raise IllegalMove(Why.TEXT)
            if role not in people_of(db, case_id):
                raise IllegalMove(Why.UNKNOWN)
            now = self._clock.now()
            add_sighting(db, case_id, Sighting(role, now, actor.name, shown, note.strip()))
            self._add_event(db, case_id, now, actor, SEEN, epoch, role)
            self._renewed(db, case_id, epoch)

    def record_view(self, case_id: str, actor: Actor, field: str) -> None:
        """Somebody looks at a private value in full. Call this first, show it after."""
        with self._writing() as db:
            row = found(db, case_id)
            if not (may(actor.role, Right.SEE_IN_FULL) and may_see(actor.role, State(row["state"]))):
                raise IllegalMove(Why.ROLE)
            self._add_event(db, case_id, self._clock.now(), actor, "viewed", row["epoch"], field)
            if holds(row, actor, row["epoch"]):
                self._renewed(db, case_id, row["epoch"])
