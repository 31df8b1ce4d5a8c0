"""What residents and staff see: Textual draws pages here. No rule of the service lives in this package."""
