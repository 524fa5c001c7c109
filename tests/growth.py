"""How the cost of work grows with its size, told from one run on whatever machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

NO_TIME = 0.02
"""Seconds below which a measurement says nothing."""


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The processor seconds that `work` takes, the least of so many runs, without collecting garbage."""
    return min(_once(work) for _ in range(times))


def assert_linear(work: Callable[[int], object], many: int, hang: float = 120) -> None:
    """`work(many)` costs about ten times `work(many // 10)`, and never `hang` seconds.

    Work that grows with the square costs a hundred times as much; the bound lies between the two, so
    that caches and a busy machine do not matter.
    """
    few = max(NO_TIME, seconds(lambda: work(many // 10), times=2))
    took = seconds(lambda: work(many))
    assert took < 30 * few, f"ten times as much takes {took / few:.0f} times as long ({took:.1f} s)"
    assert took < hang, f"{took:.0f} s"


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()
