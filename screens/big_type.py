"""Large letters and digits from half blocks, for the ticket that is to be seen from far. Pure.

Our own 5 x 7 design, a row of bits each; two rows of points share a row of cells, so a word is
four rows high and six columns a sign.
"""

from __future__ import annotations

ROWS = 4
COLUMNS = 6
_POINTS_ACROSS = 5

_SHAPES = {
    "0": "0E11131519110E", "1": "040C040404040E", "2": "0E11010204081F", "3": "1F02040201110E",
    "4": "02060A121F0202", "5": "1F101E0101110E", "6": "0608101E11110E", "7": "1F010204080808",
    "8": "0E11110E11110E", "9": "0E11110F01020C", "A": "0E11111F111111", "B": "1E11111E11111E",
    "C": "0E11101010110E", "D": "1C12111111121C", "E": "1F10101E10101F", "F": "1F10101E101010",
    "G": "0E11101711110F", "H": "1111111F111111", "J": "0702020202120C", "K": "11121418141211",
    "L": "1010101010101F", "M": "111B1515111111", "N": "11111915131111", "P": "1E11111E101010",
    "Q": "0E11111115120D", "R": "1E11111E141211", "S": "0F10100E01011E", "T": "1F040404040404",
    "U": "1111111111110E", "V": "11111111110A04", "W": "1111111515150A", "X": "11110A040A1111",
    "Y": "1111110A040404", "Z": "1F01020408101F", "-": "0000001F000000", " ": "00000000000000",
}  # fmt: skip
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def big_lines(words: str) -> list[str] | None:
    """The words in ROWS lines; None where a sign has no large shape (then they are shown plain)."""
    if not words or any(sign not in _SHAPES for sign in words):
        return None
    shapes = [bytes.fromhex(_SHAPES[sign]) + b"\0" for sign in words]
    return [" ".join(_cells(shape[2 * row], shape[2 * row + 1]) for shape in shapes) for row in range(ROWS)]


def _cells(upper: int, lower: int) -> str:
    bits = [1 << place for place in reversed(range(_POINTS_ACROSS))]
    return "".join(_BLOCKS[bool(upper & bit), bool(lower & bit)] for bit in bits)
