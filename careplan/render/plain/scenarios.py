"""Scenarios in everyday English: who the person is, what happens, and what is expected of the plan."""

from __future__ import annotations

from careplan.plan.model import Expectation, Given, Measure, Medication, Plan, Point, Said, Scenario, Stage
from careplan.plan.words import counted, listed, number_words, range_words
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.exits import plain_action
from careplan.render.plain.words import DAYS, plain_percent, sentence

TIMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def plain_patient(plan: Plan, scenario: Scenario) -> str:
    """Who the person is, as a sentence; empty where nothing is said."""
    known = [_given(plan, given) for given in scenario.given]
    if scenario.admitted_on is not None:
        known.append(f"the first day is a {DAYS[scenario.admitted_on]}")
    return sentence(listed(known)) if known else ""


def _given(plan: Plan, given: Given) -> str:
    label = title_of(plan, given.fact)
    if given.value in ("yes", "no"):
        return f"“{label}” is {given.value}"
    value = given.value if isinstance(given.value, str) else number_words(given.value)
    return f"{label} is {value.replace('-', ' ')}"


# ---- what happens


def plain_said(plan: Plan, said: Said) -> str:
    """One line of what happens, as a sentence."""
    return sentence(f"{_stage(plan, said.stage)}, {_happening(plan, said)}")


def _visit(plan: Plan, phase: str, visit: int) -> str:
    if visit == 1:
        return title_of(plan, phase)
    nth = TIMES[visit - 1] if visit <= len(TIMES) else f"{visit}th"
    return f"the {nth} time in {title_of(plan, phase)}"


def _stage(plan: Plan, stage: Stage) -> str:
    of = f" of {_visit(plan, stage.phase, stage.visit)}" if stage.phase else ""
    if stage.last is None:
        if of and stage.first == 1:
            return f"throughout {_visit(plan, stage.phase or '', stage.visit)}"
        return f"from day {stage.first}{of} on"
    if not stage.exact and stage.first % 7 == 1 and stage.last % 7 == 0:
        first, last = stage.first // 7 + 1, stage.last // 7
        return f"in week{'s' if last > first else ''} {range_words(first, last)}{of}"
    return f"on day{'s' if stage.last > stage.first else ''} {range_words(stage.first, stage.last)}{of}"


def _happening(plan: Plan, said: Said) -> str:
    names = listed(title_of(plan, name) for name in said.names)
    sessions = f"sessions of {names}" if said.names else "all sessions"
    if said.kind == "result":
        return _result(plan, said)
    if said.kind == "event":
        return f"this happens: {names}"
    if said.percent is not None:
        return f"{plain_percent(said.percent)} of {'the ' if said.names else ''}{sessions} are attended"
    if said.kind == "miss" and any(isinstance(plan.by_name.get(name), Medication) for name in said.names):
        return f"{names} is missed"
    verb = {"attend": "attended", "miss": "missed", "cancel": "called off by the programme"}[said.kind]
    return f"{sessions} are {verb}"


def _result(plan: Plan, said: Said) -> str:
    label = title_of(plan, said.names[0])
    measure = plan.by_name.get(said.names[0])
    yes_no = isinstance(measure, Measure) and measure.domain.kind == "yes-no"
    values = ", then ".join(v if isinstance(v, str) else number_words(v) for v in said.values)
    times = f" {counted(said.times, 'time')}" if said.times is not None else ""
    if said.values == ("missing",):
        return f"the test is missed{times}: {label}"
    return f"{f'“{label}”' if yes_no else label} is {values.replace('-', ' ')}{times}"


# ---- what is expected


def plain_expectation(plan: Plan, expected: Expectation) -> str:
    """What the plan is expected to do, as a sentence."""
    return sentence(f"{_deadline(plan, expected)}{_expected(plan, expected)}")


def _deadline(plan: Plan, expected: Expectation) -> str:
    if expected.on is not None:
        return f"on {_point(plan, expected.on)}, "
    return f"by {_point(plan, expected.by)}, " if expected.by is not None else ""


def _point(plan: Plan, point: Point) -> str:
    of = f" of {_visit(plan, point.phase, point.visit)}" if point.phase else ""
    weeks, rest = divmod(point.day, 7)
    return f"day {point.day}{of}" if rest or not weeks else f"the end of week {weeks}{of}"


def _expected(plan: Plan, expected: Expectation) -> str:
    name = title_of(plan, expected.name)
    if expected.exit is not None:
        why = f", because {plain_condition(plan, expected.exit.when)}" if expected.exit.when else ""
        return f"this is what happens: {plain_action(plan, expected.exit)}{why}"
    if expected.kind == "phase":
        again = " again" if expected.again else ""
        return f"the person is in {name}{again}" if expected.on else f"the person comes to {name}{again}"
    if expected.kind == "outcome":
        return f"treatment ends as “{name}”"
    if expected.kind == "sessions":
        where = f" in {listed(title_of(plan, p) for p in expected.phases)}" if expected.phases else ""
        verb = "planned" if expected.due else "attended"
        have = "has" if expected.count == 1 else "have"
        return f"{counted(expected.count or 0, 'session')} of {name} {have} been {verb}{where}"
    return f"treatment with {name} {'is' if expected.kind == 'taking' else 'is not'} running"
