"""Services that a manager has switched off: by whom, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.cases.moves import IllegalMove
from kiosk.cases.roles import Right, may
from kiosk.cases.states import Actor, Why
from kiosk.store.chained import SERVICE_STARTED, SERVICE_STOPPED, add_service
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written

_STOPS = "SELECT service_id, at, actor, why FROM service_stop ORDER BY service_id"
_STOPPED = "SELECT service_id FROM service_stop"
_STOP = "INSERT INTO service_stop (service_id, at, actor, why) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_START = "DELETE FROM service_stop WHERE service_id = ?"


@dataclass(frozen=True, slots=True)
class Stop:
    """One service that is not offered until somebody starts it again."""

    service_id: str
    at: datetime
    by: str
    why: str


class ServiceStops(Connected):
    """The switch. Whether a service could be offered at all is for its file to say."""

    def stopped_services(self) -> frozenset[str]:
        """Their ids; looked up at every move of a visit, so it reads one small table."""
        with self._reading() as db:
            return frozenset(row["service_id"] for row in db.execute(_STOPPED))

    def service_stops(self) -> dict[str, Stop]:
        """The same with who and why, by id."""
        with self._reading() as db:
            return {row["service_id"]: _stop(row) for row in db.execute(_STOPS).fetchall()}

    def stop_service(self, service_id: str, actor: Actor, why: str) -> None:
        """From the next page on no kiosk offers it. Raises IllegalMove."""
        _must_manage(actor)
        if not why.strip():
            raise IllegalMove(Why.TEXT)
        now = self._clock.now()
        with self._writing() as db:
            if db.execute(_STOP, (service_id, written(now), actor.name, why.strip())).rowcount != 1:
                raise IllegalMove(Why.STATE)
            add_service(db, now, actor, SERVICE_STOPPED, service_id, why.strip())

    def start_service(self, service_id: str, actor: Actor, why: str = "") -> None:
        """It is offered again. Raises IllegalMove."""
        _must_manage(actor)
        with self._writing() as db:
            if db.execute(_START, (service_id,)).rowcount != 1:
                raise IllegalMove(Why.STATE)
            add_service(db, self._clock.now(), actor, SERVICE_STARTED, service_id, why.strip())


def _must_manage(actor: Actor) -> None:
    if not may(actor.role, Right.SERVICES):
        raise IllegalMove(Why.ROLE)


def _stop(row: Any) -> Stop:
    return Stop(row["service_id"], read(row["at"]), row["actor"], row["why"])
