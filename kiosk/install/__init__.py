"""Makes a kiosk of a Debian machine: what is to be done as values, then done, and taken back again."""
