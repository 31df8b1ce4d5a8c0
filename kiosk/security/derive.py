"""Keys from keys: HKDF with SHA-256 (RFC 5869), one purpose each.

Out of the standard library, because the file's key is needed before the first page and the large
cryptography library would cost as much time as that page.
"""

from __future__ import annotations

import hmac

BLOCK = 32


def derived(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """32 bytes that say nothing of `secret`, nor of what is derived from it for another purpose."""
    drawn = hmac.digest(salt or bytes(BLOCK), secret, "sha256")
    return hmac.digest(drawn, f"bangban {purpose}".encode() + b"\x01", "sha256")
