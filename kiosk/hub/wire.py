"""What goes over HTTPS between a kiosk and the hub: JSON, bytes in base64.

A field that is not known is passed over, so that old and new kiosks and hubs understand one another. Whoever
needs this loads it late: it brings a library along.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.cases.parcels import MOST, CentreKey, News, Parcel, Progress, Receipt, Unread
from kiosk.editions.edition import Holding, Signed
from kiosk.hub.report import Report, Seen

LONGEST_QUESTION = 128 * 1024 * 1024
"""Bytes. A parcel that may be made must not be too large to be sent: it would hold up all behind it."""
LONGEST_ANSWER = 16 * 1024 * 1024
SLOWEST = 16 * 1024
"""Bytes a second at which what is long has to come, either way."""

OFFER, MAIL, ACKNOWLEDGE, PROGRESS, KEY = "/1/offer", "/1/mail", "/1/acknowledge", "/1/progress", "/1/key"
TELL, CALL, EDITION = "/1/tell", "/1/call", "/1/edition"
"""Where each is asked, always by POST: nothing of what is asked stands in an address."""


class NotUnderstood(Exception):
    """These bytes are not what was expected. Carries nothing of them."""


class Message(BaseModel):
    """What all of them have in common."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        ser_json_bytes="base64",
        val_json_bytes="base64",
        hide_input_in_errors=True,
    )
    form: Literal[1] = 1


class Offered(Message):
    """To OFFER."""

    parcels: list[Parcel] = Field(max_length=MOST)


class Received(Message):
    """From OFFER."""

    receipts: list[Receipt] = Field(max_length=MOST)


class Wanted(Message):
    """To MAIL."""

    most: int = Field(ge=1, le=MOST)
    after: int = Field(default=0, ge=0, lt=2**63)
    have: int | None = Field(default=None, ge=0, lt=2**63)


class Mailed(Message):
    """From MAIL."""

    news: list[Annotated[News | Unread, Field(union_mode="left_to_right")]] = Field(max_length=MOST)
    """One that is not understood does not hold up the others."""


class Kept(Message):
    """To ACKNOWLEDGE."""

    ids: list[int] = Field(max_length=MOST)
    have: int | None = Field(default=None, ge=0, lt=2**63)


class Asked(Message):
    """To PROGRESS."""

    number: str = Field(max_length=64, repr=False)


class Told(Message):
    """From PROGRESS."""

    progress: Progress | None
    enough: bool = False
    """This kiosk asks too often, so nothing was looked up."""


class WantedKey(Message):
    """To KEY."""

    asked: bytes = Field(min_length=16, max_length=64)
    """Drawn by chance: the answer is signed together with it."""


class Known(Message):
    """From KEY."""

    key: CentreKey | None


class Nothing(Message):
    """From ACKNOWLEDGE and TELL."""


class Reported(Message):
    """To TELL."""

    report: Report


class Calling(Message):
    """To CALL."""

    name: str = Field(max_length=64)
    waits: float = Field(ge=0, lt=2**31)


class Heard(Message):
    """From CALL."""

    seen: Seen | None


class AskedEdition(Message):
    """To EDITION."""

    holding: Holding


class Published(Message):
    """From EDITION: signed by whoever published it, so the hub adds no signature of its own."""

    edition: Signed | None


_Message = TypeVar("_Message", bound=Message)


def written(message: Message) -> bytes:
    """As it travels."""
    return message.model_dump_json().encode()


def read(kind: type[_Message], body: bytes) -> _Message:
    """What came, if it is that. Raises NotUnderstood."""
    try:
        return kind.model_validate_json(body)
    except (ValidationError, ValueError, RecursionError):
        raise NotUnderstood from None
