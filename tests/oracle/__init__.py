"""A second, deliberately slow reading of what time means, held against careplan.stay.

It was written from the description of the language, not from the core. It keeps everything that happened
on every day of a stay, and answers each question by looking back over all of it: no counters, no clocks
that are carried along, nothing clever.
"""

from oracle.stay import Lived, SlowStay

__all__ = ["Lived", "SlowStay"]
