"""Fair timing: two things in turn, and the median of the ratios pair by pair."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple


class Pair(NamedTuple):
    """Seconds of ours and theirs (medians), and the median of ours ÷ theirs."""

    ours: float
    theirs: float
    ratio: float


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes, in seconds."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def compare(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> Pair:
    """Time both in turn, after one round that does not count."""
    ours()
    theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return Pair(median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs))


def process(command: Sequence[str], accept: tuple[int, ...] = (0,)) -> Callable[[], object]:
    """A call that runs a whole process and throws its output away."""

    def run() -> None:
        ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if ran.returncode not in accept:
            raise RuntimeError(f"{' '.join(command)} exited {ran.returncode}: {ran.stderr.decode()[:400]}")

    return run
