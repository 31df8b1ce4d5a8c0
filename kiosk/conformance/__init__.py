"""What standards ask of a kiosk, row by row, and which tests prove it. Pure but for `load`."""
