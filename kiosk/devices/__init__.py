"""Devices on a serial line: one folder a protocol, all of the same shape (see `line`)."""
