"""Bytes to events, one module a protocol: `feed(bytes) -> list[Event]`, `idle() -> list[Event]`."""
