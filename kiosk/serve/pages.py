"""What lies at each path, and the headers that keep it to itself: nothing from elsewhere, nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from string import Template

from kiosk.catalogue import load_catalogue
from kiosk.paths import data_file
from kiosk.serve.admission import ENTER, cookie, enters, is_admitted
from kiosk.text import LANGUAGES

SITTING = "/sitting"
"""Where a page opens its connection."""
MEASURE = "/?measure"
"""Where a browser that has just been brought in is measured."""
HEADERS = {
    # xterm.js writes its colours into style elements of its own: styles may stand in the page, scripts never.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
_FOR_ANYBODY = "/glass.css"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a browser."""

    status: int
    kind: str = "text/html"
    body: bytes = b""
    more: tuple[tuple[str, str], ...] = ()
    """Headers besides HEADERS."""


class Pages:
    """All of them, read once before the first browser comes."""

    def __init__(self, token: str, *, encrypted: bool = False, width: float = 0, sound: bool = False) -> None:
        """`encrypted`: browsers come by HTTPS. `width`: millimetres of this box's own screen, where the
        browser is the one on it; 0: each browser is measured. `sound`: pages sound, and ask for the touch
        without which no browser lets them.
        """
        self._token, self._encrypted = token, encrypted
        told = f"{width:.1f}" if width else ""
        self._files = {
            "/": ("html", _filled("index.html", _texts(width=told, sound="on" if sound else ""))),
            **{f"/{name}": (name.rpartition(".")[2], _file(name)) for name in _STATIC},
            **{f"/{name}": (name.rpartition(".")[2], _file(f"{name}.gz")) for name in _PACKED},
        }
        texts = _texts()
        self._closed = _filled("door.html", _said(texts, "closed", "closed_how"))
        self._missing = _filled("door.html", _said(texts, "missing", "closed_how"))

    def admits(self, cookies: str) -> bool:
        """Has this browser been brought in?"""
        return is_admitted(cookies, self._token)

    def answer(self, method: str, path: str, cookies: str) -> Answer:
        """What a browser gets that asks for this path, with what it sent as `Cookie`."""
        plain = path.partition("?")[0]
        if method != "GET":
            return Answer(405, more=(("Allow", "GET"),))
        if plain.startswith(ENTER) and enters(plain, self._token):
            let_in = ("Set-Cookie", cookie(self._token, encrypted=self._encrypted))
            return Answer(303, more=(("Location", MEASURE), let_in))
        if plain != _FOR_ANYBODY and not self.admits(cookies):
            return Answer(403, body=self._closed)
        if plain not in self._files:
            return Answer(404, body=self._missing)
        kind, body = self._files[plain]
        packed = (("Content-Encoding", "gzip"),) if plain.removeprefix("/") in _PACKED else ()
        return Answer(200, _TYPES[kind], body, packed)


_TEXTS = (
    *("tablet.title", "tablet.touch", "tablet.touch_how", "tablet.wait", "tablet.full", "tablet.small"),
    *("tablet.measure", "tablet.measure_how", "tablet.smaller", "tablet.larger", "tablet.same"),
    *("tablet.closed", "tablet.closed_how", "tablet.missing"),
)
_STATIC = ("glass.css", "glass.js", "loudspeaker.js")
_PACKED = ("xterm.css", "xterm.js")
"""As they were published, but for `gzip -9n`; they go to the browser as they lie there."""


def _file(name: str) -> bytes:
    return data_file(f"serve/{name}").read_bytes()


def _filled(name: str, words: Mapping[str, str]) -> bytes:
    return Template(_file(name).decode()).substitute(words).encode()


def _texts(**more: str) -> dict[str, str]:
    """Every text in each language, by the name that a page has for it."""
    texts = load_catalogue("browser")
    shown = {
        f"{key.partition('.')[2]}_{language}": escape(texts[key].show(language))
        for key in _TEXTS
        for language in LANGUAGES
    }
    return {**shown, **more}


def _said(texts: Mapping[str, str], first: str, then: str) -> dict[str, str]:
    told = {
        f"{place}_{one}": texts[f"{key}_{one}"]
        for place, key in (("first", first), ("then", then))
        for one in LANGUAGES
    }
    return {**texts, **told}
