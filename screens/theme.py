"""Our own colours: four modes, contrast computed by a test over every pair in use (K17).

Textual's own themes fail the standards for people with low vision, so none of them is used.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual.theme import Theme

from screens.spans import Look

_PAIR_OF = {Look.STRONG: "text", Look.CHOICE: "bar"}
"""Looks that have no pair of their own."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The pairs a screen may use. Each pair is text on its ground."""

    name: str
    text: str
    ground: str
    quiet: str
    """Less important text on the ground: still within the contract."""
    bar_text: str
    bar_ground: str
    focus_text: str
    focus_ground: str
    """The focused item: inverse, beside its two-column mark."""
    alert_text: str
    alert_ground: str

    def pairs(self) -> dict[str, tuple[str, str]]:
        """Every pair that is drawn, by name."""
        return {
            "text": (self.text, self.ground),
            "quiet": (self.quiet, self.ground),
            "bar": (self.bar_text, self.bar_ground),
            "focus": (self.focus_text, self.focus_ground),
            "alert": (self.alert_text, self.alert_ground),
            "caret": (self.focus_ground, self.focus_text),
            "mark": (self.ground, self.quiet),
        }

    def style(self, look: Look) -> Style:
        """How a look is drawn."""
        text, ground = self.pairs()[_PAIR_OF.get(look, str(look))]
        bold = look in (Look.STRONG, Look.FOCUS)
        # A terminal without colours still underlines.
        return Style(color=text, bgcolor=ground, bold=bold, underline=look is Look.MARK)

    def theme(self) -> Theme:
        """As Textual wants it; the app's style sheet uses only these variables."""
        return Theme(
            name=self.name,
            primary=self.focus_ground,
            foreground=self.text,
            background=self.ground,
            surface=self.ground,
            panel=self.bar_ground,
            error=self.alert_ground,
            dark=True,
            variables={
                "quiet": self.quiet,
                "bar-text": self.bar_text,
                "bar-ground": self.bar_ground,
                "focus-text": self.focus_text,
                "focus-ground": self.focus_ground,
                "alert-text": self.alert_text,
                "alert-ground": self.alert_ground,
            },
        )


DARK = Palette(
    name="dark",
    text="#FFFFFF",
    ground="#000000",
    quiet="#D0D0D0",
    bar_text="#FFFFFF",
    bar_ground="#00254D",
    focus_text="#000000",
    focus_ground="#FFD800",
    alert_text="#000000",
    alert_ground="#FFB0A0",
)
LIGHT = Palette(
    name="light",
    text="#000000",
    ground="#FFFFFF",
    quiet="#303030",
    bar_text="#000000",
    bar_ground="#DDE6F0",
    focus_text="#FFFFFF",
    focus_ground="#002F6C",
    alert_text="#FFFFFF",
    alert_ground="#6E0000",
)
YELLOW = Palette(
    name="yellow",
    text="#FFFF00",
    ground="#000000",
    quiet="#E6E600",
    bar_text="#FFFF00",
    bar_ground="#1A1A00",
    focus_text="#000000",
    focus_ground="#FFFF00",
    alert_text="#000000",
    alert_ground="#FFFFFF",
)
CALM = Palette(
    name="calm",
    text="#B9B3A5",
    ground="#2E2C28",
    quiet="#A59F92",
    bar_text="#B9B3A5",
    bar_ground="#262420",
    focus_text="#2E2C28",
    focus_ground="#B5A77E",
    alert_text="#2E2C28",
    alert_ground="#BF9E8E",
)

PALETTES = (DARK, LIGHT, YELLOW, CALM)
"""In the order of the colours key. The last is the low-glare one (4.6 to 8 : 1)."""

UNLIT = Style(color="#000000", bgcolor="#000000")
"""The picture is off."""


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
