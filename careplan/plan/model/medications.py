"""Drugs, and courses of them."""

from typing import Literal

from careplan.plan.model.conditions import Condition
from careplan.plan.model.element import Element
from careplan.plan.model.named import Named
from careplan.plan.model.timing import Frequency


class DoseRate(Element):
    """An amount (in mg unless `unit` says otherwise) per dose, day or week."""

    low: float
    high: float
    unit: str = "mg"
    per: Literal["dose", "day", "week"]


class DayRange(Element):
    """At least `low` and at most `high` days; None is no limit."""

    low: int
    high: int | None = None


class Monitor(Element):
    """What is monitored (a measure's name, or words), and when."""

    what: tuple[str, ...]
    moments: tuple[Frequency, ...]


class Drug(Named):
    """An entry of the formulary. The rules know drugs by class, never by the look of a name."""

    drug_class: str
    ingredients: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    first_dose: DoseRate | None = None
    usual: DoseRate | None = None
    maximum: DoseRate | None = None
    no_maximum: bool = False
    interval: DayRange | None = None
    needs: tuple[str, ...] = ()
    monitors: tuple[Monitor, ...] = ()


class Ramp(Element):
    """A dose that changes by `by` every `every_days`, from `start` to `end`."""

    start: float
    end: float
    by: float
    every_days: int


class DoseStep(Element):
    """One step of a course: `low` to `high` (mg unless `unit` says otherwise), how often, for how long.

    `run_days` and `run_times` are None for the open last step. A step called `also` runs beside the one
    before it. A ramp's `low` and `high` are its two ends.
    """

    step: Literal["induction", "titration", "stabilization", "maintenance", "taper", "dose", "then", "also"]
    low: float
    high: float
    unit: str = "mg"
    frequency: Frequency | None = None  # None where weekdays say it
    weekdays: tuple[int, ...] = ()
    run_days: int | None = None
    run_times: int | None = None
    ramp: Ramp | None = None


class Start(Element):
    """Where and when a course may start."""

    phases: tuple[str, ...] = ()
    within_days: int | None = None
    when: Condition | None = None


class OnDischarge(Element):
    """What happens to a running course at an outcome."""

    outcome: str
    action: Literal["hand over", "stop"]


class TakeHome(Element):
    """A supply band: up to `supply_days` at a time, from course day `first` to `last` (None: open)."""

    supply_days: int
    first: int
    last: int | None = None


class Medication(Named):
    """A course of one drug, on its own clock and across phases."""

    drug: str
    forms: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    start: Start | None = None
    steps: tuple[DoseStep, ...] = ()
    spacing: DayRange | None = None  # days between two doses
    fallback: str | None = None  # the medication used if the start fails
    continue_through: tuple[str, ...] = ()
    stop_at_end_of: tuple[str, ...] = ()
    stop_when: Condition | None = None
    holds: tuple[Condition, ...] = ()
    discharges: tuple[OnDischarge, ...] = ()
    on_return: Literal["restart", "resume"] | None = None
    monitors: tuple[Monitor, ...] = ()
    take_home: tuple[TakeHome, ...] = ()
