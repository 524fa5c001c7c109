"""The syntax tree: one class for each rule of the grammar, frozen, with typed children and places.

A node is a tuple of its start and end offset and its children; where a part was not written, the child is
None. Classes carry the names of their rules (`StepDown` for `step_down`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias


class Token(NamedTuple):
    """One word, number, text or sign, as it stands in the file."""

    kind: str
    text: str
    start: int
    end: int


class Node(tuple[Any, ...]):
    """A node of the syntax tree; offsets count characters of the file."""

    __slots__ = ()
    rule = ""
    variadic = False
    start: int = property(itemgetter(0))  # type: ignore[assignment]
    end: int = property(itemgetter(1))  # type: ignore[assignment]

    @property
    def children(self) -> tuple[Any, ...]:
        """The node's parts, in the order of its fields."""
        return self[2] if self.variadic else self[2:]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and tuple.__eq__(self, other)

    def __hash__(self) -> int:
        return hash((type(self).__name__, tuple.__hash__(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.children))})"


def _child(index: int) -> Any:
    return property(itemgetter(index + 2))


# --------------------------------------------------------------------------------------------------- headers


class UseHeader(Node):
    """`use "library/measures"`."""

    __slots__ = ()
    path: Token = _child(0)


class PlanHeader(Node):
    """`plan oud-step-down "Opioid use disorder: residential step-down to IOP"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class SourceHeader(Node):
    """`source tip-63 "SAMHSA TIP 63: Medications for Opioid Use Disorder"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class FactHeader(Node):
    """`fact track "Schedule track" one of day, evening`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)
    kind: Kind = _child(2)


class MeasureHeader(Node):
    """`measure phq-9 "Depression (PHQ-9)" 0 to 27, lower is better`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)
    kind: Kind = _child(2)


class EventHeader(Node):
    """`event overdose "Overdose since the last contact"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class TherapyHeader(Node):
    """`therapy individual "Individual counselling"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class SupportHeader(Node):
    """`support mutual-help "12-step or SMART Recovery meeting"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class FormularyHeader(Node):
    """`formulary naltrexone-xr "Naltrexone, extended-release injection"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class MedicationHeader(Node):
    """`medication bup-nx "Buprenorphine/naloxone film"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class PhaseHeader(Node):
    """`phase iop "Intensive outpatient"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class AnytimeHeader(Node):
    """`anytime except stabilization`."""

    __slots__ = ()
    excepted: Names | None = _child(0)


class OutcomeHeader(Node):
    """`outcome completed "Completed treatment"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class ClaimHeader(Node):
    """`claim mat-is-never-cut "Nobody leaves residential care without medication"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


class ScenarioHeader(Node):
    """`scenario "A relapse in IOP steps up, and comes back"`."""

    __slots__ = ()
    title: Token = _child(0)


class GoalHeader(Node):
    """`goal sobriety "Sustained abstinence"`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)


# -------------------------------------------------------------------------------------- lines of every block


class Note(Node):
    """`note "Families hear about this group at admission"`."""

    __slots__ = ()
    text: Token = _child(0)


class Cite(Node):
    """`cite tip-63 "ch. 3D"`."""

    __slots__ = ()
    source: Token = _child(0)
    where: Token | None = _child(1)


class Code(Node):
    """`code loinc 44261-6 "PHQ-9 total score"`."""

    __slots__ = ()
    system: Token = _child(0)
    value: Token = _child(1)
    title: Token | None = _child(2)


# ------------------------------------------------------------------------------------------------------ plan


class Version(Node):
    """`version 1.0.0`."""

    __slots__ = ()
    value: Token = _child(0)


class Language(Node):
    """`language 1`."""

    __slots__ = ()
    number: Token = _child(0)


class Status(Node):
    """`status active`."""

    __slots__ = ()
    word: Token = _child(0)


class Effective(Node):
    """`effective 2026-01-01 to 2026-12-31`."""

    __slots__ = ()
    start_date: Token = _child(0)
    end_date: Token | None = _child(1)


class Population(Node):
    """`population adults`."""

    __slots__ = ()
    words: Words = _child(0)


class Substance(Node):
    """`substance opioids, alcohol`."""

    __slots__ = ()
    words: Words = _child(0)


class Approach(Node):
    """`approach "Matrix Model", evidence-based`."""

    __slots__ = ()
    words: Words = _child(0)


class Setting(Node):
    """`setting "Community clinic"`."""

    __slots__ = ()
    words: Words = _child(0)


class Follows(Node):
    """`follows asam-4, otp-federal`."""

    __slots__ = ()
    names: Names = _child(0)


class Author(Node):
    """`author "Clinical design group"`."""

    __slots__ = ()
    words: Words = _child(0)


class Approved(Node):
    """`approved by "Dr A. Example" on 2026-01-15`."""

    __slots__ = ()
    by: Words = _child(0)
    on: Token = _child(1)


class PlanStart(Node):
    """`start in residential if referral is hospital`."""

    __slots__ = ()
    phase: Token = _child(0)
    condition: Expression | None = _child(1)


class Admit(Node):
    """`admit when age is 12 to 18`."""

    __slots__ = ()
    condition: Expression = _child(0)


# ---------------------------------------------------------------------------------------------- small blocks


class Url(Node):
    """`url "https://store.samhsa.gov/…"`."""

    __slots__ = ()
    text: Token = _child(0)


class Strength(Node):
    """`strength guideline`."""

    __slots__ = ()
    words: Words = _child(0)


class Band(Node):
    """`band mild "Mild" 5 to 9`."""

    __slots__ = ()
    name: Token = _child(0)
    title: Token | None = _child(1)
    low: Token = _child(2)
    high: Token | None = _child(3)


class MissingCounts(Node):
    """`missing counts as positive`."""

    __slots__ = ()
    value: Token = _child(0)


class Choice(Node):
    """`one of negative, positive`."""

    __slots__ = ()
    names: Names = _child(0)


class YesNo(Node):
    """`yes or no`."""

    __slots__ = ()


class Scale(Node):
    """`0 to 27 points, lower is better`."""

    __slots__ = ()
    low: Token = _child(0)
    high: Token = _child(1)
    unit: Token | None = _child(2)
    direction: Direction | None = _child(3)


class Direction(Node):
    """`lower is better`."""

    __slots__ = ()
    word: Token = _child(0)


class Planned(Node):
    """`planned`."""

    __slots__ = ()


class Unplanned(Node):
    """`unplanned`."""

    __slots__ = ()


class MayReturn(Node):
    """`may return to iop after 21 days`."""

    __slots__ = ()
    phase: Token = _child(0)
    after: Duration | None = _child(1)


class Reach(Node):
    """`reach uds is negative for 12 weeks`."""

    __slots__ = ()
    condition: Expression = _child(0)


class ByEnd(Node):
    """`by end of aftercare`."""

    __slots__ = ()
    phase: Token = _child(0)


class ByWeek(Node):
    """`by week 24`."""

    __slots__ = ()
    week: Token = _child(0)


# ------------------------------------------------------------------------------------ therapies and supports


class Format(Node):
    """`format individual or group of 6 to 12`."""

    __slots__ = ()
    variadic = True
    choices: tuple[FormatChoice, ...] = _child(0)


class FormatChoice(Node):
    """`family group of 8 to 30`."""

    __slots__ = ()
    word: Token = _child(0)
    second: Token | None = _child(1)
    size: Amount | None = _child(2)


class Length(Node):
    """`length 3 hours plus 30 min break`."""

    __slots__ = ()
    duration: Duration = _child(0)
    more: Duration | None = _child(1)
    pause: Duration | None = _child(2)


class Staff(Node):
    """`staff licensed-counselor`."""

    __slots__ = ()
    words: Words = _child(0)


class Delivery(Node):
    """`delivery in-person or telehealth`."""

    __slots__ = ()
    variadic = True
    names: tuple[Token, ...] = _child(0)


class Admission(Node):
    """`admission rolling`."""

    __slots__ = ()
    value: Token | Every = _child(0)


class MakeUp(Node):
    """`missed make up within 7 days`."""

    __slots__ = ()
    within: Duration = _child(0)


class SkipMissed(Node):
    """`missed skip`."""

    __slots__ = ()


class InOrder(Node):
    """`curriculum in order`."""

    __slots__ = ()


class Rolling(Node):
    """`curriculum rolling`."""

    __slots__ = ()


class AnyOrder(Node):
    """`curriculum any order`."""

    __slots__ = ()


class Topic(Node):
    """`topic "Mindfulness" 2 sessions`."""

    __slots__ = ()
    title: Token = _child(0)
    sessions: Token | None = _child(1)


class Elective(Node):
    """`elective "Holidays and recovery"`."""

    __slots__ = ()
    title: Token = _child(0)


class NotCounted(Node):
    """`hours not counted`."""

    __slots__ = ()


# ------------------------------------------------------------------------------------------------- formulary


class DrugClass(Node):
    """`class opioid-partial-agonist`."""

    __slots__ = ()
    name: Token = _child(0)


class Form(Node):
    """`form film, tablet`."""

    __slots__ = ()
    words: Words = _child(0)


class Route(Node):
    """`route sublingual`."""

    __slots__ = ()
    words: Words = _child(0)


class Brand(Node):
    """`brand "Vivitrol"`."""

    __slots__ = ()
    words: Words = _child(0)


class Ingredients(Node):
    """`ingredient buprenorphine, naloxone`."""

    __slots__ = ()
    names: Names = _child(0)


class FirstDose(Node):
    """`first dose 20 to 30 mg`."""

    __slots__ = ()
    rate: DoseRateNode = _child(0)


class Usual(Node):
    """`usual 16 to 24 mg per day`."""

    __slots__ = ()
    rate: DoseRateNode = _child(0)


class Maximum(Node):
    """`maximum 500 mg per day`."""

    __slots__ = ()
    rate: DoseRateNode = _child(0)


class NoMaximum(Node):
    """`no maximum`."""

    __slots__ = ()


class Interval(Node):
    """`interval 5 to 9 days`."""

    __slots__ = ()
    value: AtLeast | Duration | DurationRange = _child(0)


class Needs(Node):
    """`needs "7 to 10 days free of opioids"`."""

    __slots__ = ()
    text: Token = _child(0)


class DoseRateNode(Node):
    """An amount in a dose, a day or a week."""

    __slots__ = ()
    rule = "dose_rate"
    amount: DoseAmount = _child(0)
    per: Token | None = _child(1)


# ----------------------------------------------------------------------------------------------- medications


class UsesDrug(Node):
    """`drug buprenorphine-naloxone`."""

    __slots__ = ()
    name: Token = _child(0)


class Starts(Node):
    """`start in residential within 3 days when cows >= 12`."""

    __slots__ = ()
    phases: Names | None = _child(0)
    within: Duration | None = _child(1)
    condition: Expression | None = _child(2)


class Dose(Node):
    """`maintenance 16 to 24 mg daily`."""

    __slots__ = ()
    step: Token = _child(0)
    amount: DoseAmount = _child(1)
    frequency: FrequencyNode | OnDays = _child(2)
    run: ForTime | ForTimes | None = _child(3)


class RampNode(Node):
    """`taper from 20 mg to 5 mg by 5 mg every 3 days`."""

    __slots__ = ()
    rule = "ramp"
    step: Token = _child(0)
    first: OneDose = _child(1)
    last: OneDose = _child(2)
    by: OneDose = _child(3)
    every: Every = _child(4)


class DoseAmount(Node):
    """`16 to 24 mg`."""

    __slots__ = ()
    low: Token = _child(0)
    high: Token | None = _child(1)
    unit: Token | None = _child(2)


class OneDose(Node):
    """`16 mg`."""

    __slots__ = ()
    value: Token = _child(0)
    unit: Token | None = _child(1)


class ForTime(Node):
    """`for 3 days`."""

    __slots__ = ()
    duration: Duration = _child(0)


class ForTimes(Node):
    """`2 times`."""

    __slots__ = ()
    number: Token = _child(0)


class Keep(Node):
    """`keep 26 to 42 days between doses`."""

    __slots__ = ()
    days: DurationRange = _child(0)


class KeepAtLeast(Node):
    """`keep at least 26 days between doses`."""

    __slots__ = ()
    days: AtLeast = _child(0)


class Fallback(Node):
    """`if start fails use xr-naltrexone`."""

    __slots__ = ()
    name: Token = _child(0)


class ContinueThrough(Node):
    """`continue through aftercare`."""

    __slots__ = ()
    phase: Token = _child(0)


class StopAtEnd(Node):
    """`stop at end of residential`."""

    __slots__ = ()
    phase: Token = _child(0)


class StopWhen(Node):
    """`stop when not opioid-free`."""

    __slots__ = ()
    condition: Expression = _child(0)


class HoldWhen(Node):
    """`hold when uds-opioids is positive`."""

    __slots__ = ()
    condition: Expression = _child(0)


class OnDischargeNode(Node):
    """`on discharge as completed hand over`."""

    __slots__ = ()
    rule = "on_discharge"
    outcome: Token = _child(0)
    action: HandOver | Stop = _child(1)


class HandOver(Node):
    """`hand over`."""

    __slots__ = ()


class Stop(Node):
    """`stop`."""

    __slots__ = ()


class MonitorNode(Node):
    """`monitor lft at start and every 12 weeks`."""

    __slots__ = ()
    rule = "monitor"
    what: Words = _child(0)
    moments: Moments = _child(1)


class TakeHomeNode(Node):
    """`take-home up to 7 days from day 1 to day 14`."""

    __slots__ = ()
    rule = "take_home"
    supply: Duration = _child(0)
    first: Token = _child(1)
    last: Token | None = _child(2)


# ---------------------------------------------------------------------------------------------------- phases


class LevelNode(Node):
    """`level 3.7 co-occurring-enhanced`."""

    __slots__ = ()
    rule = "level"
    code: Token = _child(0)
    enhancement: Token | None = _child(1)


class LastsNode(Node):
    """`lasts 8 to 16 weeks`."""

    __slots__ = ()
    rule = "lasts"
    value: Duration | DurationRange | AtLeast | UpTo | Until = _child(0)


class UpTo(Node):
    """`up to 28 days`."""

    __slots__ = ()
    duration: Duration = _child(0)


class Until(Node):
    """`until sessions of met >= 2, at most 6 weeks`."""

    __slots__ = ()
    condition: Expression = _child(0)
    limit: Duration = _child(1)


class Review(Node):
    """`review every 2 weeks`."""

    __slots__ = ()
    every: FrequencyNode = _child(0)


class OnReturnNode(Node):
    """`on return after residential restart`."""

    __slots__ = ()
    rule = "on_return"
    after: Names | None = _child(0)
    way: Token = _child(1)


class ServiceNode(Node):
    """`process-group 3 per week on mon, wed, fri at 18:00 if track is evening`."""

    __slots__ = ()
    rule = "service"
    name: Token = _child(0)
    frequency: FrequencyNode = _child(1)
    modifiers: Modifiers = _child(2)


class Assess(Node):
    """`assess phq-9 at start, every 2 weeks and at end`."""

    __slots__ = ()
    measures: Names = _child(0)
    moments: Moments = _child(1)
    modifiers: Modifiers = _child(2)


# ----------------------------------------------------------------------------------------------------- exits


class StepDown(Node):
    """`step down to aftercare when uds is negative for 4 weeks`."""

    __slots__ = ()
    target: Token = _child(0)
    condition: Expression | Otherwise | None = _child(1)
    called: Token | None = _child(2)


class StepUp(Node):
    """`step up to residential when cows >= 13 called withdrawal`."""

    __slots__ = ()
    target: Token = _child(0)
    condition: Expression | Otherwise | None = _child(1)
    called: Token | None = _child(2)


class Move(Node):
    """`move to evening-iop when track-change`."""

    __slots__ = ()
    target: Token = _child(0)
    condition: Expression | Otherwise | None = _child(1)
    called: Token | None = _child(2)


class Discharge(Node):
    """`discharge as completed`."""

    __slots__ = ()
    target: Token = _child(0)
    condition: Expression | Otherwise | None = _child(1)
    called: Token | None = _child(2)


class Extend(Node):
    """`extend 2 weeks at most 2 times when phq-9 >= 10`."""

    __slots__ = ()
    duration: Duration = _child(0)
    times: ForTimes | None = _child(1)
    condition: Expression | Otherwise | None = _child(2)
    called: Token | None = _child(3)


class AtEnd(Node):
    """`at end step down to aftercare when attendance >= 60%`."""

    __slots__ = ()
    exit: ExitNode = _child(0)


class Otherwise(Node):
    """`otherwise`."""

    __slots__ = ()


# -------------------------------------------------------------------------------------- how often, and where


class Per(Node):
    """`3 to 5 per week`."""

    __slots__ = ()
    amount: Amount = _child(0)
    extra: Token | None = _child(1)
    period: Period = _child(2)


class Period(Node):
    """`52 weeks`."""

    __slots__ = ()
    number: Token | None = _child(0)
    unit: Token = _child(1)


class Daily(Node):
    """`daily`."""

    __slots__ = ()


class Weekly(Node):
    """`weekly`."""

    __slots__ = ()


class Every(Node):
    """`every 2 weeks`."""

    __slots__ = ()
    number: Token | None = _child(0)
    unit: Token = _child(1)


class Once(Node):
    """`once`."""

    __slots__ = ()


class Total(Node):
    """`20 sessions`."""

    __slots__ = ()
    amount: Amount = _child(0)


class Throughout(Node):
    """`throughout`."""

    __slots__ = ()


class AsNeeded(Node):
    """`as needed`."""

    __slots__ = ()


class Moments(Node):
    """A list of times to assess or to monitor at."""

    __slots__ = ()
    variadic = True
    items: tuple[FrequencyNode, ...] = _child(0)


class AtStart(Node):
    """`at start`."""

    __slots__ = ()


class Finally(Node):
    """`at end`."""

    __slots__ = ()


class Modifiers(Node):
    """Where in the week, which weeks, for how long and for whom. Conditions come last."""

    __slots__ = ()
    variadic = True
    items: tuple[Node, ...] = _child(0)


class OnDays(Node):
    """`on mon, wed and fri`."""

    __slots__ = ()
    variadic = True
    ranges: tuple[WeekdayRange, ...] = _child(0)


class WeekdayRange(Node):
    """`mon to fri`."""

    __slots__ = ()
    first: Token = _child(0)
    last: Token | None = _child(1)


class AtTimes(Node):
    """`at 09:00 and 18:00`."""

    __slots__ = ()
    variadic = True
    times: tuple[Token, ...] = _child(0)


class InWeeks(Node):
    """`in weeks 1 to 4, 6`."""

    __slots__ = ()
    spans: Spans = _child(0)


class InDays(Node):
    """`in days 1 to 5`."""

    __slots__ = ()
    spans: Spans = _child(0)


class InPlanWeeks(Node):
    """`in plan weeks 13 to 48`."""

    __slots__ = ()
    spans: Spans = _child(0)


class Spans(Node):
    """A list of numbers and ranges."""

    __slots__ = ()
    variadic = True
    items: tuple[NumberRange | Either, ...] = _child(0)


class NumberRange(Node):
    """`5 to 6`."""

    __slots__ = ()
    first: Token = _child(0)
    last: Token | None = _child(1)


class Either(Node):
    """`5 or 6`."""

    __slots__ = ()
    first: Token = _child(0)
    last: Token = _child(1)


class Within(Node):
    """`within 1 day`."""

    __slots__ = ()
    duration: Duration = _child(0)


class AfterSessionsNode(Node):
    """`after 2 sessions of met`."""

    __slots__ = ()
    rule = "after_sessions"
    number: Token = _child(0)
    service: Token = _child(1)


class AtRandom(Node):
    """`at random`."""

    __slots__ = ()


class Encouraged(Node):
    """`encouraged`."""

    __slots__ = ()


class IfClause(Node):
    """`if track is evening`."""

    __slots__ = ()
    condition: Expression = _child(0)


class WhileClause(Node):
    """`while phq-9 >= 15`."""

    __slots__ = ()
    condition: Expression = _child(0)


class WhenClause(Node):
    """`when suicide-item >= 1`."""

    __slots__ = ()
    condition: Expression = _child(0)


class AfterClause(Node):
    """`after uds is positive`."""

    __slots__ = ()
    condition: Expression = _child(0)


# ------------------------------------------------------------------------------------------------ conditions


class AnyOfNode(Node):
    """`uds is positive or cows >= 13`."""

    __slots__ = ()
    variadic = True
    rule = "any_of"
    parts: tuple[Expression, ...] = _child(0)


class AllOfNode(Node):
    """`cows < 5 and taking bup-nx`."""

    __slots__ = ()
    variadic = True
    rule = "all_of"
    parts: tuple[Expression, ...] = _child(0)


class NotSoNode(Node):
    """`not pregnant`."""

    __slots__ = ()
    rule = "not_so"
    part: Expression = _child(0)


class Group(Node):
    """`(uds is positive or cows >= 13)`."""

    __slots__ = ()
    inner: Expression = _child(0)


class IsValue(Node):
    """`uds is negative for 4 weeks`."""

    __slots__ = ()
    name: Token = _child(0)
    value: Word | Number = _child(1)
    tails: Tails = _child(2)


class IsNot(Node):
    """`track is not evening`."""

    __slots__ = ()
    name: Token = _child(0)
    value: Word | Number = _child(1)
    tails: Tails = _child(2)


class Compares(Node):
    """`phq-9 < 10`."""

    __slots__ = ()
    name: Token = _child(0)
    operator: Token = _child(1)
    value: Word | Number = _child(2)
    tails: Tails = _child(3)


class Falls(Node):
    """`phq-9 falls by 50%`."""

    __slots__ = ()
    name: Token = _child(0)
    value: Word | Number = _child(1)
    tails: Tails = _child(2)


class Rises(Node):
    """`craving rises by 2`."""

    __slots__ = ()
    name: Token = _child(0)
    value: Word | Number = _child(1)
    tails: Tails = _child(2)


class Attendance(Node):
    """`attendance of cbt >= 80% over 4 weeks`."""

    __slots__ = ()
    service: Token | None = _child(0)
    operator: Token = _child(1)
    value: Word | Number = _child(2)
    tails: Tails = _child(3)


class Sessions(Node):
    """`sessions of relapse-prevention >= 12`."""

    __slots__ = ()
    service: Token | None = _child(0)
    operator: Token = _child(1)
    value: Word | Number = _child(2)
    tails: Tails = _child(3)


class Missed(Node):
    """`missed sessions >= 3 in a row`."""

    __slots__ = ()
    service: Token | None = _child(0)
    operator: Token = _child(1)
    value: Word | Number = _child(2)
    tails: Tails = _child(3)


class Clock(Node):
    """`weeks >= 8`."""

    __slots__ = ()
    unit: Token = _child(0)
    operator: Token = _child(1)
    value: Word | Number = _child(2)
    tails: Tails = _child(3)


class Taking(Node):
    """`taking bup-nx for 7 days`."""

    __slots__ = ()
    name: Token = _child(0)
    tails: Tails = _child(1)


class NamedTest(Node):
    """`co-occurring`."""

    __slots__ = ()
    rule = "named"
    name: Token = _child(0)
    tails: Tails = _child(1)


class Word(Node):
    """`positive`."""

    __slots__ = ()
    token: Token = _child(0)


class Number(Node):
    """`80%, 12 to 18, 60 years`."""

    __slots__ = ()
    low: Token = _child(0)
    high: Token | None = _child(1)
    unit: Token | None = _child(2)


class Tails(Node):
    """What follows a test: how long, how many times, how far back."""

    __slots__ = ()
    variadic = True
    items: tuple[Node, ...] = _child(0)


class InARow(Node):
    """`in a row`."""

    __slots__ = ()


class Over(Node):
    """`over 4 weeks`."""

    __slots__ = ()
    duration: Duration = _child(0)


class SinceAdmission(Node):
    """`since admission`."""

    __slots__ = ()


# ----------------------------------------------------------------------------------------------------- claims


class Always(Node):
    """`always taking bup-nx during iop, aftercare if wants-bup`."""

    __slots__ = ()
    condition: Expression = _child(0)
    during: During | None = _child(1)
    people: IfClause | None = _child(2)


class Never(Node):
    """`never cows >= 20 during aftercare`."""

    __slots__ = ()
    condition: Expression = _child(0)
    during: During | None = _child(1)
    people: IfClause | None = _child(2)


class NeverExit(Node):
    """`never discharge as not-completed because of uds`."""

    __slots__ = ()
    exit: ExitNode = _child(0)
    measure: Token | None = _child(1)
    people: IfClause | None = _child(2)


class CanReach(Node):
    """`from aftercare can reach iop within 12 weeks`."""

    __slots__ = ()
    source: Token = _child(0)
    target: Token = _child(1)
    within: Within | None = _child(2)
    people: IfClause | None = _child(3)


class PathEnds(Node):
    """`every path ends within 104 weeks with at most 2 returns`."""

    __slots__ = ()
    within: Within | None = _child(0)
    returns: AtMostReturns | None = _child(1)
    people: IfClause | None = _child(2)


class AtMostReturns(Node):
    """`with at most 2 returns`."""

    __slots__ = ()
    number: Token = _child(0)


class WithoutGap(Node):
    """`taking bup-nx from residential to aftercare without a gap`."""

    __slots__ = ()
    name: Token = _child(0)
    source: Token = _child(1)
    target: Token = _child(2)
    people: IfClause | None = _child(3)


class SessionsFloor(Node):
    """`at least 24 sessions of process-group on every completing path`."""

    __slots__ = ()
    number: Token = _child(0)
    service: Token | None = _child(1)
    people: IfClause | None = _child(2)


class HoursFloor(Node):
    """`at least 9 hours per week during iop`."""

    __slots__ = ()
    duration: Duration = _child(0)
    during: During = _child(1)
    people: IfClause | None = _child(2)


class FirstService(Node):
    """`first individual within 3 days of entering iop`."""

    __slots__ = ()
    name: Token = _child(0)
    within: Within = _child(1)
    entered: Entering | OnAdmission = _child(2)
    people: IfClause | None = _child(3)


class Entering(Node):
    """`entering iop, residential`."""

    __slots__ = ()
    names: Names = _child(0)


class OnAdmission(Node):
    """`admission`."""

    __slots__ = ()


class During(Node):
    """`during iop, aftercare`."""

    __slots__ = ()
    names: Names = _child(0)


# -------------------------------------------------------------------------------------------------- scenarios


class GivenNode(Node):
    """`given track is evening, age is 34, not pregnant`."""

    __slots__ = ()
    rule = "given"
    variadic = True
    facts: tuple[GivenValue | GivenNot, ...] = _child(0)


class GivenValue(Node):
    """`track is evening`."""

    __slots__ = ()
    name: Token = _child(0)
    value: Word | Number | None = _child(1)


class GivenNot(Node):
    """`not pregnant`."""

    __slots__ = ()
    name: Token = _child(0)


class Admitted(Node):
    """`admitted on wed`."""

    __slots__ = ()
    weekday: Token = _child(0)


class OnDay(Node):
    """`on day 1 cows is 14`."""

    __slots__ = ()
    visit: Visit | None = _child(0)
    spans: Spans = _child(1)
    happening: Happening = _child(2)


class FromDay(Node):
    """`from day 2 uds is negative`."""

    __slots__ = ()
    visit: Visit | None = _child(0)
    unit: Token = _child(1)
    number: Token = _child(2)
    until: StageEnd | None = _child(3)
    happening: Happening = _child(4)


class InVisit(Node):
    """`in iop week 3 uds is positive, positive`."""

    __slots__ = ()
    visit: Visit = _child(0)
    span: StageSpan | None = _child(1)
    happening: Happening = _child(2)


class InPlan(Node):
    """`in plan weeks 3 to 4 uds is negative`."""

    __slots__ = ()
    unit: Token = _child(0)
    spans: Spans = _child(1)
    happening: Happening = _child(2)


class Visit(Node):
    """`second iop`."""

    __slots__ = ()
    ordinal: Token | None = _child(0)
    phase: Token = _child(1)
    number: Token | None = _child(2)


class StageSpan(Node):
    """`week 3`."""

    __slots__ = ()
    unit: Token = _child(0)
    spans: Spans = _child(1)


class StageEnd(Node):
    """`to day 20`."""

    __slots__ = ()
    unit: Token | None = _child(0)
    number: Token = _child(1)


class ResultNode(Node):
    """`uds is positive 3 times`."""

    __slots__ = ()
    rule = "result"
    name: Token = _child(0)
    answers: Answers = _child(1)
    times: ForTimes | None = _child(2)


class Answers(Node):
    """`positive, negative`."""

    __slots__ = ()
    variadic = True
    values: tuple[Word | Number, ...] = _child(0)


class Happened(Node):
    """`overdose`."""

    __slots__ = ()
    name: Token = _child(0)


class Attend(Node):
    """`attend all`."""

    __slots__ = ()
    those: Everything | Names = _child(0)


class AttendShare(Node):
    """`attend 80% of process-group`."""

    __slots__ = ()
    number: Token = _child(0)
    names: Names | None = _child(1)


class Miss(Node):
    """`miss individual`."""

    __slots__ = ()
    those: Everything | Names = _child(0)


class Cancel(Node):
    """`cancel process-group`."""

    __slots__ = ()
    those: Everything | Names = _child(0)


class Everything(Node):
    """`all`."""

    __slots__ = ()


class ExpectPhase(Node):
    """`expect phase residential by iop week 5`."""

    __slots__ = ()
    phase: Token = _child(0)
    again: Again | None = _child(1)
    deadline: Deadline | None = _child(2)


class Again(Node):
    """`again`."""

    __slots__ = ()


class ExpectOutcome(Node):
    """`expect outcome completed by week 50`."""

    __slots__ = ()
    outcome: Token = _child(0)
    deadline: Deadline | None = _child(1)


class ExpectTaking(Node):
    """`expect taking bup-nx on day 20`."""

    __slots__ = ()
    medication: Token = _child(0)
    deadline: Deadline = _child(1)


class ExpectNotTaking(Node):
    """`expect not taking bup-nx on day 3`."""

    __slots__ = ()
    medication: Token = _child(0)
    deadline: Deadline = _child(1)


class ExpectSessions(Node):
    """`expect 36 sessions of process-group in iop, aftercare`."""

    __slots__ = ()
    number: Token = _child(0)
    service: Token = _child(1)
    due: Due | None = _child(2)
    phases: Names | None = _child(3)


class Due(Node):
    """`due`."""

    __slots__ = ()


class ExpectExit(Node):
    """`expect because step up to residential when cows >= 13`."""

    __slots__ = ()
    exit: ExitNode | AtEnd = _child(0)


class ExpectCalled(Node):
    """`expect because relapse`."""

    __slots__ = ()
    name: Token = _child(0)


class OnPoint(Node):
    """`on day 20`."""

    __slots__ = ()
    point: PlanPoint | VisitPoint = _child(0)


class ByPoint(Node):
    """`by iop week 5`."""

    __slots__ = ()
    point: PlanPoint | VisitPoint = _child(0)


class PlanPoint(Node):
    """`plan week 50`."""

    __slots__ = ()
    unit: Token = _child(0)
    number: Token = _child(1)


class VisitPoint(Node):
    """`second iop day 14`."""

    __slots__ = ()
    visit: Visit = _child(0)
    unit: Token = _child(1)
    number: Token = _child(2)


# ---------------------------------------------------------------------------------------------- small pieces


class Amount(Node):
    """`6 to 12`."""

    __slots__ = ()
    low: Token = _child(0)
    high: Token | None = _child(1)


class Duration(Node):
    """`90 min`."""

    __slots__ = ()
    number: Token = _child(0)
    unit: Token = _child(1)


class DurationRange(Node):
    """`8 to 16 weeks`."""

    __slots__ = ()
    low: Token | Duration = _child(0)
    high: Duration = _child(1)


class AtLeast(Node):
    """`at least 4 weeks`."""

    __slots__ = ()
    duration: Duration = _child(0)


class Names(Node):
    """`iop, aftercare`."""

    __slots__ = ()
    variadic = True
    items: tuple[Token, ...] = _child(0)


class Words(Node):
    """`opioids, "12-step"`."""

    __slots__ = ()
    variadic = True
    items: tuple[Token, ...] = _child(0)


Expression: TypeAlias = (
    AnyOfNode | AllOfNode | NotSoNode | Group | IsValue | IsNot | Compares | Falls | Rises | Attendance
    | Sessions
    | Missed | Clock | Taking | NamedTest
)  # fmt: skip
Kind: TypeAlias = Choice | YesNo | Scale
FrequencyNode: TypeAlias = (
    Per | Daily | Weekly | Every | Once | Total | Throughout | AsNeeded | AtStart | Finally
)  # fmt: skip
ExitNode: TypeAlias = StepDown | StepUp | Move | Discharge | Extend
Happening: TypeAlias = ResultNode | Happened | Attend | AttendShare | Miss | Cancel
Deadline: TypeAlias = OnPoint | ByPoint
Header: TypeAlias = (
    UseHeader | PlanHeader | SourceHeader | FactHeader | MeasureHeader | EventHeader | TherapyHeader
    | SupportHeader | FormularyHeader | MedicationHeader | PhaseHeader | AnytimeHeader | OutcomeHeader
    | GoalHeader | ClaimHeader | ScenarioHeader
)  # fmt: skip


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def node_classes() -> dict[str, Callable[..., Node]]:
    """Every node class by the name of its grammar rule."""
    return {cls.rule or _snake(cls.__name__): cls for cls in Node.__subclasses__()}
