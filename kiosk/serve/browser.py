"""What a browser says of its glass and its font, and the type sizes that follow. Pure.

A browser knows pixels and not millimetres: how many pixels a millimetre has, its page measured once with a
card that somebody laid on the glass. What a browser says is believed within bounds, and decides only how
large things are on itself.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kiosk.display.panel import Panel
from kiosk.display.type_size import Face, Fit, fits
from kiosk.serve.stream import COUNTED, Heard

VARIABLE = "KIOSK_BROWSER"
"""In the environment of `kiosk run`: this screen is a browser's, and which one."""
LINE = 1.345
"""From line to line, as in the other terminals (data/displays/faces.toml)."""
BAR, BAR_GAPS = 36, 4
"""Columns of the five keys below every page, and the gaps between them."""
_MOST = 20_000
_CELLS = 500


class NotABrowser(ValueError):
    """What was said makes no sense; nothing of it is repeated."""


@dataclass(frozen=True, slots=True)
class Browser:
    """The part of the glass that the page has, and its font."""

    across: float
    """Pixels as the page counts them, also where the glass has more."""
    down: float
    per_mm: float
    """Pixels in a millimetre."""
    advance: float
    """Parts of the font's size, as the next two; see `Face`."""
    capital: float
    natural_line: float
    here: bool = False
    """It stands on this box: readers and loudspeaker are beside it."""

    @property
    def panel(self) -> Panel:
        """As the type sizes want it."""
        width, height = self.across / self.per_mm, self.down / self.per_mm
        return Panel("browser", width, height, int(self.across), int(self.down))

    @property
    def face(self) -> Face:
        """No browser sets lines closer than the font has them."""
        line = max(LINE, self.natural_line)
        return Face("browser", self.advance, self.capital, self.natural_line, line, whole=False)

    def offered(self, distance: int) -> tuple[Fit, ...]:
        """The type sizes, from small to large; none where it is too small for any.

        Letters of a browser may be so narrow that a small page has columns enough, and yet no room for the
        keys below it with what stands between them (K19).
        """
        found = fits(self.panel, self.face, distance)
        return tuple(fit for fit in found if fit.columns >= BAR + BAR_GAPS * fit.pitch.gap_columns)

    def told(self) -> str:
        """For the environment of a program."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Window:
    """The grid that the page has made, and its pixels."""

    columns: int
    rows: int
    across: int
    down: int


def browser_told(words: str) -> Browser:
    """As `Browser.told` wrote it. Raises NotABrowser."""
    return _browser(_table(words))


def browser_heard(words: str, *, here: bool) -> Browser:
    """As a page says it when it calls: all but where it stands. Raises NotABrowser."""
    return _browser({**_table(words), "here": here})


def window_heard(words: str) -> Window:
    """As a page says it whenever its window has another size. Raises NotABrowser."""
    return _window(_table(words))


def news_heard(words: str) -> Window | Heard:
    """All that a page may say in a visit: its window, or how far it is with the sound. Raises NotABrowser."""
    table = _table(words)
    if "heard" not in table:
        return _window(table)
    run, count = (int(_between(table, name, 0, COUNTED - 1)) for name in ("run", "heard"))
    return Heard(run, count, table.get("on") is True)


def _window(table: dict[str, object]) -> Window:
    columns, rows = (int(_between(table, name, 1, _CELLS)) for name in ("columns", "rows"))
    across, down = (int(_between(table, name, 1, _MOST)) for name in ("across", "down"))
    return Window(columns, rows, across, down)


def _browser(table: dict[str, object]) -> Browser:
    return Browser(
        across=_between(table, "across", 100, _MOST),
        down=_between(table, "down", 100, _MOST),
        per_mm=_between(table, "per_mm", 1, 40),
        advance=_between(table, "advance", 0.4, 1),
        capital=_between(table, "capital", 0.5, 1),
        natural_line=_between(table, "natural_line", 0.9, 2.5),
        here=table.get("here") is True,
    )


def _table(words: str) -> dict[str, object]:
    try:
        table = json.loads(words)
    except (ValueError, RecursionError):
        raise NotABrowser from None
    if not isinstance(table, dict):
        raise NotABrowser
    return table


def _between(table: dict[str, object], name: str, least: float, most: float) -> float:
    value = table.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise NotABrowser
    return float(value)
