"""The identity card: bytes from the reader to a Card, and numbers to verdicts."""
