"""The morning check of this box: is everything there that a visit needs? In words for staff."""
