"""A number as a code that phones read: its squares, for paper and for a screen of characters."""

from __future__ import annotations

QUIET = 4
"""Light squares around a code; without them a phone does not find it (ISO/IEC 18004)."""
_HALVES = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}
"""What is drawn is the light: the page behind stays dark, whichever signs a terminal has."""


def modules(words: str) -> list[list[bool]]:
    """Rows of squares, the quiet zone included; True is dark."""
    from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]
    from qrcode.main import QRCode  # type: ignore[import-untyped]

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(words)
    code.make(fit=True)
    return [[bool(square) for square in row] for row in code.get_matrix()]


def on_screen(words: str) -> list[str]:
    """The code in half blocks, two rows of squares a line: to be drawn in white on black, in any theme."""
    rows = modules(words)
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
