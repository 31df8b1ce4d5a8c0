"""Editions: service files or the working calendar, published under one signature and kept as a whole."""
