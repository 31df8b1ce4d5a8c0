"""What comes back from the hub: how a case stands there, and the key that its cases are sealed to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from kiosk.cases.chain import ERASED
from kiosk.cases.moves import MOVES
from kiosk.cases.parcels import HUB, CentreKey, News
from kiosk.cases.retention import Over
from kiosk.cases.states import Role
from kiosk.store import parcel_statements as sql
from kiosk.store.chained import Told, add_line
from kiosk.store.erasing import Erasing
from kiosk.store.instant import written
from kiosk.store.parcels import Parcels
from kiosk.store.sqlite import Connection

KEY_TAKEN = "centre_key_taken"
"""A line of the house: from now on everything is sealed to this key of the centre."""
WORD_STANDS = timedelta(days=7)
"""So long after it was sent. A desk takes it in before it looks at its board: what is not answered by then
was answered to a store that is no more, or lies set aside."""
_OWN_ACTS = frozenset(move.event for move in MOVES.values() if Role.RESIDENT in move.who)


class HubNews(Parcels, Erasing):
    """Rows follow the hub, and the books follow the rows."""

    def take_news(self, news: Iterable[News]) -> list[int]:
        """Keep what is new; the ids of all that need not come again. One action for all of them."""
        kept, erased = [], False
        with self._writing() as db:
            db.execute(sql.COUNT_TAKING)
            for one in sorted(news, key=lambda one: (one.order, one.id)):
                self._take(db, one)
                kept.append(one.id)
                erased |= one.kind == ERASED
        if erased:
            self.tidy()
        return kept

    def news_taken(self) -> int:
        """How often news was taken. The hub has heard more of a kiosk that was put back to an old disk."""
        with self._reading() as db:
            row = db.execute(sql.NEWS_TAKEN).fetchone()
        return 0 if row is None else int(row["news_taken"])

    def take_key(self, key: CentreKey) -> bool:
        """Seal to this key from now on; whether it is a new one."""
        with self._writing() as db:
            newest = db.execute(sql.NEWEST_KEY).fetchone()
            if newest is not None and tuple(newest) == (key.id, int(key.protected), key.centre):
                return False
            values = (key.id, key.public, written(self._clock.now()), int(key.protected), key.centre)
            db.execute(sql.TAKE_KEY, values)
            self._add_house_event(db, HUB, KEY_TAKEN, key.id.hex())
        return True

    def has_key_of_hub(self) -> bool:
        """Is what comes now sealed to a key of the hub's centre?"""
        with self._reading() as db:
            newest = db.execute(sql.NEWEST_KEY).fetchone()
        return newest is not None and newest["bound_to"] is not None

    def _take(self, db: Connection, news: News) -> None:
        row = db.execute(sql.SHOWN_ROW, (news.case_id,)).fetchone()
        if row is None:
            # this kiosk was restored from a backup that is older than the case
            return
        known = db.execute(sql.NEWS_UP_TO, (news.case_id,)).fetchone()
        if news.answers:
            db.execute(sql.NOTE_ANSWERED, (written(self._clock.now()), news.answers))
        if known is not None and (news.order < known[0] or (news.order == known[0] and not news.answers)):
            return
        if row["erased_at"] is None and news.kind == ERASED:
            self._erase_as_asked_here(db, row, news)
        elif row["erased_at"] is None:
            self._pass_on_reply(db, news)
            self._tell(db, row, news)
        db.execute(sql.NOTE_NEWS, (news.case_id, news.order))

    def _tell(self, db: Connection, row: Any, news: News) -> None:
        after = _shown(news)
        # While the hub has not answered what the resident did here, their word stands; the line is written
        # all the same: due dates are worked out from the lines.
        since = written(self._clock.now() - WORD_STANDS)
        stands = db.execute(sql.UNANSWERED, (news.case_id, since)).fetchone() is not None
        changes = not stands and any(row[name] != value for name, value in after.items())
        if changes:
            db.execute(sql.SHOW_NEWS, {**after, "id": news.case_id})
        if changes or news.kind not in _OWN_ACTS:
            note = news.reply.wish if news.reply else ""
            add_line(db, Told(news.case_id, news.at, HUB, news.kind, news.epoch, note))

    def _pass_on_reply(self, db: Connection, news: News) -> None:
        if news.reply is not None:
            reply, now = news.reply, written(self._clock.now())
            told = {"standing": reply.standing, "wish": reply.wish, "words": reply.words}
            db.execute(sql.REPLY_CAME, {**told, "case": news.case_id, "at": now, "by": HUB.name})

    def _erase_as_asked_here(self, db: Connection, row: Any, news: News) -> None:
        """Only where its person wished it at this kiosk. Else its own days count: whoever rules over the hub
        cannot take away what is left for a hub that has to be put back."""
        if db.execute(sql.ERASURE_ASKED, (news.case_id,)).fetchone() is not None:
            self._erase_one(db, Over(news.case_id, row["number"], None), self._clock.now())


def _shown(news: News) -> dict[str, Any]:
    return {
        "state": news.state.value,
        "due": news.due.isoformat(),
        "outcome": news.outcome.value if news.outcome else None,
        "missing": news.missing,
        "result": news.result,
        "desk": news.desk,
        "reference": news.reference,
        "goes_on_in": news.goes_on_in,
        "held_from": news.held_from,
        "wake_on": news.wake_on,
    }
