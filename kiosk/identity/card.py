"""The Card: what stands on an identity card, whichever of the four layouts it came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.identity import id_number


class CardKind(StrEnum):
    """Which card it is."""

    RESIDENT = "resident"
    HMT = "hmt"
    """Residence permit of people from Hong Kong, Macau and Taiwan."""
    FOREIGN_2023 = "foreign_2023"
    FOREIGN_2017 = "foreign_2017"


class CardWarning(StrEnum):
    """What is odd about the contents. The card is kept; what is unsound is not offered."""

    PRIVATE_USE_CHARACTER = "private_use_character"
    """A rare character without a public code: kept as it is, may not draw."""
    UNREADABLE_CHARACTER = "unreadable_character"
    NUMBER_CHECK = "number_check"
    NUMBER_BIRTH = "number_birth"
    NUMBER_SEX = "number_sex"
    BIRTH = "birth"
    VALIDITY = "validity"
    UNKNOWN_ETHNIC = "unknown_ethnic"
    UNKNOWN_SEX = "unknown_sex"
    SHORT_TEXT = "short_text"


_REGIONS = {"810000": "香港", "820000": "澳门", "830000": "台湾"}
_UNSOUND = {CardWarning.NUMBER_CHECK, CardWarning.NUMBER_BIRTH, CardWarning.BIRTH}


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """One card as read. Its repr shows no personal data; empty text and None mean "not on the card"."""

    kind: CardKind
    name: str
    number: str
    birth: date | None
    sex_code: str
    sex: str
    address: str = ""
    """As it is printed."""
    address_now: str = ""
    """Written on the chip after a move; empty where there was none, or the reader could not say."""
    ethnic_code: str = ""
    ethnic: str = ""
    authority: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    valid_forever: bool = False
    name_latin: str = ""
    nationality: str = ""
    pass_number: str = ""
    issue_count: str = ""
    warnings: tuple[CardWarning, ...] = ()

    def __repr__(self) -> str:
        return f"<Card {self.kind}, {len(self.warnings)} warnings>"

    @property
    def sound(self) -> bool:
        """False when number and birth date do not prove each other: a bad read, to be read again."""
        return not _UNSOUND & set(self.warnings)

    @property
    def number_valid(self) -> bool:
        """True when the number's form, date and check digit hold."""
        return CardWarning.NUMBER_CHECK not in self.warnings

    @property
    def masked_number(self) -> str:
        """The number as a public screen may show it."""
        return id_number.mask(self.number)

    @property
    def region(self) -> str:
        """Where the holder of a residence permit for Hong Kong, Macau or Taiwan comes from."""
        return _REGIONS.get(self.number[:6], "") if self.kind is CardKind.HMT else ""

    def expired(self, today: date) -> bool:
        """True after the last valid day; False where the card names none."""
        return self.valid_to is not None and self.valid_to < today

    def fields(self) -> dict[str, str]:
        """What may fill answers: only what is there and sound, and nothing at all of a bad read.

        Beside them "valid_to", the last day (ISO), where there is one: an expired card is used, and told.
        """
        if not self.sound:
            return {}
        dated = CardWarning.VALIDITY not in self.warnings
        sex_agrees = self.sex in {"男", "女"} and CardWarning.NUMBER_SEX not in self.warnings
        found = {
            "name": self.name or self.name_latin,
            "birth_date": self.birth.isoformat() if self.birth else "",
            "id_number": self.number,
            "address": self.address_now or self.address,
            "sex": self.sex if sex_agrees else "",
            "valid_to": self.valid_to.isoformat() if self.valid_to and dated else "",
        }
        return {key: value for key, value in found.items() if value and "\ufffd" not in value}
