"""Where somebody lives or has a shop: regions from the table, the rest as typed."""

from __future__ import annotations

import datetime
import json
import re

from kiosk.flow.fields.base import HIDDEN, FieldType, Refused, Taken
from kiosk.flow.fields.reading import read_json
from kiosk.flow.fields.texts import one_line
from kiosk.services.question import Asked
from kiosk.text import Text, same

_SHORTEST_WHOLE = 4
"""Characters of an address that is typed or read from a card whole: a road and a number."""
_CODE = re.compile(r"(?:[0-9]{2,12})?")


class AddressField(FieldType):
    """An address; the value is JSON: the region's code, its names, the rest.

    `["990101", "云水市 山前区", "文化路1号"]`; what a card says and what was typed whole has no region:
    `["", "", "云水市山前区文化路1号"]`.
    """

    longest = 100
    example = "云水市山前区文化路1号"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """The JSON, or an address typed whole."""
        parts = read_json(typed)
        if not _is_address(parts):
            parts = ["", "", typed]
        code, names, rest = parts[0].strip(), one_line(parts[1]), one_line(parts[2])
        if not rest:
            return Refused("field.address_rest")
        if not code and len(rest) < _SHORTEST_WHOLE:
            return Refused("field.address_short")
        if len(rest) > self.longest:
            return Refused("field.text_most", {"most": self.longest, "count": len(rest)})
        return Taken(json.dumps([code, names if code else "", rest], ensure_ascii=False))

    def words(self, value: str, question: Asked) -> Text:
        """The names of the regions, then the rest."""
        _, names, rest = json.loads(value)
        return same(f"{names} {rest}".strip())

    def mask(self, value: str) -> str:
        """The names of the regions only."""
        names: str = json.loads(value)[1]
        return f"{names} {HIDDEN}".strip()


def _is_address(parts: object) -> bool:
    match parts:
        case [str(code), str(), str()]:
            return _CODE.fullmatch(code.strip()) is not None
    return False
