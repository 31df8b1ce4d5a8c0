"""The centre's keys and who holds them, as they lie in the file. `kiosk.security` says what they mean."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.security.centre_keys import Keyring, Pair, forget_unprotected
from kiosk.security.custody import CentreKey, Share
from kiosk.security.staff_keys import StaffKey, Stretch
from kiosk.store import key_statements as sql
from kiosk.store.instant import read, written
from kiosk.store.sealing import Sealing
from kiosk.store.statements import ADD_CENTRE_KEY, CENTRE_KEYS, CURRENT_KEY


class KeyRows(Sealing):
    """Keys by their ids, shares of them by who holds them."""

    @property
    def keyring(self) -> Keyring:
        """What is open in this process."""
        return self._keys

    def centre(self) -> str:
        """The name that everything sealed here is bound to."""
        with self._reading() as db:
            return str(db.execute(CURRENT_KEY).fetchone()["centre"])

    def centre_keys(self) -> list[CentreKey]:
        """Oldest first: what comes now is sealed to the last one."""
        with self._reading() as db:
            rows = db.execute(CENTRE_KEYS).fetchall()
            shares = db.execute(sql.HOLDERS).fetchall()
        return [
            CentreKey(
                id=row["id"],
                public=row["public"],
                made_at=read(row["made_at"]),
                protected=bool(row["protected"]),
                holders=frozenset(one["holder"] for one in shares if one["key_id"] == row["id"]),
            )
            for row in rows
        ]

    def staff_keys(self) -> list[StaffKey]:
        """Of everybody who has one, by account."""
        with self._reading() as db:
            rows = db.execute(sql.STAFF_KEYS).fetchall()
        return [
            StaffKey(
                account=row["account"],
                public=row["public"],
                salt=row["salt"],
                stretch=Stretch.read(row["stretch"]),
                token=bool(row["token"]),
                wrapped=row["wrapped"],
            )
            for row in rows
        ]

    def recovery_key(self) -> bytes | None:
        """What the recovery sheet opens; None where none was made."""
        with self._reading() as db:
            row = db.execute(sql.RECOVERY_KEY).fetchone()
        return row["public"] if row is not None else None

    def shares_of(self, holder: str) -> dict[bytes, bytes]:
        """The private keys sealed to this holder, by the key's id."""
        with self._reading() as db:
            rows = db.execute(sql.SHARES_OF, (holder,)).fetchall()
        return {row["key_id"]: row["sealed"] for row in rows}

    def keep_keys(
        self, shares: Iterable[Share], staff: Iterable[StaffKey] = (), pair: Pair | None = None
    ) -> None:
        """Keep these. What comes is sealed to a new `pair` from now on, and no key lies open any more."""
        now = written(self._clock.now())
        with self._writing() as db:
            if pair is not None:
                db.execute(ADD_CENTRE_KEY, (pair.id, pair.public, now, 1))
                db.execute(sql.PROTECT_ALL)
            for key in staff:
                db.execute(sql.DROP_SHARES, (key.account,))
                kept = (key.account, key.public, key.salt, str(key.stretch), int(key.token), key.wrapped, now)
                db.execute(sql.KEEP_STAFF_KEY, kept)
            for share in shares:
                db.execute(sql.KEEP_SHARE, (share.key, share.holder, share.sealed))
        if pair is not None:
            self._forget_lying()

    def keep_recovery(self, public: bytes, shares: Iterable[Share]) -> None:
        """In the place of the sheet before, which opens nothing any more."""
        with self._writing() as db:
            db.execute(sql.DROP_SHARES, ("",))
            db.execute(sql.KEEP_RECOVERY, (public, written(self._clock.now())))
            for share in shares:
                db.execute(sql.KEEP_SHARE, (share.key, share.holder, share.sealed))

    def drop_staff_key(self, account: str) -> None:
        """This account holds nothing any more."""
        with self._writing() as db:
            db.execute(sql.DROP_SHARES, (account,))
            db.execute(sql.DROP_STAFF_KEY, (account,))

    def _forget_lying(self) -> None:
        for one in self._keys.lying:
            forget_unprotected(self._folder, one)
        self._keys.lie_open({})
