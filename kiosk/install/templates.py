"""Templates with their values filled in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"@([a-z_][a-z0-9_]*)@")
_SAFE = re.compile(r"[A-Za-z0-9/._:+-]*\Z")


class TemplateFault(ValueError):
    """A template asks for a value that there is none for."""


class NotPlain(ValueError):
    """A value that would mean something else in a unit, a rule or a script; the message is its name."""


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each @name@ replaced. Raises TemplateFault for a name that has no value."""

    def value(place: re.Match[str]) -> str:
        if place[1] not in values:
            raise TemplateFault(place[1])
        return values[place[1]]

    return _PLACE.sub(value, template)


def plain(values: Mapping[str, str]) -> Mapping[str, str]:
    """The same values: each means itself wherever it is put, without quotes. Raises NotPlain."""
    for name, value in values.items():
        if not value or not _SAFE.match(value):
            raise NotPlain(name)
    return values
