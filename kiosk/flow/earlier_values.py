"""What a person gave in an earlier application and may use again in another one."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.services.question import FieldKind

EarlierValues = Mapping[tuple[str, FieldKind], str]
"""Canonical values by what they are in every service (a question's `reuse`) and their kind."""
