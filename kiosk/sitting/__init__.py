"""A visit at the kiosk, joined to the store: the pure moves of `kiosk.flow`, and the errands they call for."""
