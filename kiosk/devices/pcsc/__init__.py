"""Social security cards in a PC/SC reader: an optional extra."""
