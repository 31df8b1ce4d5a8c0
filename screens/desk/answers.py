"""Answers as staff meet them: masked, in full, and as the official form wants them."""

from __future__ import annotations

from kiosk.cases.submission import AnswerRecord, Submission
from kiosk.flow.fields.base import mask_digits
from kiosk.text import FALLBACK, Privacy, Text


def hidden(answer: AnswerRecord) -> bool:
    """Whether the value stays masked until somebody asks to see it, which is recorded."""
    return answer.privacy is Privacy.PRIVATE


def masked(answer: AnswerRecord) -> str:
    """First 3, last 2 (K26); nothing of a list, whose beginning and end are not digits."""
    return "*" * 5 if _is_list(answer) else mask_digits(answer.value)


def _is_list(answer: AnswerRecord) -> bool:
    return answer.value.startswith("[")


def in_full(answer: AnswerRecord, language: str) -> str:
    """The value as a person reads it; digits as they were kept."""
    return answer.value if hidden(answer) and not _is_list(answer) else Text(answer.shown).show(language)


def for_form(answer: AnswerRecord) -> str:
    """What is copied. The official form is Chinese, whatever language the desk is in."""
    return in_full(answer, FALLBACK)


def masked_name(submission: Submission) -> str:
    """Whose case it is, for a page that others may see: the family name and stars."""
    for answer in submission.answers:
        if answer.field == "name":
            name = answer.value.strip()
            return name[:1] + "*" * (len(name) - 1)
    return "*"
