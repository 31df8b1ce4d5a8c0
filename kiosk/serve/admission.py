"""Who is let in: browsers that a helper has brought in with the address that this box wrote down.

The token stands in a file for this account alone. A browser shows it once, in the address, and from then on
as a cookie that no script can read and that is sent to this box only.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

COOKIE = "bangban"
ENTER = "/enter/"
_FILE = "browser-token"
_FORM = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR = 365 * 24 * 60 * 60


def token_of(state: Path, *, anew: bool = False) -> str:
    """The token of this box, made where there is none yet or, `anew`, another one. Raises OSError."""
    path = state / _FILE
    if not anew and path.exists() and _FORM.fullmatch(kept := path.read_text("ascii").strip()):
        return kept
    token = secrets.token_urlsafe(32)
    write_for_us_alone(path, token + "\n")
    return token


def write_for_us_alone(path: Path, words: str) -> None:
    """A file that no other account reads, whole or as it was. Raises OSError."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        written.write(words)
    beside.replace(path)


def enters(path: str, token: str) -> bool:
    """Is this the address that a helper was given?"""
    return path.startswith(ENTER) and _same(path.removeprefix(ENTER), token)


def is_admitted(cookies: str, token: str) -> bool:
    """Has this browser been brought in, by what it sends as `Cookie`?"""
    try:
        shown = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return False
    return shown is not None and _same(shown.value, token)


def from_our_page(origin: str, host: str) -> bool:
    """Was the connection opened by a page of this box, and not by one that lies somewhere else?"""
    return bool(host) and urlsplit(origin).netloc == host


def cookie(token: str, *, encrypted: bool) -> str:
    """The line that brings a browser in, for a year."""
    secure = "; Secure" if encrypted else ""
    return f"{COOKIE}={token}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Strict{secure}"


def _same(shown: str, token: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "replace"), token.encode())
