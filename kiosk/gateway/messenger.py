"""One message at a time from the outbox to the gateway, by a program in which staff have opened the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from kiosk.cases.reaching import phone_fields, phones
from kiosk.cases.telling import ToTell, is_wrong_number
from kiosk.cases.views import CaseView
from kiosk.gateway.http_gateway import HttpGateway, Message, Taken
from kiosk.services.model import Service
from kiosk.store import Store, StoreTrouble, Trouble
from kiosk.store.outbox import Outgoing
from kiosk.text import Text

_FOR_GOOD = frozenset({Trouble.SEALED, Trouble.DAMAGED, Trouble.ERASED})
"""Sealed to an older key, damaged or gone: staff see the case, and write a letter."""


class Did(StrEnum):
    """What came of one look."""

    NOTHING = "nothing"
    """Nothing is due."""
    SENT = "sent"
    LATER = "later"
    FAILED = "failed"


class Messenger:
    """Three steps, so that neither the store nor the screen waits for the network: take, send, note."""

    def __init__(
        self, gateway: HttpGateway, text: Text, services: Callable[[], Mapping[str, Service]]
    ) -> None:
        """`text`: the same for everybody, whatever it is about."""
        self._gateway, self._text, self._services = gateway, text, services

    def take(self, store: Store) -> tuple[Outgoing, Message | None] | None:
        """The next message and where it goes; None in its place where there is no number for it.

        None: nothing is due, or nobody who may read the numbers has opened the keys. Raises StoreTrouble.
        """
        if not store.can_open():
            return None
        outgoing = store.take_message()
        if outgoing is None:
            return None
        try:
            told = store.to_tell_of(outgoing.case_id)
            return outgoing, self._message(store.case(outgoing.case_id), outgoing.key, told)
        except StoreTrouble as trouble:
            if trouble.kind not in _FOR_GOOD or not store.can_open():
                # busy, or locked just now: it stays taken for a while, and then comes again
                raise
            return outgoing, None

    def send(self, message: Message) -> Taken:
        """Takes seconds."""
        return self._gateway.send(message)

    def note(self, store: Store, outgoing: Outgoing, taken: Taken | None) -> Did:
        """`taken` None: there was no number to send to."""
        match taken:
            case Taken.YES:
                store.message_sent(outgoing)
                return Did.SENT
            case Taken.LATER:
                store.message_later(outgoing)
                return Did.LATER
            case Taken.NEVER:
                store.message_refused(outgoing)
            case None:
                store.message_without_mobile(outgoing)
        return Did.FAILED

    def _message(self, view: CaseView, key: str, told: ToTell | None) -> Message | None:
        if view.withdrawn_consents:
            # whoever takes a consent back no longer agrees to what the number is used for: staff decide
            return None
        service = self._services().get(view.summary.service_id)
        asked = phone_fields(service)
        if told is None or is_wrong_number([*told.before, *told.tries], asked):
            # somebody was faster; or what was put right since was something else
            return None
        numbers = [one for one in phones(service, view.answers) if one.takes_messages]
        if not numbers:
            return None
        return Message(key, numbers[0].number, self._text.show(view.submission.language))
