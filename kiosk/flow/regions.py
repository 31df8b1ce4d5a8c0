"""Regions, one inside another: what an address is chosen from, step by step. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.text import Text

LEVELS = (2, 4, 6, 9, 12)
"""Digits of a code at each level: province, city, district, street, community. GB/T 2260 and GB/T 10114."""


@dataclass(frozen=True, slots=True)
class Region:
    """One place by its code."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Regions:
    """The table of regions. What a code begins with is the region it lies in."""

    names: Mapping[str, Text] = field(default_factory=dict, repr=False)
    """Every region's name by its code."""
    _inside: Mapping[str, tuple[Region, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, names: Mapping[str, Text]) -> Regions:
        """The table with these names, each list in the order they are given in."""
        inside: dict[str, list[Region]] = {}
        for code, name in names.items():
            inside.setdefault(above(code), []).append(Region(code, name))
        return cls(dict(names), {code: tuple(regions) for code, regions in inside.items()})

    def children(self, code: str = "") -> tuple[Region, ...]:
        """The regions directly inside that one, without a code the topmost; none where it is the lowest."""
        return self._inside.get(code, ())

    def path(self, code: str) -> tuple[Region, ...]:
        """The regions it lies in from the topmost down, itself the last; those that the table knows."""
        above_it = [code[:length] for length in LEVELS if length <= len(code)]
        return tuple(Region(part, self.names[part]) for part in above_it if part in self.names)


NO_REGIONS = Regions()
"""Where there is no table: nothing to choose from, an address is typed whole."""


def above(code: str) -> str:
    """The code of the region it lies in, `""` for a province."""
    return code[: max((length for length in LEVELS if length < len(code)), default=0)]
