"""A speaking process without a voice: it writes down what it is asked to say, and says that it has said it.

python scribe.py FILE
"""

import os
import sys
from pathlib import Path

from voice.messages import Beat, Device, Ended, Ready, Say, Started, from_line, to_line


def main() -> None:
    with Path(sys.argv[1]).open("a", encoding="utf-8") as book:
        tell(Ready(["scribe"]), Device("the hall"))
        for line in sys.stdin.buffer:
            order = from_line(line)
            if isinstance(order, Say):
                print(order.text, file=book, flush=True)
                tell(Started(order.number), Ended(order.number, True))
            tell(Beat(0, False, 60.0))


def tell(*reports: Ready | Device | Beat | Started | Ended) -> None:
    os.write(1, b"".join(map(to_line, reports)))


main()
