"""A character drawn with the finger, and the characters it may be."""
