"""What a parcel says as text and the store keeps as text: tried when it comes, and kept as it came.

The store reads it only when somebody looks at the case; one that could not be read then would hold up every
other case of the page.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from kiosk.cases import authority
from kiosk.cases.states import State
from kiosk.services import acting
from kiosk.services.proof import CardRole, Proof
from kiosk.store.body import words_from_json
from kiosk.store.instant import read


def _moment(text: str) -> str:
    # far from both ends of the calendar: a zone moves it, and days are counted from it
    if read(text).tzinfo is None or not "1900" < text < "9000":
        raise ValueError
    return text


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _words(text: str) -> str:
    words = words_from_json(text)
    if not isinstance(words, dict) or not {"zh", "en"} <= words.keys():
        raise ValueError
    if not all(isinstance(said, str) for said in words.values()):
        raise ValueError
    return text


def _states(text: str) -> str:
    for name in text.split():
        State(name)
    return text


def _one_of(kind: type[StrEnum]) -> AfterValidator:
    def known(text: str) -> str:
        kind(text)
        return text

    return AfterValidator(known)


Moment = Annotated[str, AfterValidator(_moment)]
Day = Annotated[str, AfterValidator(_day)]
Days = Annotated[int, Field(ge=0, le=3650)]
"""As many as a service can say, at most."""
Words = Annotated[str, AfterValidator(_words)]
"""JSON by language."""
States = Annotated[str, AfterValidator(_states)]
"""With blanks between them."""
Person = Annotated[str, _one_of(CardRole)]
Level = Annotated[str, _one_of(Proof)]
Acting = Annotated[str, _one_of(acting.Acting)]
Standing = Annotated[str, _one_of(authority.Standing)]
