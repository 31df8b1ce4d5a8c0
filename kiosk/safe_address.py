"""Where numbers of people may be sent: over TLS anywhere, in the open only on this very machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit


def is_safe(url: str) -> bool:
    """Whether they may go there. A name and password belong into no address."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts))


def _is_here(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
