"""Keypads whose keys mean something else than the table says: `data/keypads`, or a file of the site."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from kiosk.config import ConfigFault
from kiosk.paths import data_dir
from screens.keys import Act

PLAIN = "plain"
"""Every key means what the table says."""
Keypad = Mapping[str, Act]
_LINE = re.compile(r"at line (\d+)")
_EXAMPLE = 'f13 = "help"'


def load_keypad(name: str) -> Keypad:
    """A keypad by its name, or by the path of a file. Raises ConfigFault, which says where and what to do."""
    if name == PLAIN:
        return {}
    path = Path(name) if name.endswith(".toml") else data_dir() / "keypads" / f"{name}.toml"
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        shipped = ", ".join(sorted(one.stem for one in (data_dir() / "keypads").glob("*.toml")))
        raise ConfigFault(
            f"keys.keypad: {path.name} cannot be read; "
            f"it is {PLAIN}, {shipped}, or the path of a file that ends in .toml"
        ) from None
    try:
        document = tomllib.loads(source)
    except (ValueError, RecursionError) as fault:
        found = _LINE.search(str(fault))
        place = f"{path.name}:{found[1] if found else len(source.splitlines())}"
        raise ConfigFault(f"{place}: cannot be read; write key and meaning, as {_EXAMPLE}") from None
    return _keys_of(document.get("keys"), path.name, source)


def written_keypad(keypad: Keypad) -> str:
    """The file that `load_keypad` reads."""
    lines = (f'"{key}" = "{act}"' for key, act in keypad.items())
    return "\n".join(["# Learned by kiosk keypad learn: what these keys mean here.", "[keys]", *lines, ""])


def _keys_of(table: object, file: str, source: str) -> Keypad:
    if not isinstance(table, dict) or not table:
        raise ConfigFault(f"{file}: has no keys; write a line [keys], and below it lines as {_EXAMPLE}")
    keypad: dict[str, Act] = {}
    known = _names_of_keys()
    for key, meaning in table.items():
        if key not in known:
            raise ConfigFault(
                f"{_place(file, source, key)}: is no key; kiosk keypad learn finds out what a key is called"
            )
        if not isinstance(meaning, str) or meaning not in set(Act):
            raise ConfigFault(f"{_place(file, source, key)}: is one of {', '.join(Act)}")
        keypad[key] = Act(meaning)
    return keypad


def _place(file: str, source: str, key: str) -> str:
    from kiosk.services.positions import PositionIndex

    return f"{file}:{PositionIndex(source).find(('keys', key)).line} keys.{key}"


def _names_of_keys() -> frozenset[str]:
    """All that `act_of` can be asked about: letters are small there."""
    from textual.keys import Keys, _character_to_key

    typed = {_character_to_key(chr(code)).lower() for code in range(ord(" "), 0x7F)}
    return frozenset(typed | {key.value.lower() for key in Keys})
