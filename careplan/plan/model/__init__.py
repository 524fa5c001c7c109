"""What a plan means: frozen models with units resolved, names linked and every element's place.

Time is counted in days (a week is 7), lengths of sessions in minutes, masses in milligrams. Names refer to
elements of the same plan. Everything serialises to JSON and back without loss.

No module here has `from __future__ import annotations`: pydantic would compile every annotation anew at
each start.
"""

from careplan.plan.model.claims import Claim, Promise
from careplan.plan.model.conditions import AllOf, AnyOf, Condition, NotSo, Test, tests_of
from careplan.plan.model.element import Element
from careplan.plan.model.ends import Goal, MayReturn, Outcome
from careplan.plan.model.medications import (
    DayRange,
    DoseRate,
    DoseStep,
    Drug,
    Medication,
    Monitor,
    OnDischarge,
    Ramp,
    Start,
    TakeHome,
)
from careplan.plan.model.named import Cite, Code, Named, SourceEntry
from careplan.plan.model.observed import Band, Domain, Event, Fact, Measure
from careplan.plan.model.phases import Anytime, Exit, Lasts, Level, OnReturn, Phase
from careplan.plan.model.scenarios import Expectation, Given, Point, Said, Scenario, Stage
from careplan.plan.model.services import Format, Service, Topic
from careplan.plan.model.timing import AfterSessions, Assessment, Frequency, Placement, ServiceLine, Stretch
from careplan.plan.model.whole import FORMAT_VERSION, Approval, FrontDoor, Plan

__all__ = [
    "FORMAT_VERSION",
    "AfterSessions",
    "AllOf",
    "AnyOf",
    "Anytime",
    "Approval",
    "Assessment",
    "Band",
    "Cite",
    "Claim",
    "Code",
    "Condition",
    "DayRange",
    "Domain",
    "DoseRate",
    "DoseStep",
    "Drug",
    "Element",
    "Event",
    "Exit",
    "Expectation",
    "Fact",
    "Format",
    "Frequency",
    "FrontDoor",
    "Given",
    "Goal",
    "Lasts",
    "Level",
    "MayReturn",
    "Measure",
    "Medication",
    "Monitor",
    "Named",
    "NotSo",
    "OnDischarge",
    "OnReturn",
    "Outcome",
    "Phase",
    "Placement",
    "Plan",
    "Point",
    "Promise",
    "Ramp",
    "Said",
    "Scenario",
    "Service",
    "ServiceLine",
    "SourceEntry",
    "Stage",
    "Start",
    "Stretch",
    "TakeHome",
    "Test",
    "Topic",
    "tests_of",
]
