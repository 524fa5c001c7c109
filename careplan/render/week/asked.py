"""Is there such a phase, such a week, such a fact? If not, what the person may ask for instead."""

from __future__ import annotations

from difflib import get_close_matches

from careplan.plan.facts import Facts, FactValue
from careplan.plan.model import Fact, Phase, Plan
from careplan.plan.words import counted, listed, range_words
from careplan.render.week.sheet import WeekProblem


def phase_asked(plan: Plan, name: str) -> Phase:
    """The phase of that name; WeekProblem with the plan's phases if there is none."""
    for phase in plan.phases:
        if phase.name == name:
            return phase
    names = [phase.name for phase in plan.phases]
    if not names:
        raise WeekProblem("this plan has no phases, so there is no week to show")
    raise WeekProblem(f"this plan has no phase `{name}`{_instead(name, names, 'its phases are')}")


def week_asked(phase: Phase, week: int) -> None:
    """Raises WeekProblem if the phase cannot have a week of that number."""
    if week < 1:
        raise WeekProblem(f"there is no week {week}: the first week of `{phase.name}` is week 1")
    if phase.longest is not None and 7 * (week - 1) >= phase.longest:
        last = -(-phase.longest // 7)
        raise WeekProblem(
            f"there is no week {week} in `{phase.name}`: it lasts {counted(last, 'week')} at most"
        )


def facts_asked(plan: Plan, facts: Facts) -> dict[str, FactValue]:
    """The facts with numbers as numbers; WeekProblem for an unknown fact or an impossible value."""
    by_name = {fact.name: fact for fact in plan.facts}
    found = {}
    for name, value in facts.items():
        if name not in by_name:
            more = _instead(name, list(by_name), "its facts are") if by_name else ""
            raise WeekProblem(f"this plan has no fact `{name}`{more}")
        found[name] = _value(by_name[name], value)
    return found


def _value(fact: Fact, value: FactValue) -> FactValue:
    domain = fact.domain
    if domain.kind != "number":
        values = domain.values or ("yes", "no")
        if value not in values:
            raise WeekProblem(f"`{fact.name}` cannot be {value}: it is {listed(values, last='or')}")
        return value
    try:
        number = float(value)
    except ValueError:
        raise WeekProblem(f"`{fact.name}` is a number, and `{value}` is not") from None
    low, high = domain.low, domain.high
    if low is not None and high is not None and not low <= number <= high:
        raise WeekProblem(f"`{fact.name}` cannot be {value}: it is {range_words(low, high)}")
    return number


def _instead(name: str, names: list[str], lead: str) -> str:
    close = get_close_matches(name, names, 1)
    return f"; did you mean `{close[0]}`?" if close else f"; {lead} {listed(names)}"
