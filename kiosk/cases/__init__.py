"""Cases, pure: states and moves, what was submitted, the working calendar, due dates, numbers."""
