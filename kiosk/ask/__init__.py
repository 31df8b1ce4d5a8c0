"""Answers to questions (问): a search over the guides and questions that the centre has written."""
