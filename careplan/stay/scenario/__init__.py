"""Scenarios: one patient's story, lived day by day, with what is expected of it.

>>> from careplan.stay.scenario import run
"""

from careplan.stay.scenario.runner import SEED, Programs, Ran, run
from careplan.stay.scenario.story import LONGEST, Story
from careplan.stay.scenario.verdict import Decided, Result, Trouble, Verdict

__all__ = ["LONGEST", "SEED", "Decided", "Programs", "Ran", "Result", "Story", "Trouble", "Verdict", "run"]
