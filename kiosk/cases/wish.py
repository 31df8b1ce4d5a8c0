"""Proof of wish (意愿证明): what somebody was shown and told before they signed, and what that proves.

Four conditions make an electronic signature reliable (Electronic Signature Law of the PRC, article 13): its
data belong to the signer alone, and were under the signer's sole control; a later change of the signature can
be found, and one of the text. A mark drawn at a kiosk meets the last two: it proves a wish, and is called so.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.cases.chain import digest_of


class Claim(StrEnum):
    """What a signature may be called, on the screen and on paper."""

    WISH = "wish"
    RELIABLE = "reliable"


def claim_of(*, signers_own: bool, signer_alone: bool, mark_guarded: bool, text_guarded: bool) -> Claim:
    """By the four conditions: all of them, or it is a proof of wish.

    `signers_own`: nobody else has what the signature is made with. `signer_alone`: nobody else could use it
    when it was made. `mark_guarded`, `text_guarded`: whoever changes the mark, or the text, is found out.
    """
    if signers_own and signer_alone and mark_guarded and text_guarded:
        return Claim.RELIABLE
    return Claim.WISH


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page on the way to the signature, as it was on the screen."""

    place: str
    """The page's name: `consent:use`, `check`, `sign`."""
    language: str
    at: datetime
    """When it was shown last with these words."""
    shown: tuple[str, ...] = dataclasses.field(repr=False)
    said: tuple[str, ...] = dataclasses.field(repr=False)
    """As given to the voice, which says numbers in words and nothing private aloud in the hall."""
    digest: str
    """SHA-256 of place, language and both wordings."""


def page_shown(
    place: str, language: str, at: datetime, shown: tuple[str, ...], said: tuple[str, ...]
) -> PageShown:
    """The record of a page, with its digest."""
    return PageShown(place, language, at, shown, said, _digest(place, language, shown, said))


@dataclass(frozen=True, slots=True)
class EvidenceOfWish:
    """Goes into the sealed body of what is handed in, and with it into the chain."""

    pages: tuple[PageShown, ...]
    """Consents, the letter of authority, the check of the answers, the signature, handing in."""
    wording: str
    """The version of the service, whose words they are."""
    strokes: str | None
    """SHA-256 of the drawn mark; None where a key was pressed instead."""
    levels: Mapping[str, str]
    """How sure it was who people are, by their part in it."""
    at: datetime
    box: str
    """The number of the box, by its key; empty where it had none."""
    program: str

    @property
    def claim(self) -> Claim:
        """A kiosk is everybody's: what is drawn on it is nobody's own means of signing."""
        return claim_of(
            signers_own=False, signer_alone=False, mark_guarded=bool(self.box), text_guarded=bool(self.box)
        )

    @property
    def whole(self) -> bool:
        """Is every page still what its digest says?"""
        return all(one.digest == _digest(one.place, one.language, one.shown, one.said) for one in self.pages)


def strokes_digest(strokes: str | None) -> str | None:
    """The mark by its digest: the mark itself is kept once, with the signature."""
    return None if strokes is None else hashlib.sha256(strokes.encode()).hexdigest()


def _digest(place: str, language: str, shown: tuple[str, ...], said: tuple[str, ...]) -> str:
    return digest_of(("page", place, language, len(shown), *shown, *said)).hex()
