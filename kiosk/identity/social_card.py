"""What is openly readable on a social security card."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kiosk.identity import id_number


@dataclass(frozen=True, slots=True, repr=False)
class SocialCard:
    """The card as read without a key. Its repr shows no personal data; empty is "not to be had"."""

    card_number: str
    name: str = ""
    number: str = ""
    """The identity number, normalised; only where its check digit holds."""

    def __repr__(self) -> str:
        return "<SocialCard>"

    def fields(self) -> dict[str, str]:
        """What may be offered as answers."""
        verdict = id_number.check(self.number)
        found = {
            "name": self.name,
            "id_number": verdict.number if verdict.valid else "",
            "birth_date": verdict.birth.isoformat() if verdict.valid and verdict.birth else "",
        }
        return {key: value for key, value in found.items() if value and "\ufffd" not in value}


def social_card(card_number: bytes, number: bytes = b"", name: bytes = b"") -> SocialCard:
    """A card from the bytes of its records. Never raises; what is no text is left out."""
    verdict = id_number.check(_text(number))
    return SocialCard(
        card_number=_text(card_number),
        name=_text(name),
        number=verdict.number if verdict.valid else "",
    )


def _text(stored: bytes) -> str:
    """The characters of a record, in GB 18030, padded with NUL, FF or spaces."""
    text = stored.rstrip(b"\x00\xff ").decode("gb18030", "replace").strip()
    return "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cf"} else c for c in text)
