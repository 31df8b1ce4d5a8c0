"""What can be wrong with the files of words."""


class PackFault(ValueError):
    """A file of words that cannot be used: which one, and what is wrong in it."""
