"""The resident ID card module (SAM_V / SDT)."""
