"""Bangban (帮办): the core. Imports neither screens nor voice, and never Textual."""

__version__ = "0.1.0"
