"""From a plan on which the two readings part to the smallest that shows it.

python -m oracle.shrink 1234        (in tests/)
"""

from __future__ import annotations

import sys

from oracle.compare import first_difference, plan_of
from oracle.plans import make_text


def shrink(text: str, seed: int) -> str:
    """Fewer and shorter lines, as long as the two part on the same thing."""
    wanted = _kind(text, seed)
    changed = True
    while changed:
        changed = False
        lines = text.split("\n")
        for size in (8, 4, 2, 1):
            place = 0
            while place < len(lines):
                fewer = lines[:place] + lines[place + size :]
                if _kind("\n".join(fewer), seed) == wanted:
                    lines, changed = fewer, True
                else:
                    place += 1
        for place, line in enumerate(lines):
            for shorter in _shorter(line):
                trial = [*lines[:place], shorter, *lines[place + 1 :]]
                if _kind("\n".join(trial), seed) == wanted:
                    lines[place], changed = shorter, True
                    break
        text = "\n".join(lines)
    return text


def _shorter(line: str) -> list[str]:
    """The line without one of its ends or its middles."""
    words = line.split(" ")
    found = [
        " ".join(words[:i] + words[j:]) for j in range(len(words), 2, -1) for i in range(max(j - 6, 2), j)
    ]
    return sorted(set(found), key=len)


def _kind(text: str, seed: int) -> str | None:
    plan = plan_of(text)
    if plan is None:
        return None
    try:
        parted = first_difference(plan, seed)
    except (ValueError, StopIteration, KeyError, IndexError):  # no front door is left, for one
        return None
    return parted.split(": ")[1] if parted else None


if __name__ == "__main__":
    chosen = int(sys.argv[1])
    small = shrink(make_text(chosen), chosen)
    print(small)
    plan_left = plan_of(small)
    assert plan_left is not None
    print(first_difference(plan_left, chosen))
