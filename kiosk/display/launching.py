"""How each terminal is started: full screen, at a type size, with nothing that a visitor could open. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from kiosk.display.panel import Panel
from kiosk.display.type_size import Face, Fit

POINTS_PER_PIXEL = 72 / 96
"""kitty counts in points, at 96 to the inch; `kiosk launch` tells it that the screen has these."""
_ONLY_RESIZE = "1,2,3,4,5,6,7,9,10,11,13,14,18,19,20,21,GetChecksum,SetChecksum,SetXprop,SetWinLines"
"""xterm's window operations without the one that sets its columns and rows."""
_FOOT_KEYS = (
    *("scrollback-up-page", "scrollback-down-page", "clipboard-copy", "clipboard-paste", "primary-paste"),
    *("search-start", "font-increase", "font-decrease", "font-reset", "spawn-terminal", "show-urls-launch"),
    *("prompt-prev", "prompt-next", "unicode-input"),
)
_FOOT_MOUSE = (
    *("select-begin", "select-begin-block", "select-word", "select-word-whitespace", "select-row"),
    *("select-extend", "select-extend-character-wise", "primary-paste"),
)
"""What foot 1.13 lets a keyboard or a mouse do."""

Start = Callable[[Panel, Face, Fit, str, Sequence[str]], list[str]]


def kitty(
    panel: Panel,
    face: Face,
    fit: Fit,
    socket: str,
    program: Sequence[str],
    *,
    version: tuple[int, int] = (0, 26),
) -> list[str]:
    """kitty listens on its own socket only: nothing that is written on the screen commands it.

    Without a socket it obeys nobody.
    """
    stretch = f"{100 * face.stretch:.1f}%"
    height = f"adjust_line_height={stretch}" if version < (0, 27) else f"modify_font=cell_height {stretch}"
    options = [
        f"font_family={face.family}",
        f"font_size={fit.pixels * POINTS_PER_PIXEL:.2f}",
        height,
        f"initial_window_width={panel.across}",
        f"initial_window_height={panel.down}",
        "remember_window_size=no",
        "window_padding_width=0",
        "placement_strategy=top-left",
        "hide_window_decorations=yes",
        "clear_all_shortcuts=yes",
        "clear_all_mouse_actions=yes",
        f"allow_remote_control={'socket-only' if socket else 'no'}",
        "scrollback_lines=0",
        "cursor_blink_interval=0",
        "enable_audio_bell=no",
        "confirm_os_window_close=0",
        "update_check_interval=0",
        "touch_scroll_multiplier=0",
    ]
    told = [word for option in options for word in ("-o", option)]
    return [
        "kitty",
        "--config",
        "NONE",
        "--start-as=fullscreen",
        *(["--listen-on", f"unix:{socket}"] if socket else []),
        *told,
        *program,
    ]


def xterm(
    panel: Panel, face: Face, fit: Fit, socket: str, program: Sequence[str], *, told: bool = True
) -> list[str]:
    """xterm takes a font and a grid from the screen, and nothing else; no menus, no scrolling back.

    Where it is not `told` sizes it takes nothing at all.
    """
    resources = {
        "faceName": f"{face.family}:pixelsize={fit.pixels}",
        "scaleHeight": f"{face.stretch:.3f}",
        "allowFontOps": "true" if told else "false",
        "allowWindowOps": "false",
        "disallowedWindowOps": _ONLY_RESIZE if told else f"8,{_ONLY_RESIZE}",
        "background": "black",
        "foreground": "white",
        "allowTitleOps": "false",
        "internalBorder": "0",
        "borderWidth": "0",
        "scrollBar": "false",
        "saveLines": "0",
        "omitTranslation": "default,popup-menu,fullscreen,scroll-lock,shift-fonts,paging,wheel-mouse",
        "backarrowKey": "false",
        "utf8": "1",
    }
    given = [word for name, value in resources.items() for word in ("-xrm", f"XTerm*{name}: {value}")]
    size = f"{fit.columns}x{fit.rows}+0+0"
    return ["xterm", "-tn", "xterm-256color", *given, "-geometry", size, "-e", *program]


def foot(panel: Panel, face: Face, fit: Fit, socket: str, program: Sequence[str]) -> list[str]:
    """foot, for Wayland, has keys for many things and no control code for any of them."""
    options = [
        "dpi-aware=yes",
        f"line-height={round(fit.pixels * face.line)}px",
        "pad=0x0",
        "locked-title=yes",
        "initial-window-mode=fullscreen",
        "resize-delay-ms=0",
        "bell.urgent=no",
        "scrollback.lines=0",
        "cursor.blink=no",
        "csd.preferred=none",
        "colors.background=000000",
        "colors.foreground=ffffff",
        *(f"key-bindings.{action}=none" for action in _FOOT_KEYS),
        *(f"mouse-bindings.{action}=none" for action in _FOOT_MOUSE),
    ]
    given = [f"--override={option}" for option in options]
    font = f"--font={face.family}:pixelsize={fit.pixels}"
    return ["foot", "--config=/dev/null", "--log-level=error", "--log-no-syslog", font, *given, *program]


STARTS: dict[str, Start] = {"kitty": kitty, "xterm": xterm}
"""Those that are told a size while they run, in the order in which they are looked for."""
FALLS_WHEN_TOLD = frozenset({"xterm"})
"""Better started anew than told: xterm 379 (Debian 12) falls now and then when its font is changed while keys
pour in, and the visit ends with it."""
RESTARTS: dict[str, Start] = {"kitty": kitty, "xterm": partial(xterm, told=False), "foot": foot}
"""Those that are started anew for another size; the socket is not theirs and stays empty."""
