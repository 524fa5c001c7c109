"""What a plan means: frozen models with units resolved, names linked and every element's place.

Time is counted in days (a week is 7), lengths of sessions in minutes, masses in milligrams. Names refer to
elements of the same plan. Everything serialises to JSON and back without loss.
"""

# No `from __future__ import annotations` here: pydantic would compile every annotation anew at each start.

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal, TypeVar, Union

from pydantic import BaseModel, ConfigDict, Field

from careplan.source import NOWHERE, Span

N = TypeVar("N", bound="Named")

FORMAT_VERSION: Literal[1] = 1


class Element(BaseModel):
    """A part of a plan that knows where it is written."""

    # Validators are built when JSON first comes in: reading a plan from text does not pay for them.
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    span: Span = NOWHERE


# ---------------------------------------------------------------------------------- conditions


class Test(Element):
    """One test in a condition, such as `uds is negative for 4 weeks`."""

    kind: Literal["test"] = "test"
    subject: Literal[
        "measure", "fact", "event", "medication", "attendance", "sessions", "missed", "days", "weeks"
    ]
    name: str | None = None  # the measure, fact, event, medication, or the service counted
    operator: Literal["is", "is not", "<", "<=", ">", ">=", "falls by", "rises by", "taking", "happened"]
    value: str | float | None = None  # a value, a band or "missing"; a number; percent for attendance
    high: float | None = None  # the upper end of `is 12 to 18`
    percent: bool = False
    for_days: int | None = None
    times: int | None = None
    within_days: int | None = None
    over_days: int | None = None
    in_a_row: bool = False
    since_admission: bool = False


class AllOf(Element):
    """Every part holds."""

    kind: Literal["all"] = "all"
    parts: "tuple[Condition, ...]"


class AnyOf(Element):
    """At least one part holds."""

    kind: Literal["any"] = "any"
    parts: "tuple[Condition, ...]"


class NotSo(Element):
    """The part does not hold."""

    kind: Literal["not"] = "not"
    part: "Condition"


Condition = Annotated[Union[Test, AllOf, AnyOf, NotSo], Field(discriminator="kind")]


def tests_of(condition: Condition | None) -> Iterator[Test]:
    """Every single test inside a condition, in order."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, NotSo):
        yield from tests_of(condition.part)
    elif condition is not None:
        for part in condition.parts:
            yield from tests_of(part)


# ------------------------------------------------------------------------------ what blocks share


class Cite(Element):
    """A pointer to a source, and where in it."""

    source: str
    where: str | None = None


class Code(Element):
    """A code of a published code system, such as LOINC."""

    system: str
    value: str
    title: str | None = None


class Named(Element):
    """An element with a name and a title for people."""

    name: str
    title: str | None = None
    notes: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def label(self) -> str:
        """The title, or the name in plain words."""
        return self.title or self.name.replace("-", " ")


class SourceEntry(Named):
    """A reference that `cite` lines point to."""

    url: str | None = None
    strength: tuple[str, ...] = ()


class Domain(Element):
    """What values a fact or a measure can have."""

    kind: Literal["choice", "yes-no", "number"]
    values: tuple[str, ...] = ()  # of a choice; ("yes", "no") of a yes-no
    low: float | None = None
    high: float | None = None
    unit: str | None = None


class Fact(Named):
    """Known at admission and fixed for the stay."""

    domain: Domain


class Band(Element):
    """A named stretch of a measure's range, inclusive at both ends."""

    name: str
    title: str | None = None
    low: float
    high: float


class Measure(Named):
    """Observed again and again."""

    domain: Domain
    better: Literal["lower", "higher"] | None = None
    bands: tuple[Band, ...] = ()
    missing_as: str | float | None = None


class Event(Named):
    """Something that may happen on a day, such as an overdose."""


# ------------------------------------------------------------------------------------- services


class Format(Element):
    """How a service is held, and for how many people."""

    kind: Literal["individual", "group", "family", "family group", "community"]
    low: int | None = None
    high: int | None = None


class Topic(Element):
    """One topic of a curriculum, and how many sessions it takes."""

    title: str
    sessions: int = 1
    elective: bool = False


class Service(Named):
    """A therapy (its minutes are clinical) or a support (they never are)."""

    kind: Literal["therapy", "support"]
    formats: tuple[Format, ...] = ()
    minutes: int | None = None  # clinical minutes of one session, breaks left out
    break_minutes: int = 0
    staff: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    admission: Literal["rolling", "closed", "periodic"] | None = None
    admission_days: int | None = None  # of a periodic admission: days from one entry to the next
    make_up_days: int | None = None  # a missed session is made up within so many days
    skip_missed: bool = False
    curriculum: Literal["in order", "rolling", "any order"] | None = None
    topics: tuple[Topic, ...] = ()
    counted: bool = True  # False after `hours not counted`, and for every support

    @property
    def topic_sessions(self) -> int:
        """How many sessions the curriculum takes, electives left out."""
        return sum(t.sessions for t in self.topics if not t.elective)


# ---------------------------------------------------------------------- how often, and in which weeks


class Frequency(Element):
    """How often something comes.

    `per`: `low` to `high` times in every `period_days`. `every`: once each `period_days`. `once`: once (in
    each listed span). `total`: `low` to `high` sessions over the phase. The others need no numbers.
    """

    kind: Literal["per", "every", "once", "total", "throughout", "as-needed", "at-start", "at-end"]
    low: int = 1
    high: int = 1
    period_days: int | None = None
    extra: bool = False  # `1 extra per week`: on top of the other lines


class Stretch(Element):
    """Weeks or days `first` to `last`, inclusive; `either`: one of the two (`week 5 or 6`)."""

    first: int
    last: int
    either: bool = False


class AfterSessions(Element):
    """`after 2 sessions of met`."""

    count: int
    service: str


class Placement(Element):
    """Where in the week, in which weeks, and for whom. Weekdays count from 0, Monday."""

    weekdays: tuple[int, ...] = ()
    times: tuple[str, ...] = ()  # local wall time, "18:00"
    weeks: tuple[Stretch, ...] = ()  # of the phase
    days: tuple[Stretch, ...] = ()  # of the phase
    plan_weeks: tuple[Stretch, ...] = ()  # of the stay
    within_days: int | None = None
    for_days: int | None = None  # `for 2 weeks after …`
    after_sessions: AfterSessions | None = None
    at_random: bool = False
    encouraged: bool = False  # urged, not owed
    if_facts: Condition | None = None  # facts only, decided at admission
    while_: Condition | None = None
    when: Condition | None = None
    after: Condition | None = None


class ServiceLine(Placement):
    """A service in a phase."""

    service: str
    frequency: Frequency
    minutes: int | None = None  # `for 60 min`, instead of the service's own length


class Assessment(Placement):
    """Measures taken in a phase."""

    measures: tuple[str, ...]
    moments: tuple[Frequency, ...]


# ---------------------------------------------------------------------------------- medications


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


# ---------------------------------------------------------------------------------------- phases


class Level(Element):
    """A level of care, such as 2.1, and its enhancements."""

    code: str
    enhancements: tuple[str, ...] = ()


class Lasts(Element):
    """How long a phase lasts, in whole days; `high` None is no maximum."""

    low: int
    high: int | None = None
    until: Condition | None = None


class OnReturn(Element):
    """What the phase's clock does on a return, from the named phases or (empty) from any."""

    after: tuple[str, ...] = ()
    way: Literal["restart", "resume"]


class Exit(Element):
    """A way out of a phase (`target` is a phase, or the outcome of a discharge), or an extension."""

    direction: Literal["step down", "step up", "move", "discharge", "extend"]
    target: str | None = None
    when: Condition | None = None
    otherwise: bool = False
    called: str | None = None
    extend_days: int | None = None
    extend_times: int | None = None


class Phase(Named):
    """A state of care."""

    level: Level | None = None
    settings: tuple[str, ...] = ()
    lasts: Lasts | None = None
    review_days: int | None = None  # None: decided daily
    returns: tuple[OnReturn, ...] = ()
    services: tuple[ServiceLine, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    exits: tuple[Exit, ...] = ()
    at_end: tuple[Exit, ...] = ()

    @cached_property
    def longest(self) -> int | None:
        """The longest visit in days, extensions counted; None if nothing ends it."""
        if self.lasts is None or self.lasts.high is None:
            return None
        more = sum((e.extend_days or 0) * (e.extend_times or 0) for e in self.at_end)
        return self.lasts.high + more


class Anytime(Element):
    """Exits that hold in every phase but the excepted ones."""

    excepted: tuple[str, ...] = ()
    exits: tuple[Exit, ...] = ()
    notes: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()


class MayReturn(Element):
    """A way back after an outcome."""

    phase: str
    after_days: int = 0


class Outcome(Named):
    """A way the plan ends."""

    planned: bool | None = None
    returns: tuple[MayReturn, ...] = ()


class Goal(Named):
    """What a stay should reach; reported, never a gate."""

    reach: Condition | None = None
    by_end_of: str | None = None
    by_week: int | None = None


class FrontDoor(Element):
    """The phase in which a stay starts, if the facts are so."""

    phase: str
    condition: Condition | None = None


class Approval(Element):
    """Who approved the plan, and on which day (ISO date)."""

    by: tuple[str, ...]
    on: str


class Plan(Named):
    """A whole plan. `file` is where it was read from, `uses` the files merged into it."""

    format_version: Literal[1] = FORMAT_VERSION
    file: str = ""
    uses: tuple[str, ...] = ()
    version: str | None = None
    status: Literal["draft", "active", "retired"] | None = None
    effective_from: str | None = None  # ISO date
    effective_to: str | None = None
    population: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    starts: tuple[FrontDoor, ...] = ()
    admit: Condition | None = None
    sources: tuple[SourceEntry, ...] = ()
    facts: tuple[Fact, ...] = ()
    measures: tuple[Measure, ...] = ()
    events: tuple[Event, ...] = ()
    services: tuple[Service, ...] = ()
    drugs: tuple[Drug, ...] = ()
    medications: tuple[Medication, ...] = ()
    phases: tuple[Phase, ...] = ()
    anytime: tuple[Anytime, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    goals: tuple[Goal, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Named]:
        """Every named element of the plan by its name."""
        groups = (self.sources, self.facts, self.measures, self.events, self.services, self.medications)
        more = (self.phases, self.outcomes, self.goals)
        return {e.name: e for group in (*groups, *more) for e in group}

    def service(self, name: str) -> Service:
        """The service of that name; KeyError if there is none."""
        return _find(self.services, name)

    def measure(self, name: str) -> Measure:
        """The measure of that name; KeyError if there is none."""
        return _find(self.measures, name)

    def phase(self, name: str) -> Phase:
        """The phase of that name; KeyError if there is none."""
        return _find(self.phases, name)

    def medication(self, name: str) -> Medication:
        """The medication of that name; KeyError if there is none."""
        return _find(self.medications, name)

    def outcome(self, name: str) -> Outcome:
        """The outcome of that name; KeyError if there is none."""
        return _find(self.outcomes, name)

    def drug(self, name: str) -> Drug:
        """The formulary entry of that name; KeyError if there is none."""
        return _find(self.drugs, name)

    def exits_of(self, phase: Phase) -> list[Exit]:
        """The exits that can be taken from `phase`, in the order in which they are tried."""
        anywhere = [
            exit_
            for block in self.anytime
            if phase.name not in block.excepted
            for exit_ in block.exits
            if exit_.target != phase.name
        ]
        return [*anywhere, *phase.exits, *phase.at_end]


def _find(elements: tuple[N, ...], name: str) -> N:
    for element in elements:
        if element.name == name:
            return element
    raise KeyError(name)
