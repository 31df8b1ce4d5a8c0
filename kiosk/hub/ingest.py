"""What the hub answers a kiosk over HTTPS. It keeps nothing: any number of these stand beside one another.

Each question is one that a kiosk could put to the database itself; this only carries it there, in the name
of the certificate that was shown, and signs what has arrived. Nothing of a question or an answer is logged.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Protocol

from kiosk.cases.parcels import NoProgress, Receipt
from kiosk.hub import wire
from kiosk.hub.link import Fault, Link, LinkTrouble, NotKnown
from kiosk.hub.tally import Tally
from kiosk.hub.wire import Message, NotUnderstood, read, written

log = logging.getLogger(__name__)


class SigningKey(Protocol):
    """With which receipts are signed."""

    def sign(self, message: bytes) -> bytes: ...


class Way(Protocol):
    """The way to the database in the name of one kiosk, for one question."""

    def __call__(self, role: str) -> AbstractContextManager[Link]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes = field(default=b"{}", repr=False)


_TROUBLE = {Fault.AWAY: 503, Fault.REFUSED: 403, Fault.STRANGE: 503}


class Ingest:
    """Answers one question at a time, each on a thread of its own."""

    def __init__(self, way: Way, key: SigningKey) -> None:
        self._way, self._key = way, key
        self.tally = Tally()
        self._known: dict[str, Callable[[Link, bytes], Message]] = {
            wire.OFFER: self._offer,
            wire.MAIL: _mail,
            wire.ACKNOWLEDGE: _acknowledge,
            wire.PROGRESS: _progress,
            wire.KEY: self._centre_key,
            wire.TELL: _tell,
            wire.CALL: _call,
            wire.EDITION: _edition,
        }

    def answer(self, role: str, path: str, body: bytes) -> Answer:
        """To the kiosk whose certificate names this login role. Never raises."""
        begun = time.monotonic()
        answer = self._answer(role, path, body)
        what = path.rpartition("/")[2] if path in self._known else "unknown"
        self.tally.count(what, answer.status, time.monotonic() - begun, len(body))
        return answer

    def _answer(self, role: str, path: str, body: bytes) -> Answer:
        asked = self._known.get(path)
        if asked is None:
            return Answer(404)
        try:
            with self._way(role) as link:
                return Answer(200, written(asked(link, body)))
        except NotUnderstood:
            return Answer(400)
        except NotKnown:
            return Answer(404)
        except LinkTrouble as trouble:
            return Answer(_TROUBLE[trouble.fault])
        except Exception:
            log.exception("a question was not answered")
            return Answer(500)

    def _offer(self, link: Link, body: bytes) -> Message:
        receipts = link.offer(read(wire.Offered, body).parcels)
        return wire.Received(receipts=[self._signed(one) for one in receipts])

    def _centre_key(self, link: Link, body: bytes) -> Message:
        asked, key = read(wire.WantedKey, body).asked, link.key()
        return wire.Known(key=key and replace(key, signature=self._key.sign(key.signed(asked))))

    def _signed(self, receipt: Receipt) -> Receipt:
        """In one time zone, so that what is signed is written in one way only."""
        plain = replace(receipt, received_at=receipt.received_at.astimezone(UTC))
        return replace(plain, signature=self._key.sign(plain.signed))


def _mail(link: Link, body: bytes) -> Message:
    wanted = read(wire.Wanted, body)
    return wire.Mailed(news=link.mail(wanted.most, wanted.after, wanted.have))


def _acknowledge(link: Link, body: bytes) -> Message:
    kept = read(wire.Kept, body)
    link.acknowledge(kept.ids, kept.have)
    return wire.Nothing()


def _progress(link: Link, body: bytes) -> Message:
    told = link.progress(read(wire.Asked, body).number)
    if isinstance(told, NoProgress):
        return wire.Told(progress=None, enough=told is NoProgress.ENOUGH)
    return wire.Told(progress=told)


def _tell(link: Link, body: bytes) -> Message:
    link.tell(read(wire.Reported, body).report)
    return wire.Nothing()


def _call(link: Link, body: bytes) -> Message:
    calling = read(wire.Calling, body)
    return wire.Heard(seen=link.call(calling.name, calling.waits))


def _edition(link: Link, body: bytes) -> Message:
    return wire.Published(edition=link.edition(read(wire.AskedEdition, body).holding))
