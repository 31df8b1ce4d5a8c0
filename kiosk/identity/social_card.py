"""What is openly readable on a social security card."""

from __future__ import annotations

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
