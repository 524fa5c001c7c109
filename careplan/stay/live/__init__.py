"""A real patient's stay, followed day by day: what is recorded, what is due, and why a way out was taken.

>>> from careplan import Stay
"""

from careplan.stay.live.agenda import DueItem
from careplan.stay.live.amended import Amended, Standing
from careplan.stay.live.closing import Closed, Unused
from careplan.stay.live.events import StayEvent
from careplan.stay.live.stay import Stay
from careplan.stay.live.trouble import PlanChanged, RecordError
from careplan.stay.live.ways import Move, Way, Why

__all__ = [
    "Amended",
    "Closed",
    "DueItem",
    "Move",
    "PlanChanged",
    "RecordError",
    "Standing",
    "Stay",
    "StayEvent",
    "Unused",
    "Way",
    "Why",
]
