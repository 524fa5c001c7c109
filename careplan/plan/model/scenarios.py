"""Scenarios: one patient's story, and what is expected of it."""

from typing import Literal

from careplan.plan.model.element import Element
from careplan.plan.model.named import Cite
from careplan.plan.model.phases import Exit

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
"""The numbers of visits in words."""


class Stage(Element):
    """Days `first` to `last` (None: open) of the plan, or of a visit to `phase` (`visit` 1 is the first).

    An open stage of a visit ends with the visit; an `onward` one (`from iop day 8`) goes on to the end of the
    stay.
    """

    first: int
    last: int | None
    phase: str | None = None
    visit: int = 1
    exact: bool = False  # `on day N`: recorded on just that day, due or not
    onward: bool = False


class Given(Element):
    """A fact about the patient; a yes-or-no's value is "yes" or "no"."""

    fact: str
    value: str | float


class Said(Element):
    """One line that tells what happens.

    `names` are the measure, the services (empty: every service) or medications, or the event. `values` are
    results: one for each due test in order, or one for all of them; "missing" is a missed test.
    """

    kind: Literal["result", "attend", "miss", "cancel", "event"]
    stage: Stage
    names: tuple[str, ...] = ()
    values: tuple[str | float, ...] = ()
    times: int | None = None  # `uds is positive 3 times`
    percent: float | None = None  # `attend 80%`


class Point(Element):
    """The end of day `day` of the plan, or of a visit to `phase`."""

    day: int
    phase: str | None = None
    visit: int = 1


class Expectation(Element):
    """What the plan is expected to do, `on` a day or `by` one.

    `name` is the phase, outcome, medication or service. `exit` is what a line with `because` quotes: its
    direction and target, its condition where that is quoted, or the exit that is `called` so.
    """

    kind: Literal["phase", "outcome", "taking", "not taking", "sessions", "because"]
    name: str | None = None
    again: bool = False  # `expect phase iop again`: a visit after the first
    on: Point | None = None
    by: Point | None = None
    count: int | None = None  # of sessions
    due: bool = False  # sessions due, not attended
    phases: tuple[str, ...] = ()  # in which sessions are counted; empty: in all
    exit: Exit | None = None
    at_end: bool = False  # the exit is quoted with its `at end`


class Scenario(Element):
    """One path through the plan, told day by day, with what is expected of it."""

    title: str
    notes: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
    given: tuple[Given, ...] = ()
    admitted_on: int | None = None  # the weekday of day 1, from 0, Monday; None: Monday
    says: tuple[Said, ...] = ()
    expects: tuple[Expectation, ...] = ()
