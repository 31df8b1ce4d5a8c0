"""Lines are broken on a screen as they are on paper: `kiosk.line_break`."""

from kiosk.line_break import break_lines, fit

__all__ = ["break_lines", "fit"]
