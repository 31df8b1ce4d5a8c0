"""A voice that really runs in sherpa-onnx, and says everything as a tone: 0.1 s of it for each half syllable.

The network has eleven nodes: a sine as long as there are tokens, times the slowness that is asked for. It was
written with onnx.helper: x_length -> Cast, Mul (alpha), Mul (1600 samples), Range, Mul, Sin, Mul (0.5) -> y.
"""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

_NETWORK = (
    "eNptkcFu2kAQhr22kZdBgLuQFqRWlXz0yVx6iFRVIlUOVtJDUS9crE2YgBWzdneXBvI0ueZN+jp9g86GILlSfbDW3z/zz+9Z"
    "zs+fQ/gIfF9UqNZ2I/zqLgkvpLFpF3xbT9gT82EMhKEjq2YjqUImwfWuAkFUQtCgFr65O7Ip0JE+y39MImfylqQSArnPSM+S"
    "aPFzh/iI1BI+oq5JzSCoFQqmk853qdYIE2Dkrf+TKAbCwB6E32yOk/tAR3JWSbAolQtnFE3bNsReA0+ISQgpwUywQ9L9ocwx"
    "gwgtDU6HnMVs7n4oDz3v99d0RCCau8g5916fVBB6Sdxib1wZWeScnVCPrNhDHp5f/vmc9p0vZXG+3pf0PfediQuSxyeTU+fy"
    "DNhexDDgkQAIBPvmXlfLd61b6kGX1M6LupxCT9WlwcLcygqph3MmQvA5W45Ol9aGH2DYqi9WO92Wb6bADmIMgsDgOJ6oOyzm"
    "IXhx31Vv6xVWhT00tLpfpTV6CNFtvd2isrRLNFaPgFd0hzu5RhFdbEqFBvUAunK1Km5IuRcsoy5QhWlQ3qM2gs30GHqG1kSp"
    "tLQoOrNPWZb9BSyMiwY="
)
_SIGNS = "_,.!?"
_TOKENS = "ab"


def make_tone_voice(folder: Path, knows: str) -> Path:
    """A folder as its publisher packs one, with these characters in its lexicon."""
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(zlib.decompress(base64.b64decode("".join(_NETWORK))))
    tokens = "".join(f"{sign} {number}\n" for number, sign in enumerate((*_SIGNS, *_TOKENS)))
    (folder / "tokens.txt").write_text(tokens, encoding="utf-8")
    lexicon = "".join(f"{character} a b\n" for character in dict.fromkeys(knows) if character.isalnum())
    (folder / "lexicon.txt").write_text(lexicon, encoding="utf-8")
    (folder / "LICENSE").write_text("For tests only.\n", encoding="utf-8")
    return folder
