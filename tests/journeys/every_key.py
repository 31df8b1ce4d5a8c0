"""Everything that a keyboard, a mouse or the terminal itself can send to a program, as tables."""

from __future__ import annotations

import random

MODIFIERS = range(1, 17)
"""Of the keys: one more than the sum of shift 1, alt 2, ctrl 4, super 8."""
ALL_MODIFIERS = (*MODIFIERS, 17, 33, 65, 129, 256)
"""With hyper, meta, caps lock and num lock, and all at once."""
CONTROL = [bytes([code]) for code in (*range(32), *range(127, 160))]
ALT = [b"\x1b" + bytes([code]) for code in range(1, 128) if code not in b"[OPX]^_"]
CURSOR = [
    *(b"\x1bO" + bytes([letter]) for letter in b"ABCDEFHIMPQRSXjklmnopqrstuvwxy"),
    *(b"\x1b[" + bytes([letter]) for letter in b"ABCDEFHPQSZ"),
    *(b"\x1b[1;%d%c" % (modifier, letter) for modifier in ALL_MODIFIERS for letter in b"ABCDEFHPQRS"),
]
"""Arrows, Home, End, F1 to F4 and the number pad, with every modifier."""
TILDE = [
    *(b"\x1b[%d~" % code for code in range(1, 60) if code != 27),
    *(b"\x1b[%d;%d~" % (code, modifier) for code in range(1, 35) for modifier in ALL_MODIFIERS if code != 27),
    *(b"\x1b[%d%c" % (code, mark) for code in range(1, 35) for mark in b"^$@"),
    *(b"\x1b[[%c" % letter for letter in b"ABCDE"),
]
"""Insert, Delete, the pages and F5 to F20, as xterm, rxvt and the Linux console have them."""
_PLAIN = (*range(1, 32), *range(32, 127), 127, 0x20AC, 0x6C38)
KITTY = [
    *(b"\x1b[%d;%du" % (code, modifier) for code in _PLAIN for modifier in MODIFIERS),
    *(
        b"\x1b[%d;%d:%du" % (code, modifier, kind)
        for code in range(57_344, 57_455)
        for modifier in (1, 5, 16)
        for kind in (1, 2, 3)
    ),
    *(b"\x1b[%d;%du" % (code, modifier) for code in range(57_376, 57_399) for modifier in ALL_MODIFIERS),
    *(b"\x1b[97:65:99;%d;97u" % modifier for modifier in ALL_MODIFIERS),
]
"""As its own protocol has them: every key with every modifier, F13 to F35, media keys, modifiers alone."""
XTERM_OTHER = [b"\x1b[27;%d;%d~" % (modifier, code) for code in _PLAIN for modifier in MODIFIERS]
"""modifyOtherKeys."""
MOUSE = [
    *(
        b"\x1b[<%d;%d;%d%c" % (button + modifier + moved, x, y, end)
        for button in (0, 1, 2, 3, 64, 65, 66, 67, 128, 129, 130, 131)
        for modifier in (0, 4, 8, 16, 28)
        for moved in (0, 32)
        for x, y in ((1, 1), (40, 12), (80, 24))
        for end in b"Mm"
    ),
    *(
        b"\x1b[<0;99999;99999M",
        b"\x1b[<-1;0;0M",
        b"\x1b[<;;M",
        b"\x1b[M !!",
        b"\x1b[M\xff\xff\xff",
        b"\x1b[32;1;1M",
    ),
]
"""Buttons 1 to 11 with every modifier, pressed, let go and drawn along; broken ones, and older ways."""
TERMINAL = [
    *(b"\x1b[I", b"\x1b[O", b"\x1b[24;80R", b"\x1b[?1;1;1R", b"\x1b[0n", b"\x1b[3n", b"\x1b[?997;1n"),
    *(b"\x1b[?62;22c", b"\x1b[>41;330;0c", b"\x1b[?1;2c", b"\x1b[?0u", b"\x1b[?31u", b"\x1b[4;600;800t"),
    *(b"\x1b[?%d;%d$y" % (mode, state) for mode in (1016, 2004, 2026, 2048) for state in range(5)),
    *(
        b"\x1b[8;24;80t",
        b"\x1b[6;20;10t",
        b"\x1b[1t",
        b"\x1b[2t",
        b"\x1b]Ltitle\x1b\\",
        b"\x1b]lrm -rf\x1b\\",
    ),
    *(b"\x1b]10;rgb:ffff/ffff/ffff\x07", b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1b]4;1;rgb:aa/00/00\x07"),
    *(b"\x1b]52;c;cm0gLXJmIH4=\x07", b"\x1b]8;;file:///etc/passwd\x1b\\", b"\x1b]99;i=1;yes\x1b\\"),
    *(
        b"\x1bP>|kitty(0.35.0)\x1b\\",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1bP0+r\x1b\\",
        b"\x1bP1$r0m\x1b\\",
    ),
    *(b"\x1bP!|00000000\x1b\\", b"\x1b_Gi=31;OK\x1b\\", b"\x1b^private\x1b\\", b"\x1bXstring\x1b\\"),
]
"""What it tells by itself or answers: focus, places, colours, clipboard, names, versions, pictures."""
PASTE = b"\x1b[200~" + ("你a\x1b[31m\x07\r\n\x00" * 1500).encode()[:10_000] + b"\x1b[201~"
BROKEN = [
    *(b"\x1b[", b"\x1b[<", b"\x1b]0;", b"\x1bP", b"\x1b_", b"\xff\xfe", "永".encode()[:2]),
    *(b"\x1b[" + b"9" * 500 + b"u", b"\x1b[" + b"1;" * 300 + b"u", b"\x1b[1114112;5u", b"\x1b[55296;1u"),
    *(b"\x1b[200~\x1b[200~twice\x1b[201~", b"\x1b[201~", b"\x1b[200~never closed"),
]
LETS_GO = b"\x1b[201~\x07\x1b\\"
"""What ends a paste or a string that was never closed."""
TABLES = {
    "control": CONTROL,
    "alt": ALT,
    "cursor": CURSOR,
    "tilde": TILDE,
    "kitty": KITTY,
    "xterm": XTERM_OTHER,
    "mouse": MOUSE,
    "terminal": TERMINAL,
    "paste": [PASTE],
    "broken": [*BROKEN, LETS_GO],
}


_AT_ONCE = 97


def storm(seed: int, length: int = 20_000) -> list[bytes]:
    """Bytes at random, half of them from what escape sequences are made of."""
    chance = random.Random(seed)
    likely = b"\x1b\x1b\x1b[[]OP<?;;:0123456789ABCDHMRu~mMt\x07\\"
    drawn = bytes(
        chance.choice(likely) if chance.random() < 0.5 else chance.randrange(256) for _ in range(length)
    )
    return [*(drawn[at : at + _AT_ONCE] for at in range(0, length, _AT_ONCE)), LETS_GO]
