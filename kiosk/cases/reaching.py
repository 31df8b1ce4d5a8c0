"""How a person of a case can be reached: their name, the numbers to call, the address. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kiosk.cases.submission import AnswerRecord
from kiosk.flow.fields.base import mask_digits
from kiosk.services.model import Service
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind
from kiosk.text import Privacy

_MOBILE = re.compile(r"1\d{10}")
"""A mobile number of the mainland: only these take messages."""
_GROUP = 4
HOME = "address"
"""What questions for the address of one's home are marked with, to be used again."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call."""

    asked: str
    """The field that it was given in."""
    number: str = field(repr=False)
    agents: bool = False
    """Of whoever acts for the person."""

    @property
    def in_fours(self) -> str:
        """139 0000 0000: as it is dialled, the last eight in two fours."""
        digits = self.number
        head = len(digits) % _GROUP
        groups = [digits[:head]] if head else []
        groups += [digits[at : at + _GROUP] for at in range(head, len(digits), _GROUP)]
        return " ".join(groups)

    @property
    def masked(self) -> str:
        """First 3, last 2 (K26)."""
        return mask_digits(self.number)

    @property
    def takes_messages(self) -> bool:
        """Is it a mobile telephone?"""
        return _MOBILE.fullmatch(self.number) is not None


def phone_fields(service: Service | None) -> tuple[str, ...]:
    """The questions of a service that ask for a number to call, the person's own first."""
    if service is None:
        return ("phone",)
    agents = service.authority.agent_phone if service.authority else None
    asked = [one.id for one in service.question if one.type is FieldKind.PHONE]
    return tuple(sorted(asked, key=lambda one: one == agents))


def phones(service: Service | None, answers: Iterable[AnswerRecord]) -> tuple[Phone, ...]:
    """Those that were given."""
    agents = service.authority.agent_phone if service and service.authority else None
    given = {one.field: _digits(one.value) for one in answers}
    return tuple(
        Phone(name, given[name], name == agents) for name in phone_fields(service) if given.get(name)
    )


def person_of(service: Service | None, answers: Sequence[AnswerRecord]) -> str:
    """The name of whose matter it is; empty where it was left out."""
    asked = service.question if service else ()
    wanted = [
        one.id for one in asked if one.type is FieldKind.NAME and one.from_card is CardRole.SUBJECT
    ] or ["name"]
    given = {one.field: one.value.strip() for one in answers}
    return next((given[name] for name in wanted if given.get(name)), "")


def address_of(service: Service | None, answers: Sequence[AnswerRecord]) -> AnswerRecord | None:
    """Where the person lives, where the service asks for it and it may stand on an envelope.

    The address of a shop is not it.
    """
    asked = service.question if service else ()
    wanted = [one.id for one in asked if one.type is FieldKind.ADDRESS and one.reuse == HOME]
    open_ = (one for one in answers if one.privacy is not Privacy.PRIVATE)
    given = {one.field: one for one in open_ if one.value.strip()}
    return next((given[name] for name in wanted if name in given), None)


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdecimal())
