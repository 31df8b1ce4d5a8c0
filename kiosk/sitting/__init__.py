"""A visit at the kiosk: the pure moves of `kiosk.flow`, and their errands done in the store."""
