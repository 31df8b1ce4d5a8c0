"""What staff should look at where somebody acts for another: notes, never a verdict; nothing waits. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum

from kiosk.services.authority import Authority
from kiosk.services.model import Service
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind

HELPED_WITHIN = timedelta(days=90)
"""So far back it is counted for whom a helper brought something."""
MANY_HELPED = 5
"""From so many different people on, staff are told; a volunteer or a village doctor helps many, rightly."""

MANY_OPERATED = 50
"""The same of an account that stood beside them at the kiosk: that is its work, so many more are usual."""


class Concern(StrEnum):
    """Each has its words at the desk."""

    HELPERS_PHONE = "helpers_phone"
    """The number to call is the helper's own: nobody can reach the person."""
    OTHER_ACCOUNT = "other_account"
    """The money goes to an account in another name."""
    MANY_PEOPLE = "many_people"
    MANY_OPERATED = "many_operated"
    """The same account stood beside so many people that somebody should look whose will it was."""


def concerns(
    service: Service | None,
    answers: Mapping[str, str],
    helped: int,
    many: int = MANY_HELPED,
    operated: int = 0,
) -> Iterator[Concern]:
    """For a case that somebody brings for another, or helped with. `answers` by field, as they are now."""
    asked = service.authority if service else None
    if service is not None and asked is not None:
        if _is_helpers_phone(service, asked, answers):
            yield Concern.HELPERS_PHONE
        if _is_others_account(service, asked, answers):
            yield Concern.OTHER_ACCOUNT
    if helped >= many:
        yield Concern.MANY_PEOPLE
    if operated >= MANY_OPERATED:
        yield Concern.MANY_OPERATED


def _is_helpers_phone(service: Service, asked: Authority, answers: Mapping[str, str]) -> bool:
    own = answers.get(asked.agent_phone or "")
    numbers = {
        _digits(answers.get(question.id, ""))
        for question in service.question
        if question.type is FieldKind.PHONE and question.id != asked.agent_phone
    }
    return bool(own) and _digits(own or "") in numbers


def _is_others_account(service: Service, asked: Authority, answers: Mapping[str, str]) -> bool:
    """By the name on it; where a name was left out nothing is said."""
    in_name_of = _plain(answers.get(asked.account_name or "", ""))
    named = (
        _plain(answers.get(question.id, ""))
        for question in service.question
        if question.type is FieldKind.NAME and question.from_card is CardRole.SUBJECT
    )
    person = next(named, "")
    return bool(in_name_of and person) and in_name_of != person


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdecimal())


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())
