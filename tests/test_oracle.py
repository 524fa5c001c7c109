"""The core against a second, slow reading of the meaning of time: made-up plans, lived side by side."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from oracle.compare import first_difference, plan_of
from oracle.plans import make_text

PARTED = sorted((Path(__file__).parent / "corpus" / "parted").glob("*.careplan"))
"""Plans on which the two once parted, each with the seed of the stay that showed it."""
SEED = re.compile(r"seed (\d+)")


def _agree(seed: int) -> None:
    text = make_text(seed)
    plan = plan_of(text)
    assert plan is not None, f"the plan of seed {seed} cannot be lived"
    parted = first_difference(plan, seed)
    assert parted is None, f"seed {seed} ({len(text)} characters; `python -m oracle.shrink {seed}`): {parted}"


@pytest.mark.parametrize("start", range(0, 120, 10))
def test_both_live_the_same_stay(start: int) -> None:
    for seed in range(start, start + 10):
        _agree(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 5000, 100))
def test_both_live_thousands_of_stays(start: int) -> None:
    for seed in range(start, start + 100):
        _agree(seed)


@pytest.mark.parametrize("path", PARTED, ids=lambda path: path.stem)
def test_where_they_once_parted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    seed = SEED.search(text)
    plan = plan_of(text)
    assert seed, f"{path.name} names no seed"
    assert plan is not None
    assert first_difference(plan, int(seed[1])) is None
