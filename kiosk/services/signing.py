"""The sign-off of a service: somebody has read it, and it is still what they read. Pure."""

from __future__ import annotations

import hashlib
import json

from kiosk.services.model import Service

_NOT_CONTENT = {"status", "checked", "story"}
"""What may change without another look: whether it is live, the sign-off itself, the sample people."""


def digest(service: Service) -> str:
    """SHA-256 over all that a person may meet, shared blocks included."""
    content = service.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_NOT_CONTENT)
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def signed_off(service: Service) -> bool:
    """Does the sign-off hold for what the file says now?"""
    return service.checked is not None and service.checked.digest == digest(service)
