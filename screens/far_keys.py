"""F13 to F20, which keypads send: Linux consoles and xterm tell them as `ESC [ 25 ~` and on (ctlseqs, VT220).

Textual takes what it does not know there for the code of a character: F18 became a space, typed into fields.
"""

from __future__ import annotations

from textual._keyboard_protocol import FUNCTIONAL_KEYS

_TOLD = {25: "f13", 26: "f14", 28: "f15", 29: "f16", 31: "f17", 32: "f18", 33: "f19", 34: "f20"}


def know_far_keys() -> None:
    """From now on they are keys. What Textual knows by itself stays."""
    for number, key in _TOLD.items():
        FUNCTIONAL_KEYS.setdefault(f"{number}~", key)
