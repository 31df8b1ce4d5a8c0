"""Pages: from a visit to what it shows and says."""
