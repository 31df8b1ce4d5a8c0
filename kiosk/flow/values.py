"""What conditions and facts can see: the answers on the path, and what was worked out from them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

Value = str | int | Decimal
"""Numbers are int, money is Decimal; all else stands in its canonical form."""

Values = Mapping[str, Value]
"""Known values by field id: answers on the path and facts. A missing id is not known yet."""
