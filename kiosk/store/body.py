"""The submission as it lies in the file: JSON, read back by its types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json as to_plain_json

from kiosk.cases.submission import Submission, Words
from kiosk.store.trouble import StoreTrouble, Trouble


@cache
def _adapter() -> TypeAdapter[Submission]:
    return TypeAdapter(Submission)


def to_json(submission: Submission) -> str:
    """The text that is kept."""
    return _adapter().dump_json(submission).decode()


def from_json(text: str) -> Submission:
    """The submission that was kept. Raises StoreTrouble DAMAGED, without what was in it."""
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        raise StoreTrouble(Trouble.DAMAGED, f"submission, {error.error_count()} faults") from None


def words_to_json(words: Words) -> str:
    """One wording in all its languages."""
    return to_plain_json(words).decode()


def words_from_json(text: str) -> Mapping[str, str]:
    """The wording that was kept."""
    words: dict[str, str] = json.loads(text)
    return words
