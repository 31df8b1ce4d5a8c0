"""The statements on keys and who holds them."""

from __future__ import annotations

PROTECT_ALL = "UPDATE centre_key SET protected = 1 WHERE protected = 0"
"""In the commit that gives their private halves to staff."""

HOLDERS = "SELECT key_id, holder FROM key_share"

SHARES_OF = "SELECT key_id, sealed FROM key_share WHERE holder = ?"

KEEP_SHARE = """
INSERT INTO key_share (key_id, holder, sealed) VALUES (?, ?, ?)
ON CONFLICT (key_id, holder) DO UPDATE SET sealed = excluded.sealed
"""

DROP_SHARES = "DELETE FROM key_share WHERE holder = ?"

STAFF_KEYS = "SELECT account, public, salt, stretch, token, wrapped FROM staff_key ORDER BY account"

KEEP_STAFF_KEY = """
INSERT INTO staff_key (account, public, salt, stretch, token, wrapped, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account) DO UPDATE SET public = excluded.public, salt = excluded.salt,
  stretch = excluded.stretch, token = excluded.token, wrapped = excluded.wrapped, made_at = excluded.made_at
"""

DROP_STAFF_KEY = "DELETE FROM staff_key WHERE account = ?"

RECOVERY_KEY = "SELECT public FROM recovery"

KEEP_RECOVERY = """
INSERT INTO recovery (one, public, made_at) VALUES (1, ?, ?)
ON CONFLICT (one) DO UPDATE SET public = excluded.public, made_at = excluded.made_at
"""
