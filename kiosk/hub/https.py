"""The way to the hub over HTTPS, for kiosks that must not reach the database.

Both show a certificate of the same authority, and no other authority counts. What the hub has received, and
the key to seal to, it signs with a key that the kiosk has known from the start: whoever ends the connection
on the way (a proxy of the house, a portal) can neither have things sealed to a key of their own nor give a
receipt for what never arrived.
"""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiosk.cases.parcels import MOST, CentreKey, News, NoProgress, Parcel, Progress, Receipt, Unread
from kiosk.editions.edition import Holding, Signed
from kiosk.hub.link import Fault, LinkTrouble, NotKnown
from kiosk.hub.report import Report, Seen
from kiosk.safe_address import is_safe
from kiosk.security.device_key import signed_by

if TYPE_CHECKING:
    import httpx

    from kiosk.hub.wire import Message

TIMEOUT = 60.0
"""Seconds in which something must move, and for an answer from its first byte to its last: more for a long
one."""
_ASKED_BYTES = 16
_REFUSED = {401, 403}
_BUSY = {408, 429, 500, 502, 503, 504}
_PLAINLY = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "Content-Type": "application/json",
}
"""Nothing is unpacked: what is short on the way and endless here is only bytes that are not understood."""

_Message = TypeVar("_Message", bound="Message")


@dataclass(frozen=True, slots=True)
class Papers:
    """What a kiosk shows, and what it trusts. All files are PEM but `hub_key`."""

    certificate: Path
    key: Path
    authority: Path
    hub_key: bytes
    """The public half of what receipts are signed with: 32 bytes."""


class HttpsLink:
    """A `Link`. It keeps one connection for questions that follow one another, and belongs to one thread."""

    def __init__(self, address: str, papers: Papers, timeout: float = TIMEOUT) -> None:
        """`address`: https://NAME[:PORT]. Raises LinkTrouble where address or papers are no good."""
        import httpx

        from kiosk.hub.certificates import ends_at

        if not is_safe(address) or not address.startswith("https:"):
            raise LinkTrouble(Fault.STRANGE, "address")
        context = client_context(papers)
        self._hub_key, self._timeout = papers.hub_key, timeout
        self._ends_at = ends_at(papers.certificate.read_bytes())
        # No proxy of the environment and no redirect: parcels go to this address and nowhere else.
        self._client = httpx.Client(
            base_url=address,
            verify=context,
            trust_env=False,
            timeout=timeout,
            headers=_PLAINLY,
        )

    def offer(self, parcels: Sequence[Parcel]) -> list[Receipt]:
        from kiosk.hub import wire

        receipts = self._asked(wire.OFFER, wire.Offered(parcels=list(parcels)), wire.Received).receipts
        for receipt in receipts:
            if not signed_by(self._hub_key, receipt.signed, receipt.signature):
                raise LinkTrouble(Fault.STRANGE, "signature")
        return receipts

    def mail(self, most: int = MOST, after: int = 0, have: int | None = None) -> list[News | Unread]:
        from kiosk.hub import wire

        return self._asked(wire.MAIL, wire.Wanted(most=most, after=after, have=have), wire.Mailed).news

    def acknowledge(self, ids: Sequence[int], have: int | None = None) -> None:
        from kiosk.hub import wire

        for start in range(0, len(ids), MOST):
            some = list(ids[start : start + MOST])
            self._asked(wire.ACKNOWLEDGE, wire.Kept(ids=some, have=have), wire.Nothing)

    def progress(self, number: str) -> Progress | NoProgress:
        from kiosk.hub import wire

        told = self._asked(wire.PROGRESS, wire.Asked(number=number), wire.Told)
        return told.progress or (NoProgress.ENOUGH if told.enough else NoProgress.UNKNOWN)

    def key(self) -> CentreKey | None:
        from kiosk.hub import wire

        asked = os.urandom(_ASKED_BYTES)
        key = self._asked(wire.KEY, wire.WantedKey(asked=asked), wire.Known).key
        if key is not None and not signed_by(self._hub_key, key.signed(asked), key.signature):
            raise LinkTrouble(Fault.STRANGE, "signature")
        return key

    def tell(self, report: Report) -> None:
        from kiosk.hub import wire

        self._asked(wire.TELL, wire.Reported(report=report), wire.Nothing)

    def call(self, name: str, waits: float) -> Seen | None:
        from kiosk.hub import wire

        return self._asked(wire.CALL, wire.Calling(name=name, waits=waits), wire.Heard).seen

    def edition(self, holding: Holding) -> Signed | None:
        from kiosk.hub import wire

        return self._asked(wire.EDITION, wire.AskedEdition(holding=holding), wire.Published).edition

    def close(self) -> None:
        self._client.close()

    def _asked(self, path: str, question: Message, kind: type[_Message]) -> _Message:
        from kiosk.hub.wire import NotUnderstood, read, written

        try:
            return read(kind, self._answer(path, written(question)))
        except NotUnderstood:
            raise LinkTrouble(Fault.STRANGE, "answer") from None

    def _answer(self, path: str, question: bytes) -> bytes:
        """The body of a good answer."""
        import httpx

        try:
            with self._client.stream("POST", path, content=question) as answer:
                _look_at(answer.status_code)
                # a long question may have taken long: only now the answer's time begins
                return body_of(answer, time.monotonic() + self._timeout)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ssl.SSLError, OSError) as error:
            raise self._named(_trouble(error)) from None

    def _named(self, trouble: LinkTrouble) -> LinkTrouble:
        """A hub that lets nobody in may only hang up. With a certificate that has ended we know why."""
        if trouble.fault is Fault.AWAY and datetime.now(UTC) > self._ends_at:
            return LinkTrouble(Fault.REFUSED, "certificate has ended")
        return trouble


def client_context(papers: Papers) -> ssl.SSLContext:
    """Who is trusted, and who we are. Raises LinkTrouble where a file is missing or no good."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    try:
        context.load_verify_locations(papers.authority)
        # without a passphrase here OpenSSL would ask the terminal for one
        context.load_cert_chain(papers.certificate, papers.key, password="")
    except (OSError, ValueError):  # also ssl.SSLError: a file that is there, and no certificate
        raise LinkTrouble(Fault.STRANGE, "papers") from None
    return context


def _look_at(status: int) -> None:
    if status in _REFUSED:
        raise LinkTrouble(Fault.REFUSED)
    if status == 404:
        raise NotKnown
    if status in _BUSY:
        raise LinkTrouble(Fault.AWAY, "busy")
    if status != 200:
        raise LinkTrouble(Fault.STRANGE, "status")


def body_of(answer: httpx.Response, until: float) -> bytes:
    """Read to its end, unless it drips or does not end. `until`: by the monotonic clock, for a short one.

    Raises LinkTrouble.
    """
    from kiosk.hub.wire import LONGEST_ANSWER, SLOWEST

    body = bytearray()
    for piece in answer.iter_raw():
        body += piece
        if len(body) > LONGEST_ANSWER:
            raise LinkTrouble(Fault.STRANGE, "length")
        if time.monotonic() > until + len(body) / SLOWEST:
            raise LinkTrouble(Fault.AWAY, "slow")
    return bytes(body)


def _trouble(error: BaseException) -> LinkTrouble:
    """Whether nobody was there, it was somebody else, or we are not let in."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return LinkTrouble(Fault.STRANGE, "certificate")
        if isinstance(cause, ssl.SSLError) and "ALERT" in (cause.reason or ""):
            return LinkTrouble(Fault.REFUSED, "certificate")
        if isinstance(cause, ssl.SSLError) and cause.reason == "WRONG_VERSION_NUMBER":
            return LinkTrouble(Fault.STRANGE, "no TLS")
        cause = cause.__cause__ or cause.__context__
    return LinkTrouble(Fault.AWAY)
