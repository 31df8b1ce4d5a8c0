"""Documents on paper: as plain text of any width, as A4 in large type, and out of a printer."""
