"""A listening process that plays a part: `python puppet.py PARTS DEVICE`, PARTS a JSON list.

One part for each question. A list of texts: that was said. "nobody": nobody spoke. "speaking": somebody
speaks until the microphone is shut; "speaking silently": nobody does. "late": somebody does, and the answer
comes after it was shut. "die", "hang".
"""

from __future__ import annotations

import json
import sys

from voice.listening.messages import (
    Answer,
    Beat,
    Device,
    Hush,
    Level,
    Listen,
    Opened,
    Prepare,
    Ready,
    Report,
    Shut,
    from_line,
    to_line,
)


def tell(*reports: Report) -> None:
    for report in reports:
        sys.stdout.buffer.write(to_line(report))
    sys.stdout.buffer.flush()


def play(part: str | list[str], number: int) -> None:
    tell(Opened(number), Level(0.5))
    if isinstance(part, list):
        tell(Answer(number, part))
    elif part == "nobody":
        tell(Answer(number, [], silent=True))
    elif part == "die":
        sys.exit(1)
    elif part == "hang":
        sys.stdin.buffer.read()


def main() -> None:
    parts = json.loads(sys.argv[1])
    part: str | list[str] = "nobody"
    number = 0
    tell(Device("puppet"))
    for line in sys.stdin.buffer:
        order = from_line(line)
        tell(Beat(number, False, 5.0))
        match order:
            case Prepare(language=language):
                tell(Ready(language))
            case Listen():
                number, part = order.number, parts.pop(0)
                play(part, number)
            case Hush(take=True) if part == "speaking silently":
                tell(Answer(number, [], silent=True))
            case Hush(take=take) if part in ("speaking", "late"):
                tell(Answer(number, ["네"]) if take or part == "late" else Shut(number))
                part = "nobody"


main()
