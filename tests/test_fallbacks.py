"""Courses that stand in for one another: each failure is answered once, and in its time."""

from __future__ import annotations

import careplan
from careplan.stay.day import admit, live
from careplan.stay.program import Program

CHAIN = """
use "library/measures"
plan chain
  start in a
  substance alcohol
fact willing yes or no
medication one
  drug naltrexone-oral
  start in a within 3 days when craving >= 9
  maintenance 50 mg daily
  stop at end of a
  if start fails use two
medication two
  drug acamprosate
  start within 5 days when craving >= 9
  maintenance 666 mg 3 per day
  stop at end of a
  if start fails use three
medication three
  drug disulfiram
  start when days >= 1
  maintenance 250 mg daily
  stop at end of a
measure craving 0 to 10, lower is better
phase a
  lasts 4 weeks
  assess craving weekly
  at end discharge as done
outcome done
  planned
"""


def test_a_fallback_that_does_not_start_in_its_time_fails_too() -> None:
    """The first has days 1 to 3, the second the five days after; then the third is tried."""
    plan = careplan.loads(CHAIN)
    program = Program(plan)
    state, events = admit(program), []
    while state.outcome is None:
        state, day = live(program, state)
        events += [
            (e.medication, e.kind, day.plan_day) for e in day.courses if e.kind in ("failed", "started")
        ]
    assert events == [("one", "failed", 3), ("two", "failed", 8), ("three", "started", 9)]
