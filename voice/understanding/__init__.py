"""What somebody said, on this page: words and an expectation in, an answer out. Pure.

expectation(page, language)         what may be answered here
grammar(expected, pack)             what the recogniser listens for, with decoys
understand(heard, expected, pack)   what was meant
"""

from voice.understanding.digit_words import digits_said
from voice.understanding.expect import Expectation, Option, Wanted, expectation
from voice.understanding.grammar import grammar
from voice.understanding.pack import Pack, PackFault, load_pack
from voice.understanding.understand import understand

__all__ = [
    "Expectation", "Option", "Pack", "PackFault", "Wanted", "digits_said", "expectation", "grammar",
    "load_pack", "understand",
]  # fmt: skip
