"""QR and barcode engines."""
