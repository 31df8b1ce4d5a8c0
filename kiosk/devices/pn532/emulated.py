"""What a PN532 answers, byte for byte, to each request. No port, no clock, no thread."""

from __future__ import annotations

from kiosk.devices.line import NEVER
from kiosk.devices.pn532.command import Command
from kiosk.devices.pn532.content import UID_LENGTHS
from kiosk.devices.pn532.framing import ACK, CHIP, ERROR, HOST, Event, Frame, Pn532Framing, Signal, enclose

FIRMWARE = bytes.fromhex("32010607")
"""A PN532, version 1.6, that knows types A and B and ISO 18092."""
RELEASE = 0x52
"""InRelease."""

_WAKING = b"\x55"
_PATIENCE = 0.25
"""Seconds of silence after which half a request is given up."""
_FOR_EVER = 0xFF
_SENS_AND_SEL = {4: bytes.fromhex("000408"), 7: bytes.fromhex("004400"), 10: bytes.fromhex("008400")}
"""SENS_RES and SEL_RES of a card, by the length of its number."""
_PHONE = 0x08
_PHONE_SENS_AND_SEL = bytes.fromhex("000420")
_PHONE_ATS = bytes.fromhex("0578807002")


class EmulatedPn532:
    """A chip with at most one card in its field. A card is its UID: 4, 7 or 10 bytes.

    One of four bytes that begins with 08 is a phone, whose number is another one at every look.
    """

    _asleep: bool
    _host_waits: bool
    """It was told to look for a card until one comes."""
    _retries: int
    _last: bytes
    """What it says again when asked to."""
    _give_up_at: float

    def __init__(self) -> None:
        self._card: bytes | None = None
        self._looks = 0
        self._framing = Pn532Framing()
        self.reset()

    @property
    def deadline(self) -> float:
        """At once when a card came for which the host waits; else when half a request is given up."""
        return 0.0 if self._card is not None and self._host_waits else self._give_up_at

    def hear(self, received: bytes, now: float) -> list[bytes]:
        """The replies to what arrived. A chip that sleeps hears nothing before it is woken."""
        if self._asleep:
            begin = received.find(_WAKING)
            if begin < 0:
                return []
            self._asleep = False
            received = received[begin:]
        replies = self._answers(self._framing.feed(received))
        self._give_up_at = now + _PATIENCE if self._framing.waiting else NEVER
        return replies

    def tick(self, now: float) -> list[bytes]:
        """Half a request that nobody finishes is forgotten; a card that was waited for is told."""
        replies: list[bytes] = []
        if now >= self._give_up_at:
            self._give_up_at = NEVER
            replies += self._answers(self._framing.idle())
        if self._card is not None and self._host_waits:
            replies.append(self._listed(self._card))
        return replies

    def lay(self, content: bytes, now: float = 0.0) -> None:
        """Bring a card with this UID into the field."""
        if len(content) not in UID_LENGTHS:
            raise ValueError("a UID has 4, 7 or 10 bytes")
        self._card = content

    def lift(self) -> None:
        """Take it away."""
        self._card = None

    def reset(self) -> None:
        """The power went off and on: it sleeps, and has forgotten its settings. A card stays where it is."""
        self._asleep = True
        self._host_waits = False
        self._retries = _FOR_EVER
        self._last = b""
        self._framing.idle()
        self._give_up_at = NEVER

    def wrong_length(self, reply: bytes) -> bytes:
        """The length says four bytes more than there are, and its own check agrees."""
        return reply[:3] + bytes([(reply[3] + 4) & 0xFF, (reply[4] - 4) & 0xFF]) + reply[5:]

    def _answers(self, events: list[Event]) -> list[bytes]:
        return [reply for event in events for reply in self._answer(event)]

    def _answer(self, event: Event) -> list[bytes]:
        if event is Signal.ACK:
            self._host_waits = False
        if event is Signal.NACK and self._last:
            return [self._last]
        if not isinstance(event, Frame) or event.tfi != HOST:
            return []
        self._host_waits = False
        self._last = b""
        reply = self._reply(event)
        return [ACK, reply] if reply else [ACK]

    def _reply(self, request: Frame) -> bytes:
        """Empty where the chip does not reply yet."""
        match request.code:
            case Command.FIRMWARE.code:
                return self._say(request, FIRMWARE)
            case Command.SAM.code:
                return self._say(request)
            case Command.RETRIES.code:
                if request.data[:1] == Command.RETRIES.value[1:2]:
                    self._retries = request.data[-1]
                return self._say(request)
            case Command.LIST.code:
                return self._look()
            case code if code == RELEASE:
                return self._say(request, b"\x00")
        self._last = ERROR
        return ERROR

    def _look(self) -> bytes:
        if self._card is not None:
            return self._listed(self._card)
        self._host_waits = self._retries == _FOR_EVER
        return b"" if self._host_waits else self._list(b"\x00")

    def _listed(self, uid: bytes) -> bytes:
        self._host_waits = False
        self._looks += 1
        sens_and_sel, ats = _SENS_AND_SEL[len(uid)], b""
        if len(uid) == 4 and uid[0] == _PHONE:
            uid = uid[:3] + bytes([(uid[3] + self._looks) & 0xFF])
            sens_and_sel, ats = _PHONE_SENS_AND_SEL, _PHONE_ATS
        return self._list(b"\x01\x01" + sens_and_sel + bytes([len(uid)]) + uid + ats)

    def _list(self, data: bytes) -> bytes:
        self._last = enclose(CHIP, bytes([Command.LIST.reply_code]) + data)
        return self._last

    def _say(self, request: Frame, data: bytes = b"") -> bytes:
        self._last = enclose(CHIP, bytes([request.code + 1]) + data)
        return self._last
