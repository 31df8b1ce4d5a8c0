"""What became of the sittings of old people, in figures: nothing that anybody said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.robots.persona import Persona


@dataclass
class Sitting:
    """What became of one sitting, without a word of what was said in it."""

    persona: Persona
    handed_in: bool = False
    gave_up: bool = False
    steps: int = 0
    mishaps: Counter[str] = field(default_factory=Counter)
    stuck_at: str = ""
    pages: Counter[str] = field(default_factory=Counter)


def table(sittings: list[Sitting]) -> str:
    """How it went, in figures: nothing that anybody said."""
    steps = sorted(one.steps for one in sittings)
    done = sum(one.handed_in for one in sittings)
    mishaps: Counter[str] = Counter()
    stuck: Counter[str] = Counter()
    for one in sittings:
        mishaps += one.mishaps
        stuck.update([one.stuck_at] if one.stuck_at else [])
        most = one.pages.most_common(1)
        if most and most[0][1] > 4:
            stuck.update([most[0][0]])
    lines = [
        f"sittings {len(sittings)}, handed in {done} ({done / max(len(sittings), 1):.0%})",
        f"steps: half of them at most {steps[len(steps) // 2]}, the most {steps[-1]}",
        "mishaps: " + ", ".join(f"{name} {count}" for name, count in mishaps.most_common()),
        "where they stay longest: " + ", ".join(f"{name} {count}" for name, count in stuck.most_common(8)),
    ]
    return "\n".join(lines)
