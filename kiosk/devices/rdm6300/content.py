"""What a 125 kHz tag says: five bytes, and the forms in which they are printed on tags. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

DIGITS = 10


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag's five bytes. They may be the number of somebody's card and are never part of its repr."""

    raw: bytes = field(repr=False)

    @property
    def hex(self) -> str:
        """The ten digits, in capitals."""
        return self.raw.hex().upper()

    @property
    def version(self) -> int:
        """The first byte: a version, or the customer that the tags were made for."""
        return self.raw[0]

    @property
    def number(self) -> int:
        """The other four."""
        return int.from_bytes(self.raw[1:], "big")

    @property
    def printed10(self) -> str:
        """The number as ten decimal digits, "0003887558"."""
        return f"{self.number:010d}"

    @property
    def printed_3_5(self) -> str:
        """Its lower three bytes as byte and word, "059,20934"."""
        return f"{self.raw[2]:03d},{int.from_bytes(self.raw[3:], 'big'):05d}"

    def harmless(self) -> str:
        """What it is; never its number."""
        return "a tag"
