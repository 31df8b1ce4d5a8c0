"""Messages to people's telephones: each goes out once, also over a kill, a lost answer and two desks.

A row says which event of which case is told of. The number is read from the sealed case by whoever sends,
at the moment of sending, and stands nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kiosk.cases.messages import FRESH, SETTLED, in_daytime, send_again_at
from kiosk.cases.states import BOX
from kiosk.cases.telling import Came, ToTell, is_wrong_number
from kiosk.store import telling_statements as sql
from kiosk.store.instant import written
from kiosk.store.moving import found
from kiosk.store.sqlite import Connection
from kiosk.store.telling import Telling

KEY_BYTES = 16
TAKEN_FOR = timedelta(minutes=2)
"""A desk that takes a message and falls: after so long another one sends it, under the same key."""

_SENT, _FAILED, _MOOT, _NO_MOBILE = "sent", "failed", "moot", "no_mobile"
"""How a row ends."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that is to be sent now. `key` is the same at every try."""

    case_id: str
    key: str


class Outbox(Telling):
    """Used only where the settings name a gateway."""

    def take_message(self) -> Outgoing | None:
        """The next one to send; nobody else gets it for a while. None: none is due."""
        now = self._clock.now()
        if in_daytime(now, self._calendar) != now:
            return None
        self._queue_news()
        with self._writing() as db:
            while row := db.execute(sql.NEXT_MESSAGE, {"now": written(now)}).fetchone():
                told = self._to_tell(db, row["case_id"], "")
                if told is not None and told.news == row["seq"] and not _reached_a_stranger(told):
                    db.execute(sql.TAKE_MESSAGE, (written(now + TAKEN_FOR), row["key"]))
                    return Outgoing(row["case_id"], row["key"])
                # they know already, there is newer news, or somebody else would read it
                db.execute(sql.END_MESSAGE, (_MOOT, row["key"]))
        return None

    def message_sent(self, message: Outgoing) -> None:
        """The gateway has it."""
        self._end(message, _SENT, Came.MESSAGE)

    def message_refused(self, message: Outgoing) -> None:
        """The gateway will never take it."""
        self._end(message, _FAILED, Came.NO_MESSAGE)

    def message_without_mobile(self, message: Outgoing) -> None:
        """There is no number that takes messages: nothing was tried."""
        self._end(message, _NO_MOBILE, None)

    def message_later(self, message: Outgoing) -> None:
        """This try did not come through; after so many it counts as refused."""
        now = self._clock.now()
        with self._writing() as db:
            row = db.execute(sql.FIND_MESSAGE, (message.key,)).fetchone()
            if row is None:
                return
            draw = int.from_bytes(self._entropy(1)) / 255
            again = send_again_at(row["tries"], now, draw, self._calendar)
            if again is None:
                self._ended(db, message, _FAILED, Came.NO_MESSAGE)
            else:
                db.execute(sql.PUT_OFF_MESSAGE, (written(again), message.key))

    def _queue_news(self) -> None:
        """A row for each piece of news of the last days."""
        since = written(self._clock.now() - FRESH)
        with self._reading() as db:
            rows = db.execute(sql.UNQUEUED, (since,)).fetchall()
            found = [self._to_tell(db, row["id"], "") for row in rows]
        new = [one for one in found if one is not None]
        if not new:
            return
        with self._writing() as db:
            for one in new:
                key = self._entropy(KEY_BYTES).hex()
                db.execute(sql.ADD_MESSAGE, (one.case.case_id, one.news, key, written(one.since + SETTLED)))

    def _end(self, message: Outgoing, how: str, came: Came | None) -> None:
        with self._writing() as db:
            self._ended(db, message, how, came)

    def _ended(self, db: Connection, message: Outgoing, how: str, came: Came | None) -> None:
        ended = db.execute(sql.END_MESSAGE, (how, message.key)).rowcount == 1
        # whoever comes second, after a lease that ran out, writes no second event
        if ended and came is not None:
            epoch = found(db, message.case_id)["epoch"]
            self._add_event(db, message.case_id, self._clock.now(), BOX, came, epoch)


def _reached_a_stranger(told: ToTell) -> bool:
    """Has somebody at the desk been told that this is not their number, and nothing was put right since?"""
    return is_wrong_number([*told.before, *told.tries])
